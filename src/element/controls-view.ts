import { html, nothing, type TemplateResult } from 'lit';
import type { CallSnapshot } from '../call/call-store.js';
import type { CallPhase } from '../domain/call-state.js';
import { connectingIcon, hangUpIcon, microphoneIcon, microphoneOffIcon, voiceIcon } from './icons.js';
import type { Labels } from './labels.js';

/** Which of the platform's three states (EmbedConfig, `ButtonState`) the button shows in a phase. */
const BUTTON_STATES = {
  idle: 'idle',
  'requesting-microphone': 'connecting',
  connecting: 'connecting',
  live: 'running',
  reconnecting: 'connecting',
  ending: 'running',
  ended: 'idle',
  failed: 'idle',
} as const satisfies Record<CallPhase, 'idle' | 'connecting' | 'running'>;

const ICONS = { idle: voiceIcon, connecting: connectingIcon, running: hangUpIcon };
const STATES = ['idle', 'connecting', 'running'] as const;

interface ControlsView {
  readonly snapshot: CallSnapshot;
  readonly labels: Labels;
  readonly disabled: boolean;
  readonly onPress: () => void;
  readonly onMute: () => void;
  /** The visitor is about to press: the pointer or the focus is on the button. */
  readonly onIntent: () => void;
}

/**
 * The button and, in a call, the mute button on it. All three words are laid out at once, and only one is visible: nothing on
 * the page moves when the state changes.
 */
export function controlsView(view: ControlsView): TemplateResult {
  const { snapshot, labels } = view;
  const shown = BUTTON_STATES[snapshot.state.phase];
  return html`
    <div class="controls ${shown}">
      <span class="ring" part="level"></span>
      <button
        class="call"
        part="button"
        type="button"
        ?disabled=${view.disabled && shown === 'idle'}
        @click=${view.onPress}
        @pointerenter=${view.onIntent}
        @pointerdown=${view.onIntent}
        @focus=${view.onIntent}
      >
        <span class="icon" part="icon">${ICONS[shown]}</span>
        <span class="label" part="label">
          ${STATES.map((state) => html`<span class=${state} ?data-shown=${state === shown}>${labels[state]}</span>`)}
        </span>
        ${shown === 'connecting' ? html`<span class="unseen">${labels.cancel}</span>` : nothing}
      </button>
      ${shown === 'running' ? muteButton(view) : nothing}
    </div>
  `;
}

function muteButton({ snapshot: { muted }, labels, onMute }: ControlsView): TemplateResult {
  return html`
    <button
      class="mute"
      part="mute-button"
      type="button"
      aria-pressed=${muted}
      aria-label=${labels.mute}
      title=${labels.mute}
      @click=${onMute}
    >
      ${muted ? microphoneOffIcon : microphoneIcon}
    </button>
  `;
}
