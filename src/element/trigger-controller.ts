import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { looksLikeKey } from '../domain/looks-like-key.js';
import { warn } from './warn.js';

/** What the page's own buttons do to an element. */
interface TriggerHost extends ReactiveControllerHost, HTMLElement {
  /** CSS selector of the buttons; empty for none. */
  readonly trigger: string;
  /** Whether a call is under way. */
  readonly active: boolean;
  /** A press on one of them, still in the visitor's gesture. */
  readonly onPress: () => void;
  /** The visitor is about to press one of them. */
  readonly onIntent: () => void;
}

/**
 * Lets the page's own buttons start and end the call: those that match a selector now, and those that come later. Their
 * `aria-pressed` says whether a call is under way.
 */
export class TriggerController implements ReactiveController {
  readonly #host: TriggerHost;
  readonly #pressable = new Set<Element>();
  #selector = '';
  #listening: AbortController | undefined;

  constructor(host: TriggerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  hostUpdated(): void {
    const { trigger, isConnected } = this.#host;
    if (trigger !== this.#selector) this.#stop();
    if (trigger && !this.#selector && isConnected) this.#listen(trigger);
    this.#showPressed();
  }

  #listen(selector: string): void {
    this.#selector = selector;
    try {
      document.querySelector(selector);
    } catch {
      // A private key is told of elsewhere, and not shown.
      if (!looksLikeKey('', selector, true)) {
        warn(`trigger: expected a CSS selector, got ${JSON.stringify(selector)}`);
      }
      return;
    }
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const on = (type: string, run: (event: Event) => void) => {
      // In the capturing phase: a page that keeps its clicks to itself still means its own button.
      const listener = (event: Event) => this.#isTrigger(event) && run(event);
      document.addEventListener(type, listener, { capture: true, signal });
    };
    on('click', (event) => {
      // The button may be a link, or the submit button of a form.
      event.preventDefault();
      // A double click means one press, and so does a key that is held.
      if ((event as UIEvent).detail < 2) this.#host.onPress();
    });
    on('keydown', (event) => {
      const { repeat, key } = event as KeyboardEvent;
      if (repeat && key === 'Enter') event.preventDefault();
    });
    for (const type of ['pointerover', 'pointerdown', 'focusin']) on(type, () => this.#host.onIntent());
    const observer = new MutationObserver(() => this.#showPressed());
    const named = [...selector.matchAll(/\[\s*([\w-]+)/g)].map(([, name = '']) => name);
    const attributeFilter = ['id', 'class', ...named];
    observer.observe(document, { childList: true, subtree: true, attributeFilter });
    signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  }

  /** A press on an element of ours means that one, also where the selector matches what is in it or around it. */
  #isTrigger(event: Event): boolean {
    const path = event.composedPath().filter((node) => node instanceof Element);
    const isOwn = path.some(({ localName }) => localName === this.#host.localName);
    return !isOwn && path.some((element) => element.matches(this.#selector));
  }

  #showPressed(): void {
    if (!this.#listening) return;
    const matching = new Set(document.querySelectorAll(this.#selector));
    for (const button of this.#pressable) if (!matching.has(button)) this.#forget(button);
    for (const button of matching) {
      // ARIA knows no pressed links.
      if (button.matches('a:not([role])')) continue;
      this.#pressable.add(button);
      const pressed = String(this.#host.active);
      if (button.getAttribute('aria-pressed') !== pressed) button.setAttribute('aria-pressed', pressed);
    }
  }

  #stop(): void {
    this.#listening?.abort();
    this.#listening = undefined;
    this.#selector = '';
    for (const button of this.#pressable) this.#forget(button);
  }

  #forget(button: Element): void {
    this.#pressable.delete(button);
    button.removeAttribute('aria-pressed');
  }
}
