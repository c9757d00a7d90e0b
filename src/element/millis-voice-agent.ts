import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { CallError } from '../domain/call-error.js';
import { buttonStyles } from './button.styles.js';
import { CallElement } from './call-element.js';
import { DebugController } from './debug-controller.js';
import { DoctorController } from './doctor-controller.js';
import { ENGLISH, type Labels } from './labels.js';
import { currentNotice, type Notice } from './notice-view.js';
import { hostStyles } from './millis-voice-agent.styles.js';
import { OverlayController } from './overlay-controller.js';
import { panelStyles } from './panel.styles.js';
import { TriggerController } from './trigger-controller.js';
import { warn } from './warn.js';
import { widgetView } from './widget-view.js';
import { version } from '../version.js';

const MOST_CHARS_SHOWN = 80;

/**
 * A voice call with one Millis agent, started by the visitor and shown with a live transcript.
 *
 * @tag millis-voice-agent
 * @attr {'idle'|'requesting-microphone'|'connecting'|'live'|'reconnecting'|'ending'|'ended'|'failed'} data-phase - (read-only) Phase of the call, for styling.
 * @attr {boolean} data-muted - (read-only) Present while the microphone is muted.
 * @attr {'listening'|'thinking'|'speaking'|'paused'} data-agent-state - (read-only) What the agent does, when the platform tells.
 * @slot icon-idle - Replaces the icon of the resting button.
 * @slot icon-connecting - Replaces its icon while a call is being made.
 * @slot icon-running - Replaces its icon in a call.
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
 * @csspart transcript-button - Brings a closed panel back; there in a call.
 * @csspart status - What screen readers hear as the call moves on; not visible.
 * @csspart notice - What went wrong, and what the visitor can do.
 * @csspart transcript - The conversation.
 * @csspart turn - One turn of it.
 * @csspart turn-agent - A turn of the agent.
 * @csspart turn-user - A turn of the visitor.
 * @cssprop [--millis-accent-color=#3b5bdb] - Colour of the resting button, the visitor's turns and the level ring.
 * @cssprop [--millis-on-accent-color] - Colour of text and icons on it; default white or black, whichever can be read.
 * @cssprop [--millis-surface-color] - Background of transcript and notice; default white, or near black on a dark page.
 * @cssprop [--millis-text-color] - Text on that background.
 * @cssprop [--millis-font-family=inherit] - Typeface.
 * @cssprop [--millis-transcript-width=20rem] - Width of the transcript.
 * @cssprop [--millis-transcript-height=18rem] - Height of the transcript; constant, so that nothing moves.
 * @cssprop [--millis-z-index=2147483647] - Of an element in a corner.
 * @cssprop [--millis-edge=1rem] - Distance of an element in a corner from the edges of the window.
 */
export class MillisVoiceAgent extends CallElement {
  /** Of the package. */
  static readonly version = version;

  static override readonly styles = [hostStyles, buttonStyles, panelStyles];

  static override readonly properties: PropertyDeclarations = {
    ...CallElement.properties,
    trigger: {},
    disabled: { type: Boolean },
    debug: { type: Boolean },
    labels: { attribute: false },
    brokenImages: { state: true },
  };

  /** CSS selector of the page's own buttons: a press on one starts the call, and the next ends it. */
  trigger = '';
  /** Keeps the visitor from starting a call; one that is under way can still be ended. */
  disabled = false;
  /** Shows site owners a panel with what the call does, and a report to copy; as `?millis-debug` in the page's address does. */
  debug = false;
  /** Own words instead of the English ones, by name. */
  labels: Partial<Labels> = {};

  /** @internal Sources of icons that could not be shown. */
  brokenImages: readonly string[] = [];

  readonly #overlay = new OverlayController(this);
  readonly #doctor = new DoctorController(this);

  constructor() {
    super();
    new TriggerController(this);
    new DebugController(this, { call: this.call, configured: this.configured });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.shape === 'none') return nothing;
    return widgetView({
      snapshot: this.call.snapshot,
      labels: this.#words,
      settings: this.settings,
      textColor: this.look.textColor,
      floating: this.#floating,
      panelOpen: this.#overlay.panelOpen,
      disabled: this.disabled,
      notice: this.notice,
      brokenImages: this.brokenImages,
      onPress: this.#press,
      onIntent: this.onIntent,
      onMute: () => (this.muted = !this.muted),
      onOpen: () => this.#overlay.showPanel(true),
      onClose: () => this.#overlay.showPanel(false),
      onAction: this.#act,
      onDismiss: (about) => this.#overlay.dismiss(about),
      onBrokenImage: this.#onBrokenImage,
      onPageColors: this.look.keepReadable,
    });
  }

  /** @internal */
  readonly onIntent = (): void => {
    if (this.active) return;
    this.#doctor.look();
    this.configureCall();
    this.call.warmUp();
  };

  /** @internal One button: it starts, cancels, ends, and plays what the browser held back. */
  readonly onPress = (): void => {
    const { call } = this;
    if (call.snapshot.warnings.includes('playback-blocked')) call.resume();
    else if (this.active) void this.end();
    else if (!this.disabled) this.start().catch(() => undefined);
  };

  readonly #act = (action: Notice['action']): void => {
    if (action === 'resume') this.call.resume();
    else this.onPress();
  };

  /** Safari gives a pressed button no focus, and Escape has to reach the element. A double click means one press. */
  readonly #press = (event?: UIEvent): void => {
    if (!event || event.detail < 2) this.onPress();
    this.#overlay.focusButton();
  };

  readonly #onBrokenImage = (src: string): void => {
    if (this.brokenImages.includes(src)) return;
    this.brokenImages = [...this.brokenImages, src];
    warn(
      `icon: ${JSON.stringify(src.slice(0, MOST_CHARS_SHOWN))} could not be shown; it is replaced by the default`,
    );
  };

  /** @internal */
  get hasPanel(): boolean {
    return this.#floating && this.settings.transcript === true;
  }

  /** The conversation lies over the page: no place was kept for it there. */
  get #floating(): boolean {
    return this.shape === 'corner' || this.configured.transcriptIsLate;
  }

  /** @internal What the visitor reads just now. */
  get notice(): Notice | undefined {
    const { mended, problem } = this.#doctor;
    const notice = currentNotice(this.call.snapshot, this.#words, { mended, problem });
    return notice?.about === this.#overlay.dismissed ? undefined : notice;
  }

  /** @internal Why the last call failed, as long as that is shown. */
  get ailment(): CallError | undefined {
    return this.notice?.about === this.error ? this.error : undefined;
  }

  get #words(): Labels {
    return { ...ENGLISH, ...this.labels };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'millis-voice-agent': MillisVoiceAgent;
  }
}
