import { expect, html } from '@open-wc/testing';
import { liveCall, snapshotWhere } from '../support/browser/calls.js';
import { afterTest } from '../support/browser/cleanup.js';
import { bareFarEnd, flood, longestTaskMs } from '../support/browser/flood.js';
import { has, part, phase, press, until, widget } from '../support/browser/widget.js';
import { FAULTS, row } from './table.js';

const PER_SECOND = 100;
const BYTES = 1_000_000;
const FLOOD_PER_SECOND = 2_000;
/** What a test machine may be slower than its clock says. */
const SLACK = 1.3;

function call(number: number, params: unknown = number): object {
  return { method: 'onfunction', payload: { name: `f${number}`, params } };
}

/** A call that counts what it reads. */
async function counting() {
  let read = 0;
  const conversation = await liveCall({ onFunction: () => (read += 1) });
  const dropped = () => conversation.call.snapshot.droppedMessages;
  return { ...conversation, read: () => read, dropped };
}

describe('a flood of messages', function () {
  this.timeout(30_000);

  // As long as a flood has to last. The others are quick.
  it(row(43), async () => {
    const { element, far } = await widget(
      html`<millis-voice-agent agent-id="agent" transcript></millis-voice-agent>`,
    );
    const warnings: string[] = [];
    element.addEventListener('millis-warning', ({ code }) => warnings.push(code));
    // By a real press, or the browser would hold the sound back, and say that first.
    await press(part(element, 'button'));
    await phase(element, 'live');
    const channel = far().peer.sctp;
    const startedAt = performance.now();
    const sent = await flood(far(), FLOOD_PER_SECOND, () => warnings.length > 0);
    const seconds = (performance.now() - startedAt) / 1000;
    await element.updateComplete;
    expect(warnings).to.deep.equal([FAULTS[43].code]);
    expect(part(element, 'notice').textContent).to.include(FAULTS[43].words);
    expect(seconds).to.be.at.least(9.5).and.at.most(20);
    expect(sent).to.be.greaterThan(10 * PER_SECOND);
    expect(element.phase).to.equal('live');
    expect(channel?.state, 'the connection itself').to.equal('connected');
    expect(has(element, 'transcript')).to.equal(true);
    expect(element.turns.length)
      .to.be.at.least(1)
      .and.at.most(PER_SECOND * (seconds + 1) * SLACK);
  });

  it('is dropped and counted above 100 messages a second', async () => {
    const { far, read, dropped } = await counting();
    const all = 1_000;
    const startedAt = performance.now();
    for (let number = 0; number < all; number += 1) await far().say(call(number));
    await until(() => read() + dropped() === all);
    const seconds = (performance.now() - startedAt) / 1000;
    expect(read())
      .to.be.at.least(PER_SECOND * 0.9)
      .and.at.most(PER_SECOND * (1 + seconds) * SLACK);
  });

  it('is dropped and counted above 1 MB a minute', async () => {
    const { far, read, dropped } = await counting();
    const size = 50_000;
    const all = 40;
    for (let number = 0; number < all; number += 1) await far().say(call(number, 'x'.repeat(size)));
    await until(() => read() + dropped() === all);
    expect(read() * size)
      .to.be.at.least(BYTES * 0.9)
      .and.at.most(BYTES * SLACK);
  });

  it('is no talk of 80 messages at once, and none over 64 kB is read', async () => {
    const { call: made, far, read, dropped } = await counting();
    for (let number = 0; number < 80; number += 1) await far().say(call(number));
    await far().say(call(80, 'x'.repeat(66_000)));
    await snapshotWhere(made, ({ droppedMessages }) => droppedMessages > 0);
    expect([read(), dropped()]).to.deep.equal([80, 1]);
  });

  it('leaves the page as responsive as one without the widget', async () => {
    const bare = await bareFarEnd();
    afterTest(() => bare.hangUp());
    const { element, far } = await widget(
      html`<millis-voice-agent agent-id="agent" transcript></millis-voice-agent>`,
    );
    await element.start();
    const second = (end: typeof bare) => {
      const until = performance.now() + 1_000;
      return longestTaskMs(flood(end, FLOOD_PER_SECOND, () => performance.now() > until));
    };
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      theirs.push(await second(bare));
      ours.push(await second(far()));
    }
    const inWords = (times: readonly number[]) => times.map((ms) => `${ms.toFixed(1)} ms`).join(', ');
    console.log(
      `longest tasks under ${FLOOD_PER_SECOND} messages a second: ${inWords(ours)}; without the widget: ${inWords(theirs)}`,
    );
    // What else the machine does makes some rounds longer, and none shorter.
    expect(Math.min(...ours)).to.be.at.most(Math.max(50, 3 * Math.max(...theirs)));
    expect(element.phase).to.equal('live');
  });
});
