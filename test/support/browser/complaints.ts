import { replace } from './microphone.js';

/** What the console was told, by the name of its method. */
export interface Complaints {
  readonly errors: readonly string[];
  /** Errors and everything else that a developer could read there. */
  readonly all: readonly string[];
}

/** Collects what the widget says in the console, instead of printing it, until the test is over. */
export function collectComplaints(): Complaints {
  const errors: string[] = [];
  const all: string[] = [];
  for (const method of ['error', 'warn', 'info', 'log', 'debug'] as const) {
    replace(console, method, (...words: unknown[]) => {
      const text = words.map(String).join(' ');
      all.push(text);
      if (method === 'error') errors.push(text);
    });
  }
  return { errors, all };
}
