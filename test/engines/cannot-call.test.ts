import { expect, fixture, html } from '@open-wc/testing';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { FAULTS, row } from '../faults/table.js';
import { collectComplaints } from '../support/browser/complaints.js';
import { alive } from '../support/browser/ledger.js';
import { askForMicrophone } from '../support/browser/microphone.js';
import { has, part, phase, press, until } from '../support/browser/widget.js';
import type { CallErrorEvent } from '../../src/element/events.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';

const { words, code } = FAULTS[7];

/** Errors that nobody caught. What the import throws ends this file. */
const uncaught: string[] = [];
addEventListener('error', ({ message }) => uncaught.push(message));
addEventListener('unhandledrejection', ({ reason }) => uncaught.push(String(reason)));

/** An element that the parser made, and that was upgraded. */
function element(): Promise<MillisVoiceAgent> {
  return fixture(html`<millis-voice-agent agent-id="agent"></millis-voice-agent>`);
}

async function noticeOf(agent: MillisVoiceAgent): Promise<string | undefined> {
  await until(() => has(agent, 'notice') && !part(agent, 'notice').hidden);
  return part(agent, 'notice').querySelector('p')?.textContent;
}

describe(row(7), () => {
  before(() => expect('RTCPeerConnection' in window, 'this browser has WebRTC').to.equal(false));
  afterEach(() => resetMouse());

  it('throws nothing at import or upgrade, and is drawn', async () => {
    const agent = await element();
    expect(part(agent, 'button').checkVisibility()).to.equal(true);
    expect(agent.phase).to.equal('idle');
    expect(uncaught).to.deep.equal([]);
  });

  it('tells the page at once, and its developer once', async () => {
    const { all } = collectComplaints();
    const agent = await element();
    expect(agent.getAttribute('data-unavailable')).to.equal(code);
    expect(await agent.checkReadiness()).to.include({ ready: false, code });
    await element();
    expect(all.length).to.be.at.most(1);
  });

  it('tells the visitor who points at the button', async () => {
    const agent = await element();
    expect(part(agent, 'notice').hidden, 'before').to.equal(true);
    const { x, y } = part(agent, 'button').getBoundingClientRect();
    await sendMouse({ type: 'move', position: [Math.round(x) + 20, Math.round(y) + 20] });
    expect(await noticeOf(agent)).to.equal(words);
    expect(agent.phase).to.equal('idle');
  });

  it('tells the visitor who comes to the button by keyboard', async () => {
    const agent = await element();
    await sendKeys({ press: 'Tab' });
    expect(agent.shadowRoot?.activeElement?.getAttribute('part')).to.equal('button');
    expect(await noticeOf(agent)).to.equal(words);
  });

  it('fails at a press, asks for no microphone, and opens nothing', async () => {
    const prompt = askForMicrophone();
    const errors: CallErrorEvent[] = [];
    const agent = await element();
    agent.addEventListener('millis-error', (event) => errors.push(event));
    await press(part(agent, 'button'));
    await phase(agent, 'failed');
    expect(errors.map(({ error }) => error.code)).to.deep.equal([code]);
    expect(await noticeOf(agent)).to.equal(words);
    expect(prompt.count()).to.equal(0);
    expect(alive()).to.deep.equal([]);
    expect(uncaught).to.deep.equal([]);
  });

  it('can be pressed again, and says it again', async () => {
    let errors = 0;
    const agent = await element();
    agent.addEventListener('millis-error', () => (errors += 1));
    for (const times of [1, 2, 3]) {
      // A mouse's second click so soon would be a double click, which is one press.
      part(agent, 'button').click();
      await until(() => errors === times);
      expect(await noticeOf(agent)).to.equal(words);
    }
    expect(uncaught).to.deep.equal([]);
  });
});
