import { expect, html } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { CallError } from '../../src/domain/call-error.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { alive, widgetPeers } from '../support/browser/ledger.js';
import { replace } from '../support/browser/microphone.js';
import { tellConnectionState } from '../support/browser/peer-state.js';
import { part, phase, until, widget, type Widget } from '../support/browser/widget.js';
import { FAULTS, row } from './table.js';

/** A widget in a call, what it told of failures, and when each offer was made. */
interface LiveWidget extends Widget {
  readonly errors: readonly CallError[];
  readonly offersAtMs: readonly number[];
}

/** Its first offer is answered; later ones too, unless there is a refusal for them. */
async function liveWidget(template?: Parameters<typeof widget>[0], refusal?: CallError): Promise<LiveWidget> {
  const stage = await widget(template);
  const { element } = stage;
  const errors: CallError[] = [];
  const offersAtMs: number[] = [];
  const { negotiate } = element;
  element.negotiate = (...exchange) => {
    offersAtMs.push(performance.now());
    if (refusal && offersAtMs.length > 1) return Promise.reject(refusal);
    return negotiate?.(...exchange) ?? Promise.reject(new Error('No far end.'));
  };
  element.addEventListener('millis-error', ({ error }) => errors.push(error));
  await element.start();
  await packetsCome(stage, 50);
  return { ...stage, errors, offersAtMs };
}

function reconnecting(): Parameters<typeof widget>[0] {
  return html`<millis-voice-agent agent-id="agent" auto-reconnect></millis-voice-agent>`;
}

/** Resolves when the agent has heard so many more packets: 50 a second. */
async function packetsCome({ far }: Widget, count: number): Promise<void> {
  const enough = (await far().packetsHeard()) + count;
  while ((await far().packetsHeard()) < enough)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}

async function silence({ far }: Widget): Promise<void> {
  await far().peer.getSenders()[0]?.replaceTrack(null);
}

/** What is left of a call that is over, beside the far peers and their voice. */
function left(): string[] {
  return alive().filter((thing) => thing !== 'peer' && !thing.includes('far-end'));
}

async function expectFailure({ element, errors }: LiveWidget, code: string, words: string): Promise<void> {
  await phase(element, 'failed');
  expect(left()).to.deep.equal([]);
  expect(widgetPeers()).to.deep.equal([]);
  expect(errors.map((error) => error.code)).to.deep.equal([code]);
  expect(part(element, 'notice').querySelector('p')?.textContent).to.equal(words);
}

/** Waits for a fresh session, and tells how long after the loss its offer was made. */
async function freshSessionMs({ element, offersAtMs }: LiveWidget): Promise<number> {
  const offers = offersAtMs.length;
  const lostAt = performance.now();
  tellConnectionState('failed');
  expect(element.phase).to.equal('reconnecting');
  await phase(element, 'live');
  expect(offersAtMs).to.have.length(offers + 1);
  expect(widgetPeers(), 'peers of the widget').to.have.length(1);
  return (offersAtMs[offers] ?? 0) - lostAt;
}

function action(element: MillisVoiceAgent): HTMLElement | null {
  return part(element, 'notice').querySelector('.action');
}

// A page that was never pressed may not sound.
before(() => sendMouse({ type: 'click', position: [5, 5] }));

