import { CallError, type CallWarningCode } from '../domain/call-error.js';
import { isResting, type EndReason } from '../domain/call-state.js';
import { CallRun } from './call-run.js';
import { CallStore, type CallListener, type CallSnapshot } from './call-store.js';
import type { Levels } from './level-meter.js';
import { after, unlessAborted } from './lifetime.js';
import type { ExchangeOptions } from './signaling.js';
import { warmUpConnection } from './warm-up.js';

/** How a call is wired. Read anew at each start. */
export interface VoiceCallOptions extends ExchangeOptions {
  /** Default none: the platform is public. */
  readonly iceServers?: readonly RTCIceServer[] | undefined;
  /** A call that is lost goes on with a fresh session, at most twice in a row: the platform greets again, and bills again. */
  readonly autoReconnect?: boolean | undefined;
  /** The agent called a function of the page. */
  readonly onFunction?: ((name: string, params: unknown) => void) | undefined;
  /** The call goes on, but the visitor should know. */
  readonly onWarning?: ((code: CallWarningCode) => void) | undefined;
  /** Loudness of both sides, once a frame while the call is live and the page is visible. */
  readonly onLevels?: ((levels: Levels) => void) | undefined;
}

/** About as long as browsers keep a connection that was opened ahead. */
const WARM_MS = 10_000;
/** The one call of this page that holds the microphone. */
let active: VoiceCall | undefined;
/** The one that a visitor seems about to start. */
let warm: VoiceCall | undefined;

/**
 * A voice call with one agent, without an interface. It can be started again after it ended. All that it opens (track, peer,
 * timers, listeners, audio element) belongs to one run and is gone in every resting phase.
 */
export class VoiceCall {
  readonly #store = new CallStore();
  #run: CallRun | undefined;
  #started: Promise<void> = Promise.resolve();
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
    const run = (this.#run ??= this.#newRun());
    // The promise is there before the first listener hears of the start and may ask for it.
    let settle: (run: Promise<void>) => void = () => undefined;
    this.#started = new Promise((resolve) => (settle = resolve));
    settle(this.#connect(run));
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
    if (!isResting(this.snapshot.state) || this.#run || this.options.refusal) return;
    warmUpConnection(this.options);
    if (this.options.iceServers?.length) return;
    if (warm && warm !== this) warm.#release();
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- one prepared peer is enough for a page
    warm = this;
    const run = (this.#run = this.#newRun());
    try {
      run.prepare();
    } catch {
      // start() says what this browser lacks.
      this.#release();
      return;
    }
    after(WARM_MS, run.signal, () => {
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
    if (this.#run) this.#run.muted = muted;
    if (muted !== this.muted) this.#store.set({ muted });
  }

  /** How loud the agent is played, 0 to 1. Safari on iOS leaves this to the buttons of the phone. */
  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    this.#volume = Math.min(1, Math.max(0, volume));
    if (this.#run) this.#run.volume = this.#volume;
  }

  /** Plays the sound that the browser blocked, and opens the microphone that a phone took. Call it in a gesture. */
  resume(): void {
    this.#run?.resume();
  }

  /** The browser's statistics of the connection that is under way; they hold addresses. */
  async stats(): Promise<RTCStatsReport | undefined> {
    return this.#run?.connection?.getStats();
  }

  async #connect(run: CallRun): Promise<void> {
    const { signal } = run;
    try {
      this.#store.dispatch({ type: 'start' });
      await unlessAborted(run.connect(this.options), signal);
    } catch (error) {
      // Ended while it started: no failure of the call.
      if (signal.aborted) throw error;
      throw this.#fail(error);
    }
  }

  #newRun(): CallRun {
    return new CallRun({
      options: this.options,
      store: this.#store,
      volume: () => this.#volume,
      onEnd: (reason) => void this.end(reason),
      onFail: (error) => void this.#fail(error),
    });
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
    if (warm === this) warm = undefined;
    this.#run?.release();
    this.#run = undefined;
    this.#store.settle();
  }
}
