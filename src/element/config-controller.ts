import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { hasConfigSource, loadConfig, type ConfigSource } from '../call/load-config.js';
import {
  describeProblem,
  mergeSettings,
  parseEmbedConfig,
  readEmbedConfig,
  type EmbedSettings,
  type ReadConfig,
} from '../protocol/embed-config.js';
import { keyRefusals } from './key-refusals.js';
import { checkLook } from './look.js';
import type { Reserved } from './look-controller.js';
import { neighbourEdges } from './neighbours.js';
import { adviseGateway, warn } from './warn.js';

/** An element that has settings of its own, and says where others are. */
export interface ConfigHost extends ReactiveControllerHost, HTMLElement, ConfigSource {
  /** An `EmbedConfig`, as far as anybody knows. */
  readonly config: unknown;
  readonly shape: Shape;
  /** What the attributes and properties say, as an `EmbedConfig`; titles and icons need not be complete. */
  readonly ownSettings: object;
}

/** How an element is there: in the flow of the page, in a corner of the window, or without an interface. */
export type Shape = 'inline' | 'corner' | 'none';

/** Where settings come from, by the words for a warning; the first one that says something of a field holds. */
const SOURCES = ['attribute', 'config', 'child script', 'fetched config'] as const;
type SourceName = (typeof SOURCES)[number];

const CHILD_SCRIPT = ':scope > script[type="application/json"]';
/** A little before it is seen, so that it looks as it should when it is. */
const SIGHT_MARGIN = '200px';

/** Gathers an element's settings from all of its sources, keeps them up to date, and warns of what is left out of them. */
export class ConfigController implements ReactiveController {
  /** What holds just now; another object whenever that changes. */
  settings: EmbedSettings = {};
  /** The space that the element took when a fetched config came: the page around it must not move. */
  reserved: Reserved | undefined;
  /** Why nothing may be sent anywhere just now: there are private keys in the attributes. */
  refusals: readonly string[] = [];
  /** What was left out, in the words of the warnings. */
  readonly warned = new Map<SourceName, readonly string[]>();

  readonly #host: ConfigHost;
  readonly #settings = new Map<SourceName, EmbedSettings>();
  readonly #values = new Map<SourceName, readonly unknown[]>();
  #childObserver: MutationObserver | undefined;
  #childrenChanged = true;
  #merged = '';
  #address: string | undefined;
  #loading = new AbortController();
  #isExpected = false;

