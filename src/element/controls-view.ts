import { html, nothing, type TemplateResult } from 'lit';
import { buttonView, type ButtonView } from './button-view.js';
import { conversationIcon, microphoneIcon, microphoneOffIcon } from './icons.js';
import type { Labels } from './labels.js';

export interface MuteView {
  readonly labels: Labels;
  readonly muted: boolean;
  readonly onMute: () => void;
}

interface ControlsView extends MuteView {
  readonly button: ButtonView;
  /** Large enough for small buttons on its edge. */
  readonly big: boolean;
  /** No background of the site's own. */
  readonly plain: boolean;

  /** Opens the panel; `undefined` where there is none. */
  readonly panel: { readonly open: boolean; readonly onOpen: () => void } | undefined;
}

/** The button and, in a call, the small buttons on it. */
export function controlsView(view: ControlsView): TemplateResult {
  const { button, big, plain, panel, labels } = view;
  const running = button.shown === 'running';
  return html`
    <div class="controls ${button.shown} ${plain ? 'plain' : ''} ${panel ? 'two' : ''} ${big ? 'big' : ''}">
      <span class="ring" part="level"></span>
      ${buttonView(button)}
      <div class="tools">
        ${running && !panel?.open ? muteButton(view) : nothing}
        ${
          running && panel && !panel.open
            ? html`<button
                class="tool"
                part="transcript-button"
                type="button"
                aria-expanded="false"
                aria-label=${labels.transcript}
                title=${labels.transcript}
                @click=${panel.onOpen}
              >
                ${conversationIcon}
              </button>`
            : nothing
        }
      </div>
    </div>
  `;
}

/** Silences the microphone; its ring is as loud as the visitor. */
export function muteButton({ labels, muted, onMute }: MuteView): TemplateResult {
  return html`
    <button
      class="tool mute"
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
