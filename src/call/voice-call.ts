import { CallError, type CallWarningCode } from '../domain/call-error.js';
import { isResting, type EndReason } from '../domain/call-state.js';
import { foldSession, type SessionEvent } from '../domain/session.js';
import { foldTranscript } from '../domain/transcript.js';
import { CallStore, type CallListener, type CallSnapshot } from './call-store.js';
import { watchConnection, type ConnectionEvent } from './connection-watch.js';
import { startLevelMeter, type Levels } from './level-meter.js';
import { after, unlessAborted } from './lifetime.js';
import { microphoneAlreadyGranted, openMicrophone } from './microphone.js';
import { openPeer, type Peer } from './peer.js';
import { readSession } from './session.js';
import { prepareExchange, type Exchange, type ExchangeOptions } from './signaling.js';
import { openSpeaker, type Speaker } from './speaker.js';
import { warmUpConnection } from './warm-up.js';

/** How a call is wired. Read anew at each start. */
export interface VoiceCallOptions extends ExchangeOptions {
  /** Default none: the platform is public. */
  readonly iceServers?: readonly RTCIceServer[] | undefined;
  /** The agent called a function of the page. */
  readonly onFunction?: ((name: string, params: unknown) => void) | undefined;
  /** The call goes on, but the visitor should know. */
  readonly onWarning?: ((code: CallWarningCode) => void) | undefined;
  /** Loudness of both sides, once a frame while the call is live and the page is visible. */
  readonly onLevels?: ((levels: Levels) => void) | undefined;
}

const MICROPHONE_HINT_MS = 8000;
const CONNECTING_HINT_MS = 4000;
/** About as long as browsers keep a connection that was opened ahead. */
const WARM_MS = 10_000;
/** After the platform said that the session is over, its last words may still be on the way. */
const LAST_WORDS_MS = 200;

/** The one call of this page that holds the microphone. */
let active: VoiceCall | undefined;
/** The one that a visitor seems about to start. */
let warm: VoiceCall | undefined;

/**
 * A voice call with one agent, without an interface. It can be started again after it ended. All that it opens (track, peer,
 * timers, listeners, audio element) hangs on one `AbortController` and is gone in every resting phase.
 */
export class VoiceCall {
  readonly #store = new CallStore();
  #lifetime = new AbortController();
  #started: Promise<void> = Promise.resolve();
  #peer: Peer | undefined;
  #track: MediaStreamTrack | undefined;
  #speaker: Speaker | undefined;
  #volume = 1;

  constructor(public options: VoiceCallOptions) {}

  get snapshot(): CallSnapshot {
    return this.#store.snapshot;
  }

  /** Calls `listener` after each change, at once and in order. Returns the way to stop it. */
  subscribe(listener: CallListener): () => void {
    return this.#store.subscribe(listener);
  }

