import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ShowPanel } from '../debug/debug-panel.js';
import type { DebugHost, DebugSource } from '../debug/debug-source.js';
import { loadPanel } from './load-panel.js';
import { warn } from './warn.js';

interface Host extends ReactiveControllerHost, DebugHost {
  readonly debug: boolean;
}

/** One for all elements of a page; a page is told once that there is none. */
let loading: Promise<typeof import('../debug/debug-panel.js') | undefined> | undefined;

/** Shows the debug panel while the element, or the address of the page, asks for it. Nothing of it is loaded before. */
export class DebugController implements ReactiveController {
  #show: ShowPanel | undefined;
  #isAsked = false;

  constructor(
    readonly host: Host,
    readonly source: DebugSource,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    const isOn = this.host.debug || /[?&]millis-debug\b/.test(location.search);
    this.#show?.(isOn);
    if (!isOn || this.#isAsked) return;
    this.#isAsked = true;
    loading ??= loadPanel().catch((cause: unknown) => {
      warn(`debug: the panel could not be loaded: ${String(cause)}`);
      return undefined;
    });
    void loading.then((loaded) => {
      this.#show = loaded?.debugPanel(this.host, this.source);
      this.hostUpdated();
    });
  }
}