  constructor(host: ConfigHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the conversation is shown only because a fetched config says so: nobody kept space for it. */
  get transcriptIsLate(): boolean {
    const known = SOURCES.slice(0, -1).map((source) => this.#settings.get(source)?.transcript);
    return this.settings.transcript === true && known.every((transcript) => transcript === undefined);
  }

  hostConnected(): void {
    const look = () => {
      this.#childrenChanged = true;
      this.#host.requestUpdate();
    };
    look();
    this.#childObserver = new MutationObserver(look);
    this.#childObserver.observe(this.#host, { childList: true, characterData: true, subtree: true });
  }

  hostDisconnected(): void {
    this.#childObserver?.disconnect();
    this.#loading.abort();
    // What was fetched stays; what was not is asked for again.
    if (!this.#settings.has('fetched config')) this.#address = undefined;
  }

  hostUpdate(): void {
    this.refresh();
  }

  /** Takes over what changed in the element since it was last drawn. */
  refresh(): void {
    this.#lookForKeys();
    const { ownSettings, config } = this.#host;
    // A warning would show the key.
    const own = this.refusals[0] ? [] : leaves(ownSettings);
    // Most elements say nothing of their look, and then the parser need not be built.
    const isEmpty = own.every((value) => value == null);
    this.#readWhenChanged('attribute', own, () => readEmbedConfig(isEmpty ? null : ownSettings));
    this.#readWhenChanged('config', [config], () => readEmbedConfig(config));
    // What the observer has not been told yet.
    if (this.#childObserver?.takeRecords().length || this.#childrenChanged) this.#readChild();
    this.#loadWhenSeen();
  }

  #lookForKeys(): void {
    const told = this.refusals;
    this.refusals = keyRefusals(this.#host);
    for (const refusal of this.refusals) if (!told.includes(refusal)) adviseGateway(refusal);
  }

  #readChild(): void {
    this.#childrenChanged = false;
    const child = this.#host.querySelector(CHILD_SCRIPT)?.textContent ?? 'null';
    this.#readWhenChanged('child script', [child], () => parseEmbedConfig(child));
  }

  #readWhenChanged(source: SourceName, values: readonly unknown[], read: () => ReadConfig): void {
    const before = this.#values.get(source);
    if (before?.length === values.length && values.every((value, index) => value === before[index])) return;
    this.#values.set(source, values);
    this.#take(source, read());
  }

  #take(source: SourceName, { settings, problems }: ReadConfig): void {
    const checked = checkLook(settings);
    this.#settings.set(source, checked.settings);
    // Whoever changes the element now, wants to see it change.
    this.reserved = undefined;
    const before = this.warned.get(source) ?? [];
    // An attribute stands for one state, so that the others are missing is no mistake.
    const told = [...problems, ...checked.problems].filter(
      ({ came }) => source !== 'attribute' || came !== 'nothing',
    );
    const warnings = told.map((problem) => `${source}: ${describeProblem(problem)}`);
    this.warned.set(source, warnings);
    for (const warning of warnings) if (!before.includes(warning)) warn(warning);
    this.#merge();
  }

  #merge(): void {
    const merged = mergeSettings(SOURCES.map((source) => this.#settings.get(source) ?? {}));
    const text = JSON.stringify(merged);
    if (text === this.#merged) return;
    this.#merged = text;
    this.settings = merged;
  }

  /** A config is fetched when the element is first seen: the page is not slowed down by one that nobody looks at. */
  #loadWhenSeen(): void {
    const { agentId, server, configSrc, shape, isConnected } = this.#host;
    const address = this.refusals[0] ? '' : [configSrc, server, agentId].join('\n');
    if (isConnected && address !== this.#address) this.#expect(address);
    if (shape === 'none') this.#load();
  }

  #expect(address: string): void {
    this.#address = address;
    this.#loading.abort();
    this.#loading = new AbortController();
    if (this.#settings.delete('fetched config')) this.#merge();
    this.reserved = undefined;
    this.#isExpected = address !== '' && hasConfigSource(this.#host);
    if (this.#isExpected) whenSeen(this.#host, this.#loading.signal, () => this.#load());
  }

  #load(): void {
    if (!this.#isExpected) return;
    this.#isExpected = false;
    void this.#fetch(this.#loading.signal);
  }

  /** The page around the element must not move. All of it happens before the browser draws again. */
  async #keepInPlace(): Promise<void> {
    const { inlineSize, blockSize } = getComputedStyle(this.#host);
    const before = neighbourEdges(this.#host);
    const kept = { inlineSize, blockSize, most: false };
    this.reserved = kept;
    await this.#host.updateComplete;
    if (this.reserved !== kept) return;
    if (neighbourEdges(this.#host).every((edge, index) => edge === before[index])) return;
    this.reserved = { ...kept, most: true };
    this.#host.requestUpdate();
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    try {
      const fetched = await loadConfig(this.#host, signal);
      signal.throwIfAborted();
      this.#take('fetched config', fetched);
      this.#host.requestUpdate();
      if (this.#host.shape === 'inline') await this.#keepInPlace();
    } catch (error) {
      if (signal.aborted) return;
      const text = `fetched config: ${String(error)}`;
      this.warned.set('fetched config', [text]);
      warn(text);
      this.#host.requestUpdate();
    }
  }
}

/** The values of an object, and of the objects in it. */
function leaves(value: object): unknown[] {
  return Object.values(value).flatMap((each: unknown) =>
    typeof each === 'object' && each !== null ? (Object.values(each) as unknown[]) : [each],
  );
}

function whenSeen(element: Element, signal: AbortSignal, callback: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      callback();
    },
    { rootMargin: SIGHT_MARGIN },
  );
  observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}
