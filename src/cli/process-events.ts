import type { Terminal } from './terminal.js';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Calls back as the last thing, however the process ends by itself. Nothing that has to be waited for can be done then. */
export function beforeExit(callback: () => void): void {
  process.once('exit', callback);
}

/** Resolves when the process is asked to end. Asked a second time it ends at once, as any other does. */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const signal of STOP_SIGNALS) process.off(signal, stop);
      resolve();
    };
    for (const signal of STOP_SIGNALS) process.on(signal, stop);
  });
}

/**
 * Ends the process with 1 at an error that nobody caught. It is named in one line, with its place and without its words: those, and
 * what Node would print beside them, may quote a visitor or a secret.
 */
export function endOnUncaughtError(terminal: Terminal): void {
  process.on('uncaughtException', (error: unknown) => {
    terminal.warn(`Ended by an error that nobody foresaw: ${describe(error)}.`);
    process.exit(1);
  });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  const { name, code } = error as NodeJS.ErrnoException;
  const [, place] = /\n\s+at (?:.*\()?([^()\n]+:\d+:\d+)\)?/.exec(error.stack ?? '') ?? [];
  return [name, code, place === undefined ? undefined : `at ${place}`].filter(Boolean).join(' ');
}
