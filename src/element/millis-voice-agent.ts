import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { durationMs, isResting, type CallPhase } from '../domain/call-state.js';
import type { CallError } from '../domain/call-error.js';
import type { AgentState } from '../domain/session.js';
import type { Turn } from '../domain/transcript.js';
import type { Authorize, Negotiate } from '../call/signaling.js';
import { CallController } from './call-controller.js';
import { controlsView } from './controls-view.js';
import { BeforeStartEvent } from './events.js';
import { ENGLISH, type Labels } from './labels.js';
import { styles } from './millis-voice-agent.styles.js';
import { currentNotice, noticeView } from './notice-view.js';
import { transcriptView } from './transcript-view.js';

/**
 * A voice call with one Millis agent, started by the visitor and shown with a live transcript.
 *
 * @tag millis-voice-agent
 * @attr {'idle'|'requesting-microphone'|'connecting'|'live'|'reconnecting'|'ending'|'ended'|'failed'} data-phase - (read-only) Phase of the call, for styling.
 * @attr {boolean} data-muted - (read-only) Present while the microphone is muted.
 * @attr {'listening'|'thinking'|'speaking'|'paused'} data-agent-state - (read-only) What the agent does, when the platform tells.
 * @fires {BeforeStartEvent} millis-before-start - A start was asked for; cancel it to keep the call from starting.
 * @fires {CallStateChangeEvent} millis-state-change - The call moved to another phase.
 * @fires {CallStartEvent} millis-call-start - Both sides can hear each other.
 * @fires {CallEndEvent} millis-call-end - A call is over: why, and how long it was.
 * @fires {TranscriptEvent} millis-transcript - A turn began, or its text changed.
 * @fires {AgentStateEvent} millis-agent-state - The agent listens, thinks, speaks or pauses.
 * @fires {FunctionEvent} millis-function - The agent called a function of the page.
 * @fires {MuteChangeEvent} millis-mute-change - The microphone was muted or unmuted.
 * @fires {CallErrorEvent} millis-error - A call could not start or go on. Read `event.error.code`.
 * @fires {CallWarningEvent} millis-warning - The visitor should know something; the call goes on.
 * @csspart button - The button that starts and ends a call.
 * @csspart icon - The icon on it.
 * @csspart label - The words on it.
 * @csspart level - The ring around it, as loud as the agent.
 * @csspart mute-button - Mutes the microphone; there in a call.
 * @csspart status - What screen readers hear as the call moves on; not visible.
 * @csspart notice - What went wrong, and what the visitor can do.
 * @csspart transcript - The conversation.
 * @csspart turn - One turn of it.
 * @csspart turn-agent - A turn of the agent.
 * @csspart turn-user - A turn of the visitor.
 * @cssprop [--millis-accent-color=#3b5bdb] - Colour of the resting button, the visitor's turns and the level ring.
 * @cssprop [--millis-on-accent-color=#fff] - Colour of text and icons on it.
 * @cssprop [--millis-surface-color] - Background of transcript and notice; default white, or near black on a dark page.
 * @cssprop [--millis-text-color] - Text on that background.
 * @cssprop [--millis-font-family=inherit] - Typeface.
 * @cssprop [--millis-transcript-width=20rem] - Width of the transcript.
 * @cssprop [--millis-transcript-height=18rem] - Height of the transcript; constant, so that nothing moves.
 */
export class MillisVoiceAgent extends LitElement {
  static override readonly styles = styles;

  static override readonly properties = {
    agentId: { attribute: 'agent-id' },
    server: {},
    region: {},
    transcript: { converter: { fromAttribute: (value: string | null) => value !== null && value !== 'off' } },
    muted: { type: Boolean, reflect: true },
    disabled: { type: Boolean },
    labels: { attribute: false },
    dismissed: { state: true },
  };

  /** Public id of the agent to call. */
  agentId = '';
  /** Base URL of a gateway, or of the platform. Default: the platform of the region. */
  server = '';
  /** `us-west` (default) or `eu-west`: where the platform is called when there is no `server`. */
  region = '';
  /** Whether the conversation is shown. As an attribute: present or `on`, `off`. */
  transcript = false;
  /** Whether the visitor's microphone is muted. */
  muted = false;
  /** Keeps the visitor from starting a call; one that is under way can still be ended. */
  disabled = false;
  /** Own words instead of the English ones, by name. */
  labels: Partial<Labels> = {};
  /** STUN and TURN servers. Default none: the platform is public. */
  iceServers: readonly RTCIceServer[] = [];
  /** Headers for each request to `server`, for short-lived tokens. */
  authorize: Authorize | undefined;
  /** Exchanges offer and answer another way than by HTTP. */
  negotiate: Negotiate | undefined;

