import type { PropertyDeclarations, PropertyValues } from 'lit';
import { checkReadiness, type Readiness } from '../call/readiness.js';
import type { Authorize, Negotiate } from '../call/signaling.js';
import type { VoiceCall, VoiceCallOptions } from '../call/voice-call.js';
import type { CallError } from '../domain/call-error.js';
import { durationMs, isResting, type CallPhase } from '../domain/call-state.js';
import type { AgentState } from '../domain/session.js';
import type { Turn } from '../domain/transcript.js';
import { CallController } from './call-controller.js';
import { ConfiguredElement } from './configured-element.js';
import { BeforeStartEvent } from './events.js';

/** An element that has a call: how it is wired, what is known of it, and how it is started and ended. */
export abstract class CallElement extends ConfiguredElement {
  static override readonly properties: PropertyDeclarations = {
    ...ConfiguredElement.properties,
    muted: { type: Boolean, reflect: true },
    autoReconnect: { type: Boolean, attribute: 'auto-reconnect' },
    // Nothing is drawn of them: so lit keeps what was set before the element was defined.
    iceServers: { attribute: false },
    authorize: { attribute: false },
    negotiate: { attribute: false },
    volume: { attribute: false, noAccessor: true },
  };

  /** Whether the visitor's microphone is muted. */
  muted = false;
  /** A call that is lost goes on with a fresh session, at most twice in a row. Each greets again, and is billed. */
  autoReconnect = false;
  /** STUN and TURN servers. Default none: the platform is public. */
  iceServers: readonly RTCIceServer[] = [];
  /** Headers for each request to `server`, for short-lived tokens. */
  authorize: Authorize | undefined;
  /** Exchanges offer and answer another way than by HTTP. */
  negotiate: Negotiate | undefined;

  readonly #calls = new CallController(this);

  /** Phase of the call. */
  get phase(): CallPhase {
    return this.call.snapshot.state.phase;
  }

  /** Why the last call failed, while the phase is `failed`. */
  get error(): CallError | undefined {
    const { state } = this.call.snapshot;
    return state.phase === 'failed' ? state.error : undefined;
  }

  /** The conversation of the call, or of the last one, in the order in which it was said. */
  get turns(): readonly Turn[] {
    return this.call.snapshot.transcript.turns;
  }

  /** The platform's id of the session, once it told it. */
  get sessionId(): string | undefined {
    return this.call.snapshot.sessionId;
  }

  /** What the agent does, once the platform told it. */
  get agentState(): AgentState | undefined {
    return this.call.snapshot.agentState;
  }

  /** How long both sides could hear each other, in milliseconds. */
  get durationMs(): number {
    return durationMs(this.call.snapshot.state, Date.now());
  }

  /** Loudness of the agent, 0 to 1. */
  get volume(): number {
    return this.call.volume;
  }

  set volume(volume: number) {
    this.call.volume = volume;
  }

  /**
   * Starts a call; call it in the visitor's gesture. Resolves when the call is live.
   *
   * @throws CallError, or an `AbortError` when the call was ended, or a listener of `millis-before-start` prevented it
   */
  start(): Promise<void> {
    const { call } = this;
    if (!isResting(call.snapshot.state)) return call.start();
    // What was set before the element was defined is there from the first drawing on.
    if (this.isConnected && !this.hasUpdated) this.performUpdate();
    const event = new BeforeStartEvent();
    if (!this.dispatchEvent(event)) {
      return Promise.reject(new DOMException('Prevented by millis-before-start.', 'AbortError'));
    }
    this.configureCall();
    return call.start();
  }

  /** Ends the call. Resolves when nothing of it is alive any more. */
  end(): Promise<void> {
    return this.call.end();
  }

  /** Tells whether a call could start, and if not, why. Asks the visitor nothing, opens nothing and sends nothing. */
  checkReadiness(): Promise<Readiness> {
    return checkReadiness(this.#callOptions());
  }

  /** With this, `moveBefore()` moves the element without taking it out: the call goes on. */
  connectedMoveCallback(): void {
    // Nothing to do: nothing depends on where the element is.
  }

  /** @internal */
  get active(): boolean {
    return !isResting(this.call.snapshot.state);
  }

  protected get call(): VoiceCall {
    return this.#calls.call;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('muted')) this.call.muted = this.muted;
  }

  /** Takes over how the next call is wired. */
  protected configureCall(): void {
    this.configured.refresh();
    this.#calls.configure(this.#callOptions());
  }

  #callOptions(): VoiceCallOptions {
    // An attribute that is taken away leaves null.
    const agentId = this.agentId || '';
    const server = this.server || '';
    const { iceServers, authorize, negotiate, autoReconnect } = this;
    const { region } = this.settings;
    const refusal = this.configured.refusals[0];
    return { agentId, server, region, iceServers, authorize, negotiate, autoReconnect, refusal };
  }
}
