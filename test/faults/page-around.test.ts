import { expect, html, oneEvent } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { failure } from '../support/browser/calls.js';
import { afterTest } from '../support/browser/cleanup.js';
import { collectComplaints } from '../support/browser/complaints.js';
import { alive, liveTracks, openPeers, soundingElements, widgetPeers } from '../support/browser/ledger.js';
import { askForMicrophone, replace } from '../support/browser/microphone.js';
import { frame, part, until, widget, words } from '../support/browser/widget.js';
import { FAULTS, row } from './table.js';

/** What is promised: any resting phase, and with it that nothing is alive, this soon after its cause. */
const AT_REST_MS = 100;

function isHeard(): boolean {
  const [sound] = soundingElements();
  return sound !== undefined && !sound.paused && sound.currentTime > 0;
}

/** Resolves when the agent's sound goes on from here. */
async function soundGoesOn(): Promise<void> {
  const [sound] = soundingElements();
  const from = sound?.currentTime ?? 0;
  await until(() => isHeard() && (soundingElements()[0]?.currentTime ?? 0) > from);
}

/** Resolves when a packet of the agent has come. An audio element plays before, and is silent. */
async function packetCame(): Promise<void> {
  const [receiver] = widgetPeers()[0]?.getReceivers() ?? [];
  const hasCome = async (): Promise<boolean> => {
    const entries = [...((await receiver?.getStats()) ?? new Map<string, RTCStats>()).values()];
    return entries.some((entry: { packetsReceived?: number }) => (entry.packetsReceived ?? 0) > 0);
  };
  while (!(await hasCome())) await frame();
}

/** What is alive of the widget: the agent's end, played in this page, is not its. */
function ours(): string[] {
  return alive().filter((thing) => !thing.includes('far-end'));
}

// A page that was never pressed may not sound.
before(() => sendMouse({ type: 'click', position: [5, 5] }));