  /**
   * Starts a call; call it in the task of the visitor's gesture. Resolves when both sides can hear each other. While a call is
   * under way it returns that call's promise. Another call of the page ends, with reason `replaced`.
   *
   * @throws CallError when the call could not be made; an `AbortError` when it was ended before it was live
   */
  start(): Promise<void> {
    if (this.snapshot.state.phase === 'ending') this.#close();
    if (!isResting(this.snapshot.state)) return this.#started;
    void active?.end('replaced');
    // A peer that was warmed up knows no other servers.
    if (this.options.iceServers?.length) this.#release();
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- a page has one microphone, and so one call
    active = this;
    if (warm === this) warm = undefined;
    if (!this.#peer) this.#lifetime = new AbortController();
    // The promise is there before the first listener hears of the start and may ask for it.
    let settle: (run: Promise<void>) => void = () => undefined;
    this.#started = new Promise((resolve) => (settle = resolve));
    settle(this.#run(this.#lifetime.signal));
    // A failure is told by the state as well, so a caller that does not wait for the promise has nothing to handle.
    this.#started.catch(() => undefined);
    return this.#started;
  }

  /**
   * Prepares for a start that is likely, because the pointer or the focus is on a button: a connection to the server's origin,
   * and, where no ICE server would notice, the peer and its offer. They are given up after some seconds. Opens no microphone
   * and no session.
   */
  warmUp(): void {
    if (!isResting(this.snapshot.state) || this.#peer || this.options.refusal) return;
    warmUpConnection(this.options);
    if (this.options.iceServers?.length) return;
    if (warm && warm !== this) warm.#release();
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- one prepared peer is enough for a page
    warm = this;
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    try {
      this.#open(signal);
    } catch {
      // start() says what this browser lacks.
      this.#release();
      return;
    }
    after(WARM_MS, signal, () => {
      if (isResting(this.snapshot.state)) this.#release();
    });
  }

  /** Ends the call in whatever phase it is. Resolves when nothing of it is alive any more. */
  end(reason: EndReason = 'user'): Promise<void> {
    this.#store.dispatch({ type: 'end', reason });
    this.#close();
    return Promise.resolve();
  }

  /** Whether the visitor's microphone is silenced. Kept from one call to the next. */
  get muted(): boolean {
    return this.snapshot.muted;
  }

  set muted(muted: boolean) {
    if (this.#track) this.#track.enabled = !muted;
    if (muted !== this.muted) this.#store.set({ muted });
  }

  /** How loud the agent is played, 0 to 1. Safari on iOS leaves this to the buttons of the phone. */
  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    this.#volume = Math.min(1, Math.max(0, volume));
    if (this.#speaker) this.#speaker.audio.volume = this.#volume;
  }

  /** Plays the agent's sound after the browser blocked it. Call it in a gesture. */
  play(): void {
    this.#speaker?.play();
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      this.#store.dispatch({ type: 'start' });
      await unlessAborted(this.#connect(signal), signal);
    } catch (error) {
      // Ended while it started: no failure of the call.
      if (signal.aborted) throw error;
      throw this.#fail(error);
    }
  }

  /** From the gesture to both sides hearing each other. All that needs the gesture happens before the first `await`. */
  async #connect(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const exchange = prepareExchange(this.options);
    // What other processes of the browser have to answer is asked first.
    const granted = microphoneAlreadyGranted();
    const peer = this.#peer ?? this.#open(signal);
    const microphone = openMicrophone(signal);
    this.#listen(peer, signal);
    const mayOffer = Promise.race([microphone, granted]);
    await Promise.all([
      this.#join(peer, microphone, signal),
      this.#negotiate(peer, mayOffer, exchange, signal),
    ]);
    signal.throwIfAborted();
    this.#store.dispatch({ type: 'connected', at: Date.now() });
    watchConnection(peer, signal, (event) => this.#onConnectionEvent(event));
    if (this.options.onLevels) startLevelMeter(peer, signal, this.options.onLevels);
  }

  #listen({ receiver, channel }: Peer, signal: AbortSignal): void {
    this.#speaker = openSpeaker(receiver.track, {
      volume: this.#volume,
      signal,
      onBlockedChange: (blocked) => this.#onPlaybackBlocked(blocked),
    });
    readSession(channel, signal, {
      onEvent: (event) => this.#onSessionEvent(event),
      onDropped: () => this.#store.set({ droppedMessages: this.snapshot.droppedMessages + 1 }),
    });
  }

  #open(signal: AbortSignal): Peer {
    // Not `beforeunload`, which costs the page its back/forward cache.
    addEventListener('pagehide', () => void this.end('page-hidden'), { signal });
    return (this.#peer = openPeer(this.options.iceServers ?? [], signal));
  }

  async #join(peer: Peer, microphone: Promise<MediaStreamTrack>, signal: AbortSignal): Promise<void> {
    after(MICROPHONE_HINT_MS, signal, () => this.#store.hint('requesting-microphone', 'microphone-prompt'));
    this.#track = await microphone;
    this.#track.enabled = !this.muted;
    this.#store.dispatch({ type: 'microphone-granted' });
    await peer.sender.replaceTrack(this.#track);
  }

  /** No offer leaves, so no session is opened or billed, before the microphone is granted, now or on an earlier visit. */
  async #negotiate(peer: Peer, granted: Promise<unknown>, exchange: Exchange, signal: AbortSignal) {
    await Promise.all([granted, peer.prepared]);
    signal.throwIfAborted();
    after(CONNECTING_HINT_MS, signal, () => this.#store.hint('connecting', 'still-connecting'));
    const answer = await exchange(peer.offer(), signal);
    await peer.connect(answer);
  }

  #onSessionEvent(event: SessionEvent): void {
    this.#store.set(foldSession(this.snapshot, event, Date.now()));
    if (event.type === 'function') this.options.onFunction?.(event.name, event.params);
    if (event.type !== 'ended') return;
    this.#store.dispatch({ type: 'end', reason: 'agent' });
    after(LAST_WORDS_MS, this.#lifetime.signal, () => this.#close());
  }

  #onConnectionEvent(event: ConnectionEvent | CallError): void {
    if (event instanceof CallError) this.#fail(event);
    else if (event === 'hung-up') void this.end('agent');
    else if (event === 'channel-lost') this.options.onWarning?.('transcript-lost');
    else this.#store.dispatch({ type: event });
  }

  #onPlaybackBlocked(blocked: boolean): void {
    if (blocked === this.snapshot.playbackBlocked) return;
    this.#store.set({ playbackBlocked: blocked });
    if (blocked) this.options.onWarning?.('playback-blocked');
  }

  #fail(cause: unknown): CallError {
    const error = cause instanceof CallError ? cause : new CallError('internal', 'See the cause.', { cause });
    error.phase ??= this.snapshot.state.phase;
    this.#release();
    this.#store.dispatch({ type: 'failed', error, at: Date.now() });
    // Lost while it was ending anyway: then it has ended.
    this.#store.dispatch({ type: 'closed', at: Date.now() });
    return error;
  }

  #close(): void {
    this.#release();
    this.#store.dispatch({ type: 'closed', at: Date.now() });
  }

  #release(): void {
    if (active === this) active = undefined;
    this.#lifetime.abort(new DOMException('The call was ended.', 'AbortError'));
    this.#peer = undefined;
    this.#track = undefined;
    this.#speaker = undefined;
    const transcript = foldTranscript(this.snapshot.transcript, { type: 'settled' });
    if (transcript !== this.snapshot.transcript) this.#store.set({ transcript });
  }
}
