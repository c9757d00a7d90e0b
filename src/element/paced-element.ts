import { LitElement } from 'lit';
import { pause } from '../call/lifetime.js';

const FRAME_MS = 16;

/** Draws at most once a frame while a call is under way, however fast messages come: a press has to get through. */
export abstract class PacedElement extends LitElement {
  /** Whether a call is under way. */
  abstract readonly active: boolean;
  #drawnAt = -Infinity;

  /** What a server rendered is drawn anew, unless lit was told to take it over (`@lit-labs/ssr-client`). */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (!('litElementHydrateSupport' in globalThis)) this.shadowRoot?.replaceChildren();
    return super.createRenderRoot();
  }

  protected override scheduleUpdate(): void | Promise<void> {
    const restMs = FRAME_MS - (performance.now() - this.#drawnAt);
    if (restMs > 0 && this.active) return pause(restMs).then(() => this.#draw());
    this.#draw();
  }

  #draw(): void {
    this.#drawnAt = performance.now();
    void super.scheduleUpdate();
  }
}