describe('the page around a call', () => {
  it(row(46), async () => {
    const { element } = await widget();
    await element.start();
    const removedAt = performance.now();
    const end = oneEvent(element, 'millis-call-end');
    element.remove();
    expect(await end).to.have.property('reason', 'removed');
    expect(performance.now() - removedAt).to.be.below(AT_REST_MS);
    expect(element.phase).to.equal('ended');
    expect(soundingElements()).to.deep.equal([]);
    // The other end is still there: it was not told by anybody but the connection.
    expect(openPeers()).to.equal(1);
  });

  it(row(47), async () => {
    const { element } = await widget(html`
      <div><span></span><millis-voice-agent agent-id="agent"></millis-voice-agent></div>
    `);
    const ends: string[] = [];
    element.addEventListener('millis-call-end', ({ reason }) => ends.push(reason));
    await element.start();
    await until(isHeard);
    const [sound] = soundingElements();
    const place = element.parentElement as Element;
    const elsewhere = document.createElement('div');
    place.append(elsewhere);
    place.append(element);
    await soundGoesOn();
    place.prepend(element);
    elsewhere.append(element);
    await soundGoesOn();
    // Not every browser has it.
    if ('moveBefore' in place) place.moveBefore(element, null);
    await soundGoesOn();
    expect(ends).to.deep.equal([]);
    expect(element.phase).to.equal('live');
    expect(soundingElements(), 'the same element all the time').to.deep.equal([sound]);
    expect(sound?.isConnected, 'is in the page, and so moves with it').to.equal(false);
  });

  it(row(48), async () => {
    // The timers of a page that nobody sees may stand still.
    replace(window, 'setInterval', () => 0);
    const { element, far } = await widget();
    await element.start();
    await until(isHeard);
    await packetCame();
    const show = (hidden: boolean): void => {
      replace(document, 'hidden', hidden);
      document.dispatchEvent(new Event('visibilitychange'));
    };
    show(true);
    await soundGoesOn();
    expect(element.phase).to.equal('live');
    const [sender] = far().peer.getSenders();
    const voice = sender?.track ?? null;
    await sender?.replaceTrack(null);
    await until(() => {
      show(false);
      return element.phase === 'reconnecting';
    });
    expect(part(element, 'notice').textContent).to.include(FAULTS[33].words);
    await sender?.replaceTrack(voice);
    await until(() => {
      show(false);
      return element.phase === 'live';
    });
  });

  it(row(51), async () => {
    const prompt = askForMicrophone();
    const { element } = await widget();
    const { negotiate } = element;
    const late: (() => void)[] = [];
    element.negotiate = async (offer, exchange) => {
      await new Promise<void>((answer) => late.push(answer));
      return (await negotiate?.(offer, exchange)) ?? offer;
    };
    const start = () => {
      const started = failure(element.start());
      return async () => {
        const endedAt = performance.now();
        await element.end();
        expect(element.phase).to.equal('ended');
        // A drawing that was waiting for its frame.
        await until(() => ours().length === 0);
        expect(performance.now() - endedAt).to.be.below(AT_REST_MS);
        expect(await started).to.have.property('name', 'AbortError');
      };
    };

    const endInPrompt = start();
    await endInPrompt();
    await prompt.allow();
    await until(() => liveTracks().length === 0);

    const endInExchange = start();
    await prompt.allow();
    await until(() => late.length === 1);
    await endInExchange();
    late[0]?.();
    await frame();
    expect(element.phase, 'after an answer that came late').to.equal('ended');

    element.negotiate = negotiate;
    const again = element.start();
    await prompt.allow();
    await again;
    expect(element.phase).to.equal('live');
    const ended = element.end();
    const atOnce = element.start();
    await ended;
    await prompt.allow();
    await atOnce;
    expect(element.phase, 'of a start right after an end').to.equal('live');
    expect(liveTracks().filter(({ kind }) => kind === 'audio').length).to.be.at.least(1);
  });

  it(row(52), async () => {
    const { element } = await widget();
    const called: string[] = [];
    const { negotiate } = element;
    element.negotiate = (offer, call) => {
      called.push(call.agentId);
      return negotiate?.(offer, call) ?? Promise.reject(new Error('Nobody is there.'));
    };
    await element.start();
    element.setAttribute('agent-id', 'another');
    element.setAttribute('title-running', 'Goodbye');
    element.setAttribute('background', 'rgb(1, 2, 3)');
    element.setAttribute('size', '90');
    element.setAttribute('transcript', '');
    await element.updateComplete;
    expect(words(element)).to.equal('Goodbye');
    expect(getComputedStyle(part(element, 'button')).backgroundColor).to.equal('rgb(1, 2, 3)');
    expect(part(element, 'button').offsetHeight).to.equal(90);
    expect(part(element, 'transcript').checkVisibility()).to.equal(true);
    await soundGoesOn();
    expect(element.phase).to.equal('live');
    expect(called).to.deep.equal(['agent']);
    await element.end();
    await element.start();
    expect(called).to.deep.equal(['agent', 'another']);
  });

  it(row(53), async () => {
    const first = await widget();
    const second = await widget();
    await first.element.start();
    const end = oneEvent(first.element, 'millis-call-end');
    const started = second.element.start();
    expect(await end).to.have.property('reason', 'replaced');
    await started;
    expect([first.element.phase, second.element.phase]).to.deep.equal(['ended', 'live']);
    expect(first.element.error).to.equal(undefined);
    expect(soundingElements()).to.have.length(1);
    await soundGoesOn();
  });

  it(row(60), async () => {
    // The test runner prints what is reported.
    collectComplaints();
    const reported = catchReported();
    const { element, far } = await widget();
    const mistakes = breakEveryListener(element);
    await element.start();
    await far().say({ method: 'onready', payload: { session_id: 's-1' } });
    await far().say({ method: 'onfunction', payload: { name: 'book', params: {} } });
    await far().say({ method: 'onresponsetext', data: 'Hello', payload: { is_final: true } });
    await until(() => element.turns.length === 1);
    element.muted = true;
    await element.updateComplete;
    await soundGoesOn();
    expect(element.phase).to.equal('live');
    await element.end();
    expect(element.phase).to.equal('ended');
    element.agentId = '';
    expect(await failure(element.start())).to.have.property('code', 'agent-id-missing');
    expect(element.phase).to.equal('failed');
    expect(new Set(mistakes.map(({ message }) => message)).size, 'kinds of events').to.be.at.least(8);
    expect(reported).to.deep.equal(mistakes);
  });
});

const TYPES = [
  'millis-before-start',
  'millis-state-change',
  'millis-call-start',
  'millis-call-end',
  'millis-transcript',
  'millis-agent-state',
  'millis-function',
  'millis-mute-change',
  'millis-error',
  'millis-warning',
];

/** Each listener throws an error of its own. Returns those that were thrown. */
function breakEveryListener(element: MillisVoiceAgent): readonly Error[] {
  const thrown: Error[] = [];
  for (const type of TYPES) {
    element.addEventListener(type, () => {
      const mistake = new Error(`of a listener of ${type}`);
      thrown.push(mistake);
      throw mistake;
    });
  }
  return thrown;
}

/** What the browser reports as uncaught, instead of printing it and failing the test. */
function catchReported(): readonly unknown[] {
  const reported: unknown[] = [];
  const { onerror } = window;
  const listen = (event: ErrorEvent): void => {
    event.preventDefault();
    reported.push(event.error);
  };
  window.onerror = null;
  window.addEventListener('error', listen);
  afterTest(() => {
    window.removeEventListener('error', listen);
    window.onerror = onerror;
  });
  return reported;
}