describe('Transport, driven by what browsers tell', function () {
  this.timeout(30_000);

  it(row(34), async () => {
    const stage = await liveWidget();
    const { element, errors, offersAtMs } = stage;
    const toldAt = performance.now();
    tellConnectionState('disconnected');
    await phase(element, 'reconnecting');
    expect(performance.now() - toldAt).to.be.within(2900, 4500);
    await until(() => part(element, 'status').textContent === FAULTS[34].words);
    expect(widgetPeers()).to.have.length(1);
    // Packets come all the while.
    await packetsCome(stage, 25);
    expect(element.phase).to.equal('reconnecting');
    tellConnectionState('connected');
    await phase(element, 'live');
    expect(errors).to.deep.equal([]);
    expect(offersAtMs).to.have.length(1);
  });

  it('says nothing of a `disconnected` that is over within three seconds', async () => {
    const stage = await liveWidget();
    const phases: string[] = [];
    stage.element.addEventListener('millis-state-change', ({ state }) => phases.push(state.phase));
    tellConnectionState('disconnected');
    await packetsCome(stage, 100);
    tellConnectionState('connected');
    await packetsCome(stage, 100);
    expect(phases).to.deep.equal([]);
  });

  it(row(40), async function () {
    this.timeout(20_000);
    const { element } = await liveWidget();
    const warnings: string[] = [];
    element.addEventListener('millis-warning', ({ code }) => warnings.push(code));
    replace(RTCDataChannel.prototype, 'readyState', 'connecting');
    await until(() => warnings.length > 0);
    await until(() => part(element, 'notice').textContent.includes(FAULTS[40].words));
    expect([warnings, element.phase]).to.deep.equal([[FAULTS[40].code], 'live']);
  });

  it(row(61), async () => {
    const stage = await liveWidget();
    await silence(stage);
    await phase(stage.element, 'reconnecting');
    const { now } = Date;
    replace(Date, 'now', () => now() + 25_000);
    const jumpedAt = performance.now();
    await expectFailure(stage, FAULTS[61].code, FAULTS[61].words);
    expect(performance.now() - jumpedAt).to.be.below(2000);
  });

  it('does nothing about a clock that jumps while packets come', async () => {
    const stage = await liveWidget();
    const phases: string[] = [];
    stage.element.addEventListener('millis-state-change', ({ state }) => phases.push(state.phase));
    const { now } = Date;
    replace(Date, 'now', () => now() + 25_000);
    await packetsCome(stage, 100);
    expect(phases).to.deep.equal([]);
    expect(stage.errors).to.deep.equal([]);
  });

  it(`${row(35)} By the state of the connection.`, async () => {
    const stage = await liveWidget();
    tellConnectionState('failed');
    expect(stage.element.phase).to.equal('failed');
    await expectFailure(stage, FAULTS[35].code, FAULTS[35].words);
    expect(action(stage.element)?.textContent).to.equal('Call again');
    expect(stage.offersAtMs).to.have.length(1);
  });

  it('has two fresh sessions with auto-reconnect, after half a second and two, and then it is lost', async () => {
    const stage = await liveWidget(reconnecting());
    expect(await freshSessionMs(stage)).to.be.within(490, 1400);
    expect(await freshSessionMs(stage)).to.be.within(1990, 2900);
    tellConnectionState('failed');
    await expectFailure(stage, FAULTS[35].code, FAULTS[35].words);
    expect(stage.offersAtMs).to.have.length(3);
  });

  it('has both of them again after ten seconds of sound, and not before', async () => {
    const stage = await liveWidget(reconnecting());
    expect(await freshSessionMs(stage)).to.be.within(490, 1400);
    await packetsCome(stage, 250);
    expect(await freshSessionMs(stage), 'after five seconds').to.be.within(1990, 2900);
    await packetsCome(stage, 540);
    expect(await freshSessionMs(stage), 'after eleven seconds').to.be.within(490, 1400);
  });

  it('does not go on with a fresh session that is refused', async () => {
    const cause = new CallError('payment-required', '402');
    const stage = await liveWidget(reconnecting(), cause);
    tellConnectionState('failed');
    await expectFailure(stage, 'connection-lost', FAULTS[35].words);
    expect(stage.errors[0]).to.have.property('cause', cause);
    expect(stage.offersAtMs).to.have.length(2);
  });

  it('makes no fresh session once the visitor has hung up', async () => {
    const stage = await liveWidget(reconnecting());
    const { element, errors, offersAtMs } = stage;
    tellConnectionState('failed');
    await element.end();
    expect(element.phase).to.equal('ended');
    expect(left()).to.deep.equal([]);
    // Longer than the pause before a fresh session.
    await packetlessly(1200);
    expect(offersAtMs).to.have.length(1);
    expect(errors).to.deep.equal([]);
  });
});

/** Resolves when the page has drawn for so many milliseconds. */
async function packetlessly(ms: number): Promise<void> {
  const from = performance.now();
  await until(() => performance.now() - from > ms);
}
