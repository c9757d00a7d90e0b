import type { CallError } from '../domain/call-error.js';

/** What each browser is known by, most special first: Edge and Chrome need no words of their own. */
const BROWSERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['ios', /iPhone|iPad/],
  ['firefox', /Firefox\//],
  ['android', /Android/],
  ['safari', /^((?!Chrom).)*Safari\//],
];
/** Shorter waits are over before they are read. */
const LEAST_TOLD_MS = 10_000;
const UNITS = [
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** Name of the words that say where this browser allows a microphone again. What is not among the labels has none of its own. */
export function deniedLabel({ code, deniedBy }: CallError, userAgent = navigator.userAgent): string {
  const browser = deniedBy ?? BROWSERS.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? '';
  return `${code}-${browser}`;
}

/** The words for a wait that the server asks for, where it is one to be told of: “in 2 minutes”. */
export function waitWords(
  { code, retryAfterMs = 0 }: CallError,
  labels: Readonly<Record<string, string>>,
): string | undefined {
  if (retryAfterMs <= LEAST_TOLD_MS) return undefined;
  const [unit, unitMs] = UNITS.find(([, ms]) => retryAfterMs >= ms) ?? UNITS[2];
  const amount = Math.ceil(retryAfterMs / unitMs);
  const time = new Intl.RelativeTimeFormat(labels['locale']).format(amount, unit);
  return labels[`${code}-wait`]?.replace('{time}', time);
}
