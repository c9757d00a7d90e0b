import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { ENGLISH } from '../../src/element/labels.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { failure } from '../support/browser/calls.js';
import { afterTest } from '../support/browser/cleanup.js';
import { alive, liveTracks, soundingElements } from '../support/browser/ledger.js';
import { ENGINE } from '../support/browser/engine.js';
import { askForMicrophone, type Given, giveMicrophones, replace } from '../support/browser/microphone.js';
import { frame, notice, part, press, reads, widget } from '../support/browser/widget.js';
import { FAULTS, row } from './table.js';

/** Codes of the errors and warnings of an element, in order. */
function told(element: MillisVoiceAgent): string[] {
  const codes: string[] = [];
  element.addEventListener('millis-error', ({ error }) => codes.push(error.code));
  element.addEventListener('millis-warning', ({ code }) => codes.push(code));
  return codes;
}

/** Opens a microphone in vain, and sees what the visitor reads then. */
async function fails(element: MillisVoiceAgent, { code, words }: { code: string; words: string }) {
  const codes = told(element);
  const error = await failure(element.start());
  expect(error).to.include({ code, phase: 'requesting-microphone', retryable: true });
  await reads(element, words);
  expect(codes).to.deep.equal([code]);
  expect(alive()).to.deep.equal([]);
}

// A page that was never pressed may not sound.
before(() => sendMouse({ type: 'click', position: [5, 5] }));

describe('a microphone that does not open', function () {
  this.timeout(20_000);

  it(row(2), async () => {
    giveMicrophones({ name: 'NotAllowedError', message: 'Permission dismissed' });
    const { element } = await widget();
    await fails(element, FAULTS[2]);
  });

  it(row(4), async () => {
    giveMicrophones({ name: 'NotAllowedError', message: 'Permission denied by system' });
    const { element } = await widget();
    await fails(element, FAULTS[4]);
    expect(element.error?.deniedBy).to.equal('system');
  });

  it(row(9), async () => {
    const asked = giveMicrophones({ name: 'NotReadableError' }, { name: 'AbortError' });
    const { element } = await widget();
    const startedAt = performance.now();
    await fails(element, FAULTS[9]);
    expect(asked).to.have.length(2);
    expect(performance.now() - startedAt).to.be.at.least(490);
  });

  it(row(10), async () => {
    const asked = giveMicrophones({ name: 'OverconstrainedError' }, 'native');
    const { element, far } = await widget();
    const codes = told(element);
    await element.start();
    expect(asked.map(({ audio }) => typeof audio)).to.deep.equal(['object', 'boolean']);
    await until(async () => (await far().packetsHeard()) > 0);
    expect(codes).to.deep.equal([]);
  });

  it(row(11), async () => {
    const prompt = askForMicrophone();
    const { element } = await widget();
    const startedAt = performance.now();
    const started = element.start();
    await reads(element, FAULTS[11].words);
    expect(performance.now() - startedAt).to.be.at.least(7900);
    expect(element.phase).to.equal('requesting-microphone');
    // One button: it cancels now.
    element.onPress();
    expect(element.phase).to.equal('ended');
    expect(await failure(started)).to.have.property('name', 'AbortError');
    expect(notice(element)).to.equal('');
    await prompt.allow();
    await until(() => liveTracks().length === 0);
  });
});

/** What tells the listeners of a track, where the track itself does not. */
const tellers = new WeakMap<MediaStreamTrack, EventTarget>();

/** Firefox keeps events that a page dispatches on a track from its listeners; those of the browser itself reach them. */
function letTell(track: MediaStreamTrack): void {
  if (ENGINE !== 'firefox') return;
  const teller = new EventTarget();
  tellers.set(track, teller);
  track.addEventListener = teller.addEventListener.bind(teller);
}

function tell(track: MediaStreamTrack, type: string): void {
  (tellers.get(track) ?? track).dispatchEvent(new Event(type));
}

