import { replace } from './microphone.js';

/** Collects what the widget tells the developer of the page, instead of printing it, until the test is over. */
export function collectWarnings(): readonly string[] {
  const warnings: string[] = [];
  replace(console, 'warn', (...words: unknown[]) => warnings.push(words.map(String).join(' ')));
  return warnings;
}
