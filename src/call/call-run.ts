import type { CallError, CallWarningCode } from '../domain/call-error.js';
import { isResting, type EndReason } from '../domain/call-state.js';
import { foldSession, type SessionEvent } from '../domain/session.js';
import type { CallStore } from './call-store.js';
import type { ConnectionEvent } from './connection-watch.js';
import { startLevelMeter } from './level-meter.js';
import { after } from './lifetime.js';
import type { Line } from './line.js';
import { Lines } from './lines.js';
import { microphoneAlreadyGranted } from './microphone.js';
import type { Peer } from './peer.js';
import { readSession } from './session.js';
import { openSpeaker, watchOutput, type Speaker } from './speaker.js';
import { VisitorVoice } from './visitor-voice.js';
import type { VoiceCallOptions } from './voice-call.js';

const MICROPHONE_HINT_MS = 8000;
const CONNECTING_HINT_MS = 4000;
/** After the platform said that the session is over, its last words may still be on the way. */
const LAST_WORDS_MS = 200;
/** Long enough to be read, where there is nothing that the visitor has to do. */
const PASSING_MS = 8000;

interface RunSettings {
  readonly options: VoiceCallOptions;
  readonly store: CallStore;
  /** How loud the agent is to be, 0 to 1. */
  readonly volume: () => number;
  /** The agent, or the page, ended it. */
  readonly onEnd: (reason: EndReason) => void;
  /** It cannot go on. */
  readonly onFail: (error: CallError) => void;
}

/**
 * One call, from being prepared to being at rest. All that it opens (microphone, lines, audio element, timers, listeners) hangs on
 * its one signal and is gone once `release()` returns.
 */
export class CallRun {
  readonly #lifetime = new AbortController();
  readonly #settings: RunSettings;
  readonly #store: CallStore;
  readonly #voice: VisitorVoice;
  readonly #lines: Lines;
  #speaker: Speaker | undefined;
  #options: VoiceCallOptions;

