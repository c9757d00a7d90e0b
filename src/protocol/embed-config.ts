import * as z from 'zod/mini';
import { BUTTON_STATES, type PerState } from '../domain/button-state.js';
import { regionBaseUrl } from '../domain/region.js';

/** One text for each of the button's three states (API reference, `ButtonState`). */
export type ButtonState = PerState<string>;

/** How a site wants the widget to look (API reference, `EmbedConfig`). Every field may be missing or null. */
export interface EmbedConfig {
  /** The button's words. */
  readonly titles?: ButtonState | null | undefined;
  /** Image URLs, `data:image/…`, inline SVG text, an emoji or a short text. */
  readonly icons?: ButtonState | null | undefined;
  /** CSS `background` of the button; nothing that loads. */
  readonly background?: string | null | undefined;
  /** CSS declarations for the button. */
  readonly buttonCss?: string | null | undefined;
  /** Height of the button in CSS pixels, a whole number from 24 to 512. */
  readonly size?: number | null | undefined;
  /** Whether the conversation is shown. */
  readonly transcript?: boolean | null | undefined;
  /** `us-west` or `eu-west`. */
  readonly region?: string | null | undefined;
}

/** What one source says of the widget: the good fields of an `EmbedConfig`. */
export interface EmbedSettings {
  readonly titles?: PerState<string | undefined> | undefined;
  readonly icons?: PerState<string | undefined> | undefined;
  readonly background?: string | undefined;
  readonly buttonCss?: string | undefined;
  readonly size?: number | undefined;
  readonly transcript?: boolean | undefined;
  readonly region?: string | undefined;
}

/** A field that cannot be used, or not as it is. */
export interface ConfigProblem {
  /** As in `titles.idle`; `config` for the whole. */
  readonly field: string;
  /** What is there, shortened, as JSON where that is possible. */
  readonly came: string;
  readonly expected: string;
}

/** Settings, and what was left out of them. */
export interface ReadConfig {
  readonly settings: EmbedSettings;
  readonly problems: readonly ConfigProblem[];
}

export const MIN_SIZE = 24;
export const MAX_SIZE = 512;
/** Longer configs are dropped unread. */
export const MAX_CONFIG_CHARS = 65_536;
const MOST_CHARS_SHOWN = 80;
/** Spaces, controls, marks without a letter, and the letters of Unicode that are blank. */
const BLANK = /^[\p{C}\p{Z}\p{M}\u115F\u1160\u2800\u3164\uFFA0]*$/u;

let schema: ReturnType<typeof buildSchema> | undefined;

/** Built at first use, not at load: most pages configure by attributes, or not at all. */
function buildSchema() {
  const text = z.nullish(z.string());
  const states = z.nullish(z.object({ idle: z.string(), connecting: z.string(), running: z.string() }));
  return z.object({
    titles: states,
    icons: states,
    background: text,
    buttonCss: text,
    size: z.nullish(z.number()),
    transcript: z.nullish(z.boolean()),
    region: text,
  });
}

/** Reads an embed config from JSON text. Never throws. */
export function parseEmbedConfig(text: string): ReadConfig {
  if (text.length > MAX_CONFIG_CHARS) return unreadable(`${text.length} characters`, 'at most 64 kB');
  try {
    return readEmbedConfig(JSON.parse(text));
  } catch (error) {
    return unreadable(String(error), 'JSON');
  }
}

/**
 * Reads an embed config. A field that is wrong is left out alone, and is among the problems; fields that nobody knows are passed
 * over; null and `undefined` are an empty config. Never throws.
 */
export function readEmbedConfig(value: unknown): ReadConfig {
  if (value == null) return { settings: {}, problems: [] };
  try {
    return readFields(value);
  } catch (error) {
    return unreadable(String(error), 'an object that can be read');
  }
}

function readFields(value: unknown): ReadConfig {
  schema ??= buildSchema();
  const problems: ConfigProblem[] = [];
  const { error } = schema.safeParse(value);
  const wrong = new Set<string>();
  for (const { path, ...issue } of error?.issues ?? []) {
    const [came, field] = [at(value, path), path.join('.')];
    wrong.add(field);
    problems.push(problem(field || 'config', came, expectation('expected' in issue ? issue.expected : '')));
  }
  if (wrong.has('')) return { settings: {}, problems };
  const good = (...path: string[]): unknown =>
    wrong.has(path.join('.')) ? undefined : (at(value, path) ?? undefined);
  const states = (name: string, read = (text: unknown): unknown => text): unknown =>
    good(name) && Object.fromEntries(BUTTON_STATES.map((state) => [state, read(good(name, state))]));
  const settings = {
    // Words that nobody sees are no words: the button has its own name then.
    titles: states('titles', (text) => (BLANK.test(String(text)) ? '' : text)),
    icons: states('icons'),
    background: good('background'),
    buttonCss: good('buttonCss'),
    size: good('size'),
    transcript: good('transcript'),
    // A region is a promise about where a voice goes: one that cannot be read must not become the default.
    region: wrong.has('region') ? show(at(value, ['region'])) : good('region'),
    // The schema said that all that is left has its type.
  } as EmbedSettings;
  return checkValues(settings, problems);
}

/** What the types do not say. */
function checkValues(settings: EmbedSettings, problems: ConfigProblem[]): ReadConfig {
  const { size, region = '' } = settings;
  if (!problems.some(({ field }) => field === 'region') && regionBaseUrl(region) === undefined) {
    problems.push(problem('region', region, '"us-west" or "eu-west"; nothing is called without a server'));
  }
  if (size === undefined || (Number.isInteger(size) && size >= MIN_SIZE && size <= MAX_SIZE)) {
    return { settings, problems };
  }
  problems.push(problem('size', size, `a whole number from ${MIN_SIZE} to ${MAX_SIZE}`));
  return { settings: { ...settings, size: undefined }, problems };
}

/** Field by field, the first source that says something. */
export function mergeSettings(sources: readonly EmbedSettings[]): EmbedSettings {
  const first = <Value>(pick: (source: EmbedSettings) => Value | undefined): Value | undefined => {
    for (const source of sources) {
      const value = pick(source);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const states = (name: 'titles' | 'icons') => ({
    idle: first((source) => source[name]?.idle),
    connecting: first((source) => source[name]?.connecting),
    running: first((source) => source[name]?.running),
  });
  return {
    titles: states('titles'),
    icons: states('icons'),
    background: first(({ background }) => background),
    buttonCss: first(({ buttonCss }) => buttonCss),
    size: first(({ size }) => size),
    transcript: first(({ transcript }) => transcript),
    region: first(({ region }) => region),
  };
}

/** A problem about a value, which is shown shortened. */
export function problem(field: string, came: unknown, expected: string): ConfigProblem {
  return { field, came: show(came), expected };
}

/** A problem as one sentence for developers. */
export function describeProblem({ field, came, expected }: ConfigProblem): string {
  return `${field}: expected ${expected}, got ${came}`;
}

function unreadable(came: string, expected: string): ReadConfig {
  return { settings: {}, problems: [{ field: 'config', came: shorten(came), expected }] };
}

function expectation(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type || 'valid value'}`;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((owner, key) => (owner as Record<PropertyKey, unknown> | null)?.[key], value);
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  try {
    // What JSON has no word for is no text, and throws.
    return shorten(JSON.stringify(value));
  } catch {
    return typeof value;
  }
}

function shorten(text: string): string {
  return text.length > MOST_CHARS_SHOWN ? `${text.slice(0, MOST_CHARS_SHOWN)}…` : text;
}
