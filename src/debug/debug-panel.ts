import { diagnose, type Diagnosis } from '../call/diagnosis.js';
import { every } from '../call/lifetime.js';
import { isResting } from '../domain/call-state.js';
import { copyText } from './copy-text.js';
import type { DebugHost, DebugSource } from './debug-source.js';
import { History } from './history.js';
import { readPage, readProblems, readReadiness } from './page-facts.js';
import { createView, type PanelView } from './panel-view.js';
import { place } from './place.js';
import { reportText } from './report.js';
import { sections, type Facts, type Row, type Section } from './sections.js';

/** Shows the panel, or takes it away. Called again, it brings back what the page took out; but not what somebody closed. */
export type ShowPanel = (isOn: boolean) => void;

const UPDATE_MS = 500;

/** Makes the panel of one element. It is seen, and reads anything, only after it was told to be shown. */
export function debugPanel(host: DebugHost, source: DebugSource): ShowPanel {
  let panel: DebugPanel | undefined;
  let wasOn = false;
  return (isOn) => {
    if (isOn && !wasOn) panel = new DebugPanel(host, source);
    if (!isOn) panel?.close();
    wasOn = isOn;
    panel?.keep();
  };
}

class DebugPanel {
  readonly #host: DebugHost;
  readonly #source: DebugSource;
  readonly #view: PanelView = createView();
  readonly #history: History;
  readonly #unsubscribe: () => void;
  #ticking: AbortController | undefined;
  #isClosed = false;
  #diagnosis: Diagnosis | undefined;
  #loudest = { microphone: 0, agent: 0 };
  #readiness: readonly Row[] = [];

  constructor(host: DebugHost, source: DebugSource) {
    this.#host = host;
    this.#source = source;
    const { call } = source;
    this.#history = new History(call.snapshot);
    this.#unsubscribe = call.subscribe((snapshot, previous) => {
      this.#history.follow(snapshot, previous);
      const isNew = isResting(previous.state) && !isResting(snapshot.state);
      if (isNew) this.#forget();
      if (snapshot.state !== previous.state) this.#follow();
    });
    const { box, copyButton, closeButton } = this.#view;
    copyButton.addEventListener('click', () => void this.#copy());
    closeButton.addEventListener('click', () => this.close());
    box.addEventListener('keydown', (event) => event.key === 'Escape' && this.close());
    // It stands in the element, whose own presses and keys these are not.
    for (const type of ['click', 'keydown']) box.addEventListener(type, (event) => event.stopPropagation());
    this.#follow();
  }

  /** The element may have drawn itself anew, or been moved, which closes a popover. */
  keep(): void {
    const { box } = this.#view;
    const { shadowRoot } = this.#host;
    if (this.#isClosed || !shadowRoot || !this.#host.isConnected) return;
    if (box.parentNode !== shadowRoot) shadowRoot.append(box);
    // Above everything of the page, and in no transformed parent; a browser that does not know it has the z-index.
    if (!box.matches(':popover-open')) box.showPopover();
    if (!this.#ticking) void this.#lookAround();
  }

  close(): void {
    const { box } = this.#view;
    const hadFocus = box.contains(this.#host.shadowRoot?.activeElement ?? null);
    this.#isClosed = true;
    this.#unsubscribe();
    this.#ticking?.abort();
    box.remove();
    if (hadFocus) this.#host.shadowRoot?.querySelector('button')?.focus();
  }

  #forget(): void {
    this.#diagnosis = undefined;
    this.#loudest = { microphone: 0, agent: 0 };
  }

  /** Two updates a second while a call is under way; at rest, no timer. */
  #follow(): void {
    if (isResting(this.#source.call.snapshot.state)) {
      this.#ticking?.abort();
      this.#ticking = undefined;
      void this.#lookAround();
      return;
    }
    this.#draw();
    if (this.#ticking) return;
    this.#ticking = new AbortController();
    every(UPDATE_MS, this.#ticking.signal, () => void this.#update());
  }

  async #lookAround(): Promise<void> {
    this.#draw();
    this.#readiness = await readReadiness(this.#host);
    this.#draw();
  }

  async #update(): Promise<void> {
    if (document.hidden) return;
    // A peer that is closed just now may have none.
    const report = await this.#source.call.stats().catch(() => undefined);
    if (report && this.#ticking) this.#take(diagnose(report));
    this.#draw();
  }

  #take(diagnosis: Diagnosis): void {
    const { microphone, agent } = this.#loudest;
    this.#diagnosis = diagnosis;
    this.#loudest = {
      microphone: Math.max(microphone, diagnosis.microphoneLevel ?? 0),
      agent: Math.max(agent, diagnosis.agentLevel ?? 0),
    };
  }

  #draw(): void {
    if (this.#isClosed) return;
    this.#view.draw(this.#sections());
    if (this.#view.box.isConnected) place(this.#view.box, this.#host);
  }

  #sections(): readonly Section[] {
    const { call, configured } = this.#source;
    const facts: Facts = {
      snapshot: call.snapshot,
      diagnosis: this.#diagnosis,
      loudest: this.#loudest,
      happened: this.#history.lines,
      problems: readProblems(configured, this.#host.brokenImages),
      readiness: this.#readiness,
      page: readPage(this.#host, configured.settings.region),
    };
    return sections(facts, Date.now());
  }

  async #copy(): Promise<void> {
    const { area, copyButton } = this.#view;
    this.#draw();
    const isCopied = await copyText(reportText(this.#sections()), area);
    if (isCopied) copyButton.focus();
    this.#view.say(isCopied ? 'Copied.' : 'It is selected: copy it with your keyboard.');
  }
}
