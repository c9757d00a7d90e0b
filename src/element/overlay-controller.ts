import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Shape } from './config-controller.js';
import type { Notice } from './notice-view.js';

/** Between a panel and the edge of the window, in CSS pixels. */
const MARGIN = 8;

/** An element that has something over the page now and then. */
interface OverlayHost extends ReactiveControllerHost, HTMLElement {
  /** Whether a call is under way. */
  readonly active: boolean;
  /** What the visitor reads just now. */
  readonly notice: Notice | undefined;
  readonly shape: Shape;
  /** Whether there is a panel over the page. */
  readonly hasPanel: boolean;
}

/** What lies over the page, a panel or a message, can be put away by the visitor; and the focus never goes with it. */
export class OverlayController implements ReactiveController {
  panelOpen = false;
  /** What the message was about that was put away. */
  dismissed: Notice['about'] | undefined;

  readonly #host: OverlayHost;
  #wasActive = false;
  #focused: Element | null | undefined;

  constructor(host: OverlayHost) {
    this.#host = host;
    host.addController(this);
    host.addEventListener('keydown', this.#onKey);
  }

  hostUpdate(): void {
    const { active, shadowRoot } = this.#host;
    if (active && !this.#wasActive) this.panelOpen = true;
    this.#wasActive = active;
    this.#focused = shadowRoot?.activeElement;
  }

  hostUpdated(): void {
    this.#keepInWindow();
    if (this.#focused?.isConnected === false && !this.#host.shadowRoot?.activeElement) this.focusButton();
  }

  showPanel(open: boolean): void {
    this.panelOpen = open;
    this.#changed();
  }

  dismiss(about: Notice['about']): void {
    this.dismissed = about;
    this.#changed();
  }

  focusButton(): void {
    const { shadowRoot } = this.#host;
    const button = shadowRoot?.querySelector<HTMLElement>('.call');
    // Giving the focus makes the browser lay out the page, so it is not done for nothing.
    if (button !== shadowRoot?.activeElement) button?.focus();
  }

  /** An element at the end of a line has its panel there, too, and half of it would be out of the window. */
  #keepInWindow(): void {
    const { shape, shadowRoot } = this.#host;
    const panel = shadowRoot?.children[1];
    if (shape !== 'inline' || !(panel instanceof HTMLElement) || panel.matches('.kept:not(.floating)'))
      return;
    if (!panel.querySelector('.log, .notice:not([hidden])')) return;
    panel.style.translate = '';
    const { left, right } = panel.getBoundingClientRect();
    const over = Math.max(0, right + MARGIN - innerWidth) + Math.min(0, left - MARGIN);
    if (over !== 0) panel.style.translate = `${-over}px`;
  }

  #changed(): void {
    this.#host.requestUpdate();
    this.focusButton();
  }

  /** A key that is held presses once. Escape puts away a message, else the panel; without either it is the page's. */
  readonly #onKey = (event: KeyboardEvent): void => {
    // Browsers make a click of each repetition of a held key.
    if (event.repeat && event.key === 'Enter') event.preventDefault();
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const { notice, hasPanel } = this.#host;
    if (notice) this.dismiss(notice.about);
    else if (hasPanel && this.panelOpen) this.showPanel(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