/** A microphone of the browser's own. */
async function openTrack(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false } });
  const [track] = stream.getAudioTracks();
  if (!track) throw new Error('The fake microphone has no track.');
  letTell(track);
  return track;
}

interface Talk {
  readonly element: MillisVoiceAgent;
  /** What the visitor speaks into. */
  readonly track: MediaStreamTrack;
  readonly codes: readonly string[];
  /** The requests for a microphone so far. */
  readonly asked: readonly unknown[];
  /** Resolves when the agent hears a visitor who speaks. */
  readonly isHeard: () => Promise<void>;
}

/** A live call. `later` is what the next requests for a microphone come to. */
async function talking(track: MediaStreamTrack, ...later: readonly Given[]): Promise<Talk> {
  const asked = giveMicrophones(track, ...later);
  const { element, far } = await widget();
  const codes = told(element);
  await element.start();
  const isHeard = async () => {
    const [receiver] = far().peer.getReceivers();
    const startedAt = performance.timeOrigin + performance.now();
    await until(() => {
      const [source] = receiver?.getSynchronizationSources() ?? [];
      return source !== undefined && source.timestamp > startedAt && (source.audioLevel ?? 0) > 0.001;
    });
  };
  return { element, track, codes, asked, isHeard };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await frame();
}

/** As a device that is pulled out: the track is over, and says so. */
function unplug(track: MediaStreamTrack): void {
  track.stop();
  tell(track, 'ended');
}

function changeDevices(): void {
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}

describe('a microphone that goes away in a call', function () {
  this.timeout(20_000);

  it(`${row(12)} Another one is there.`, async () => {
    const { element, track, codes, asked, isHeard } = await talking(await openTrack(), 'native');
    await isHeard();
    unplug(track);
    await reads(element, ENGLISH['microphone-replaced']);
    await isHeard();
    expect([codes, asked.length, element.phase]).to.deep.equal([[FAULTS[12].code], 2, 'live']);
  });

  it(`${row(12)} There is no other one, until it is connected.`, async () => {
    const none = { name: 'NotFoundError' };
    const { element, track, codes, asked, isHeard } = await talking(await openTrack(), none, none, 'native');
    unplug(track);
    await reads(element, FAULTS[12].words);
    await until(() => asked.length === 2);
    // Something else was connected, and then a microphone.
    changeDevices();
    await until(() => asked.length === 3);
    await reads(element, FAULTS[12].words);
    changeDevices();
    await reads(element, ENGLISH['microphone-replaced']);
    await isHeard();
    expect([codes, asked.length]).to.deep.equal([[FAULTS[12].code], 4]);
  });

  it('a muted microphone that is replaced stays muted', async () => {
    const { element, track, asked } = await talking(await openTrack(), 'native');
    element.muted = true;
    await element.updateComplete;
    unplug(track);
    await reads(element, ENGLISH['microphone-replaced']);
    expect(asked).to.have.length(2);
    const own = liveTracks().filter((each) => each.getConstraints().noiseSuppression === true);
    expect(own.map(({ enabled }) => enabled)).to.deep.equal([false]);
  });

  for (const [how, resume] of [
    ['A press opens it again.', (element: MillisVoiceAgent) => press(action(element))],
    ['It comes back by itself.', (_: MillisVoiceAgent, track: MediaStreamTrack) => interrupt(track, false)],
  ] as const) {
    it(`${row(13)} ${how}`, async () => {
      const { element, track, codes, isHeard } = await talking(await openTrack(), 'native');
      const mutedAt = performance.now();
      interrupt(track, true);
      await reads(element, FAULTS[13].words);
      expect(performance.now() - mutedAt).to.be.at.least(1490);
      await resume(element, track);
      await reads(element, '');
      await isHeard();
      expect([codes, element.phase]).to.deep.equal([[FAULTS[13].code], 'live']);
    });
  }

  it('a phone that only rings for a moment is no interruption', async () => {
    const { track, codes, element } = await talking(await openTrack());
    interrupt(track, true);
    interrupt(track, false);
    // The same clock: what is set later is over later.
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect([codes, notice(element)]).to.deep.equal([[], '']);
  });

  it(row(14), async () => {
    const { track, speak } = await openSilence();
    const { element, codes } = await talking(track);
    const liveAt = performance.now();
    await reads(element, FAULTS[14].words);
    expect(performance.now() - liveAt).to.be.at.least(2900);
    expect(codes).to.deep.equal([FAULTS[14].code]);
    speak();
    await reads(element, '');
  });

  it('a muted microphone is not called silent', async () => {
    const { track } = await openSilence();
    const { element, codes } = await talking(track);
    element.muted = true;
    await new Promise((resolve) => setTimeout(resolve, 4200));
    expect(codes).to.deep.equal([]);
  });
});