  private dismissed: CallError | undefined;

  readonly #calls = new CallController(this);

  /** Phase of the call. */
  get phase(): CallPhase {
    return this.#calls.call.snapshot.state.phase;
  }

  /** Why the last call failed, while the phase is `failed`. */
  get error(): CallError | undefined {
    const { state } = this.#calls.call.snapshot;
    return state.phase === 'failed' ? state.error : undefined;
  }

  /** The conversation of the call, or of the last one, in the order in which it was said. */
  get turns(): readonly Turn[] {
    return this.#calls.call.snapshot.transcript.turns;
  }

  /** The platform's id of the session, once it told it. */
  get sessionId(): string | undefined {
    return this.#calls.call.snapshot.sessionId;
  }

  /** What the agent does, once the platform told it. */
  get agentState(): AgentState | undefined {
    return this.#calls.call.snapshot.agentState;
  }

  /** How long both sides could hear each other, in milliseconds. */
  get durationMs(): number {
    return durationMs(this.#calls.call.snapshot.state, Date.now());
  }

  /** Loudness of the agent, 0 to 1. */
  get volume(): number {
    return this.#calls.call.volume;
  }

  set volume(volume: number) {
    this.#calls.call.volume = volume;
  }

  /**
   * Starts a call; call it in the visitor's gesture. Resolves when the call is live.
   *
   * @throws CallError, or an `AbortError` when the call was ended, or a listener of `millis-before-start` prevented it
   */
  start(): Promise<void> {
    const { call } = this.#calls;
    if (!isResting(call.snapshot.state)) return call.start();
    const event = new BeforeStartEvent();
    if (!this.dispatchEvent(event)) {
      return Promise.reject(new DOMException('Prevented by millis-before-start.', 'AbortError'));
    }
    this.#calls.configure(this);
    return call.start();
  }

  /** Ends the call. Resolves when nothing of it is alive any more. */
  end(): Promise<void> {
    return this.#calls.call.end();
  }

  /** With this, `moveBefore()` moves the element without taking it out: the call goes on. */
  connectedMoveCallback(): void {
    // Nothing to do: nothing depends on where the element is.
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('muted')) this.#calls.call.muted = this.muted;
  }

  protected override render(): TemplateResult {
    const { snapshot } = this.#calls.call;
    const labels = { ...ENGLISH, ...this.labels };
    const { phase } = snapshot.state;
    const status = phase === 'live' && snapshot.muted ? labels.muted : labels[`status-${phase}`];
    const notice = this.error && this.error === this.dismissed ? undefined : currentNotice(snapshot, labels);
    return html`
      ${controlsView({
        snapshot,
        labels,
        disabled: this.disabled,
        onPress: this.#press,
        onMute: () => (this.muted = !this.muted),
        onIntent: this.#warmUp,
      })}
      <div class="panel ${this.transcript ? 'kept' : ''}">
        ${this.transcript ? transcriptView(snapshot.transcript.turns, labels) : ''}
        ${noticeView({ notice, labels, onAction: this.#act, onDismiss: this.#dismiss })}
      </div>
      <span class="unseen" part="status" role="status">${status}</span>
    `;
  }

  readonly #warmUp = (): void => {
    const { call } = this.#calls;
    if (!isResting(call.snapshot.state)) return;
    this.#calls.configure(this);
    call.warmUp();
  };

  /** One button: it starts, cancels, ends, and plays what the browser held back. */
  readonly #press = (): void => {
    const { call } = this.#calls;
    if (call.snapshot.playbackBlocked) call.play();
    else if (!isResting(call.snapshot.state)) void this.end();
    else if (!this.disabled) this.start().catch(() => undefined);
  };

  readonly #act = (): void => {
    this.#press();
    this.#focusButton();
  };

  readonly #dismiss = (): void => {
    this.dismissed = this.error;
    this.#focusButton();
  };

  /** What was pressed goes away, and must not take the focus with it. */
  #focusButton(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=button]')?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'millis-voice-agent': MillisVoiceAgent;
  }
}