  constructor(settings: RunSettings) {
    const { options, store, onEnd, onFail } = settings;
    const { signal } = this.#lifetime;
    this.#settings = settings;
    this.#options = options;
    this.#store = store;
    this.#voice = new VisitorVoice(signal, store.snapshot.muted, {
      onTrack: (track) => void this.#lines.peer?.sender.replaceTrack(track),
      onWarning: (code, active) => this.#warn(code, active),
      onReplaced: () => this.#sayReplaced(),
      sender: () => (store.snapshot.state.phase === 'live' ? this.#lines.peer?.sender : undefined),
    });
    this.#lines = new Lines(options, signal, {
      onLine: (line) => this.#onLine(line),
      onStep: (step) => store.mark(step),
      onEvent: (event) => this.#onConnectionEvent(event),
      onLost: onFail,
    });
    const leave = () => onEnd('page-hidden');
    // Not `beforeunload`, which costs the page its back/forward cache.
    addEventListener('pagehide', leave, { signal });
    // A page that is frozen (Page Lifecycle, section 4.2) runs no timer that could see what becomes of the call.
    document.addEventListener('freeze', leave, { signal });
  }

  get signal(): AbortSignal {
    return this.#lifetime.signal;
  }

  /** The peer of the session that is under way. */
  get connection(): Peer['connection'] | undefined {
    return this.#lines.peer?.connection;
  }

  /**
   * Opens the peer and prepares its offer.
   *
   * @throws CallError `browser-unsupported`
   */
  prepare(): void {
    this.#lines.prepare();
  }

  /**
   * From the gesture to both sides hearing each other. All that needs the gesture happens before the first `await`.
   *
   * @throws CallError
   */
  async connect(options: VoiceCallOptions): Promise<void> {
    const { signal } = this;
    signal.throwIfAborted();
    this.#options = options;
    this.#lines.configure(options);
    // What other processes of the browser have to answer is asked first.
    const granted = microphoneAlreadyGranted();
    this.prepare();
    const microphone = this.#openMicrophone();
    this.#speaker = openSpeaker({
      volume: this.#settings.volume(),
      signal,
      onWarning: (code, active) => this.#warn(code, active),
      onSound: () => this.#store.mark('packetMs'),
    });
    // No offer leaves, so no session is opened or billed, before the microphone is granted, now or on an earlier visit.
    await Promise.all([microphone, this.#lines.connect(Promise.race([microphone, granted]))]);
    signal.throwIfAborted();
    this.#store.mark('connectedMs');
    this.#store.dispatch({ type: 'connected', at: Date.now() });
    this.#watch(this.#speaker);
  }

  set muted(muted: boolean) {
    this.#voice.muted = muted;
  }

  set volume(volume: number) {
    if (this.#speaker) this.#speaker.audio.volume = volume;
  }

  /** Plays and hears again what the browser or the phone held back. Call it in a gesture. */
  resume(): void {
    const { warnings } = this.#store.snapshot;
    if (warnings.includes('playback-blocked')) this.#speaker?.play();
    if (warnings.includes('microphone-interrupted')) this.#voice.resume();
  }

  release(): void {
    this.#lifetime.abort(new DOMException('The call was ended.', 'AbortError'));
  }

  async #openMicrophone(): Promise<void> {
    const { signal } = this;
    after(MICROPHONE_HINT_MS, signal, () => this.#store.hint('requesting-microphone', 'microphone-prompt'));
    await this.#voice.open();
    this.#store.mark('microphoneMs');
    this.#store.dispatch({ type: 'microphone-granted' });
    after(CONNECTING_HINT_MS, signal, () => this.#store.hint('connecting', 'still-connecting'));
  }

  #onLine({ peer, signal }: Line): void {
    const { receiver, sender, channel } = peer;
    // A fresh session begins anew: what was being said in the one before stays as it is.
    this.#store.settle();
    this.#speaker?.listen(receiver.track);
    if (this.#voice.track) void sender.replaceTrack(this.#voice.track);
    channel.addEventListener('open', () => this.#store.mark('channelMs'), { signal });
    readSession(channel, signal, {
      onEvent: (event) => this.#onSessionEvent(event),
      onDropped: () => this.#store.countDropped(signal),
    });
  }

  #watch(speaker: Speaker): void {
    const { signal } = this;
    const { onLevels } = this.#options;
    if (onLevels) startLevelMeter(() => this.#lines.peer, signal, onLevels);
    this.#voice.watch();
    void watchOutput(speaker, signal, () => this.#warnForAWhile('output-lost'));
    const shown = () => {
      if (document.hidden) return;
      this.#voice.check();
      if (speaker.audio.paused) speaker.play();
    };
    document.addEventListener('visibilitychange', shown, { signal });
    this.#lines.watch();
  }

  #onSessionEvent(event: SessionEvent): void {
    const store = this.#store;
    store.set(foldSession(store.snapshot, event, Date.now()));
    if (event.type === 'function') this.#options.onFunction?.(event.name, event.params);
    if (event.type !== 'ended') return;
    store.dispatch({ type: 'end', reason: 'agent' });
    after(LAST_WORDS_MS, this.signal, () => this.#settings.onEnd('agent'));
  }

  #onConnectionEvent(event: Exclude<ConnectionEvent, 'steady'>): void {
    if (event === 'hung-up') this.#settings.onEnd('agent');
    else if (event === 'channel-lost') this.#warnForAWhile('transcript-lost');
    else this.#store.dispatch({ type: event });
  }

  #warn(code: CallWarningCode, active: boolean): void {
    if (isResting(this.#store.snapshot.state)) return;
    if (this.#store.warn(code, active) && active) this.#options.onWarning?.(code);
  }

  #warnForAWhile(code: CallWarningCode): void {
    this.#warn(code, true);
    after(PASSING_MS, this.signal, () => this.#warn(code, false));
  }

  #sayReplaced(): void {
    this.#store.hint('live', 'microphone-replaced');
    after(PASSING_MS, this.signal, () => this.#store.hint('live', undefined));
  }
}