function interrupt(track: MediaStreamTrack, muted: boolean): void {
  Object.defineProperty(track, 'muted', { value: muted, configurable: true });
  tell(track, muted ? 'mute' : 'unmute');
}

function action(element: MillisVoiceAgent): HTMLElement {
  const found = part(element, 'notice').querySelector<HTMLElement>('.action');
  if (!found) throw new Error('The notice has no button.');
  return found;
}

/** A microphone whose switch is off: every sample is exactly zero, until it speaks. */
async function openSilence(): Promise<{ readonly track: MediaStreamTrack; readonly speak: () => void }> {
  const context = new AudioContext();
  afterTest(() => context.close());
  await context.resume();
  const tone = new OscillatorNode(context);
  const volume = new GainNode(context, { gain: 0 });
  const output = new MediaStreamAudioDestinationNode(context);
  tone.connect(volume).connect(output);
  tone.start();
  const [track] = output.stream.getAudioTracks();
  if (!track) throw new Error('There is no track.');
  return { track, speak: () => (volume.gain.value = 0.5) };
}

describe('other devices in a call', () => {
  it(row(17), async () => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
    const { play } = HTMLMediaElement.prototype;
    let blocked = true;
    replace(HTMLMediaElement.prototype, 'play', function (this: HTMLMediaElement) {
      return blocked ? Promise.reject(new DOMException('No gesture.', 'NotAllowedError')) : play.call(this);
    });
    const { element, codes } = await talking(await openTrack());
    await reads(element, FAULTS[17].words);
    expect([codes, element.phase]).to.deep.equal([[FAULTS[17].code], 'live']);
    const [sound] = soundingElements();
    expect(sound?.paused).to.equal(true);
    blocked = false;
    await press(action(element));
    await reads(element, '');
    expect([sound?.paused, element.phase]).to.deep.equal([false, 'live']);
  });

  it(row(15), async () => {
    const { element, track, codes, asked, isHeard } = await talking(await openTrack(), 'native');
    const [sound] = soundingElements();
    const { srcObject } = sound ?? {};
    changeDevices();
    await isHeard();
    expect([asked.length, codes, track.readyState]).to.deep.equal([1, [], 'live']);
    expect(sound).to.include({ srcObject, paused: false });
    expect(notice(element)).to.equal('');
  });

  it(row(16), async () => {
    const speaker = { kind: 'audiooutput', deviceId: 'speaker', groupId: 'built-in' };
    const headset = { kind: 'audiooutput', deviceId: 'headset', groupId: 'headset' };
    let devices = [{ ...headset, deviceId: 'default' }, headset, speaker];
    replace(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve(devices));
    const { element, codes } = await talking(await openTrack());
    // What was not used may go.
    devices = devices.filter(({ groupId }) => groupId === 'headset');
    changeDevices();
    const [sound] = soundingElements();
    sound?.pause();
    devices = [{ ...speaker, deviceId: 'default' }, speaker];
    changeDevices();
    await reads(element, FAULTS[16].words);
    await until(() => sound?.paused === false);
    expect(codes).to.deep.equal([FAULTS[16].code]);
  });
});
