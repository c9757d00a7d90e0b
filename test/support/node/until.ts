import { setInterval } from 'node:timers/promises';

const POLL_MS = 10;

/** Resolves when `condition` holds. Rejects, with what was waited for, when it does not hold within `ms`. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  ms = 5_000,
): Promise<void> {
  if (await condition()) return;
  const deadlineMs = performance.now() + ms;
  for await (const check of setInterval(POLL_MS, condition)) {
    if (await check()) return;
    if (performance.now() > deadlineMs) throw new Error(`Waited ${ms} ms in vain for ${what}.`);
  }
}
