import { html, nothing, type TemplateResult } from 'lit';
import { BUTTON_STATES, type PerState } from '../domain/button-state.js';
import { cancelIcon, hangUpIcon, spinner, voiceIcon } from './icons.js';
import type { IconSource } from './icon-source.js';

const OWN_ICONS: PerState<TemplateResult> = { idle: voiceIcon, connecting: cancelIcon, running: hangUpIcon };

export interface ButtonView {
  readonly shown: keyof PerState<unknown>;
  /** Words to be seen; an empty text is none. */
  readonly titles: PerState<string>;
  /** Words to be heard beside or instead of them. */
  readonly unseenWords: string;
  readonly icons: PerState<IconSource | undefined>;
  readonly disabled: boolean;
  readonly onPress: () => void;
  /** The visitor is about to press: the pointer or the focus is on the button. */
  readonly onIntent: () => void;
  /** An image could not be loaded or drawn. */
  readonly onBrokenImage: (src: string) => void;
}

/**
 * The button. The words and icons of all three states are laid out at once, and only one is visible: nothing on the page moves
 * when the state changes, and no image has to come first.
 */
export function buttonView(view: ButtonView): TemplateResult {
  const { shown, titles } = view;
  const words = BUTTON_STATES.some((state) => titles[state] !== '');
  return html`
    <button
      class="call ${words ? '' : 'bare'}"
      part="button"
      type="button"
      ?disabled=${view.disabled}
      @click=${view.onPress}
      @pointerenter=${view.onIntent}
      @pointerdown=${view.onIntent}
      @focus=${view.onIntent}
    >
      <span class="icon" part="icon">
        ${BUTTON_STATES.map(
          (state) => html`
            <span class=${state} ?data-shown=${state === shown}>
              <slot name="icon-${state}">${iconView(view, state)}</slot>
            </span>
          `,
        )}
        ${shown === 'connecting' ? spinner : nothing}
      </span>
      ${
        words
          ? html`<span class="label" part="label">
              ${BUTTON_STATES.map(
                (state) => html`<span class=${state} ?data-shown=${state === shown}>${titles[state]}</span>`,
              )}
            </span>`
          : nothing
      }
      ${view.unseenWords && html`<span class="unseen">${view.unseenWords}</span>`}
    </button>
  `;
}

function iconView({ icons, onBrokenImage }: ButtonView, state: keyof PerState<unknown>): TemplateResult {
  const icon = icons[state];
  if (!icon) return OWN_ICONS[state];
  if ('text' in icon)
    return html`<span class="letters ${icon.long ? 'long' : ''}" aria-hidden="true">${icon.text}</span>`;
  return html`<img
    src=${icon.image}
    alt=""
    decoding="async"
    referrerpolicy="no-referrer"
    draggable="false"
    @error=${() => onBrokenImage(icon.image)}
  />`;
}
