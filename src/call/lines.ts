import { CallError } from '../domain/call-error.js';
import { nextDelayMs } from '../domain/reconnect-policy.js';
import { watchConnection, type ConnectionEvent } from './connection-watch.js';
import { after } from './lifetime.js';
import { dial, hasRelay, openLine, type Line } from './line.js';
import type { Peer } from './peer.js';
import { isServerReachable, prepareExchange, type Exchange } from './signaling.js';
import type { VoiceCallOptions } from './voice-call.js';

/** What the lines of a call tell, in order. */
interface LinesListener {
  /** From now on this is the one: its sound is played, the microphone goes into it, its channel is read. */
  readonly onLine: (line: Line) => void;
  readonly onStep: (step: 'offerMs' | 'answerMs') => void;
  readonly onEvent: (event: Exclude<ConnectionEvent, 'steady'>) => void;
  /** The call cannot go on. */
  readonly onLost: (error: CallError) => void;
}

/**
 * The lines of one call, one at a time: the first one, one through the relay alone where the network lets nothing else through, and
 * with `autoReconnect` fresh ones after a loss.
 */
export class Lines {
  readonly #signal: AbortSignal;
  readonly #listener: LinesListener;
  #options: VoiceCallOptions;
  #exchange: Exchange | undefined;
  #line: Line | undefined;
  #policy: RTCIceTransportPolicy | undefined;
  /** Fresh sessions that were used since there last was sound for long. */
  #used = 0;

  constructor(options: VoiceCallOptions, signal: AbortSignal, listener: LinesListener) {
    this.#options = options;
    this.#signal = signal;
    this.#listener = listener;
  }

  get peer(): Peer | undefined {
    return this.#line?.peer;
  }

  /**
   * Opens the line and prepares its offer.
   *
   * @throws CallError `browser-unsupported`
   */
  prepare(): Line {
    const { iceServers = [] } = this.#options;
    return (this.#line ??= openLine({ iceServers, policy: this.#policy }, this.#signal));
  }

  /**
   * Checks the wiring, before anything is opened.
   *
   * @throws CallError as `prepareExchange` does
   */
  configure(options: VoiceCallOptions): void {
    this.#options = options;
    this.#exchange = prepareExchange(options);
  }

  /**
   * Connects: the offer leaves when `ready` resolves. Where no way through the network was found and a relay is known, one more
   * session goes through that alone.
   *
   * @throws CallError
   */
  async connect(ready: Promise<unknown>): Promise<void> {
    try {
      await this.#dial(ready);
    } catch (error) {
      const isBlocked = error instanceof CallError && error.code === 'connection-timeout';
      if (!isBlocked || !hasRelay(this.#options.iceServers ?? [])) throw error;
      this.#policy = 'relay';
      await this.#redial();
    }
  }

  /** From now on it is seen what becomes of the connection. */
  watch(): void {
    if (!this.#line) return;
    watchConnection(this.#line, {
      onEvent: (event) => this.#onEvent(event),
      isReachable: (signal) => isServerReachable(this.#options, signal),
    });
  }

  async #dial(ready: Promise<unknown>): Promise<void> {
    const line = this.prepare();
    this.#listener.onLine(line);
    if (this.#exchange) await dial(line, ready, this.#exchange, this.#listener.onStep);
  }

  async #redial(): Promise<void> {
    this.#line?.close();
    this.#line = undefined;
    await this.#dial(Promise.resolve());
  }

  #onEvent(event: ConnectionEvent | CallError): void {
    if (event instanceof CallError) this.#onLost(event);
    else if (event === 'steady') this.#used = 0;
    else this.#listener.onEvent(event);
  }

  #onLost(error: CallError): void {
    const mayGoOn = this.#options.autoReconnect && error.code === 'connection-lost';
    const delayMs = mayGoOn ? nextDelayMs(this.#used, Math.random()) : null;
    if (delayMs === null) {
      this.#listener.onLost(error);
      return;
    }
    this.#used += 1;
    this.#listener.onEvent('interrupted');
    this.#line?.close();
    after(delayMs, this.#signal, () => void this.#reconnect());
  }

  /** What the platform refuses (4xx) is not tried again. */
  async #reconnect(): Promise<void> {
    try {
      await this.#redial();
      this.#listener.onEvent('resumed');
      this.watch();
    } catch (cause) {
      if (this.#signal.aborted) return;
      const error = new CallError('connection-lost', 'No fresh session could be made.', { cause });
      if (cause instanceof CallError && !cause.retryable) this.#listener.onLost(error);
      else this.#onLost(error);
    }
  }
}
