import { FRAME_MS } from './pcm.js';

/** Most frames made up for at once. A longer pause of the process is skipped: a burst would only fill jitter buffers. */
const MAX_BURST_FRAMES = 5;

/** Pure. How many frames are due at `elapsedMs` after the start, and the count that has then been given out or skipped. */
export function framesDue(
  elapsedMs: number,
  given: number,
): { readonly due: number; readonly given: number } {
  const owed = Math.max(0, Math.floor(elapsedMs / FRAME_MS) - given);
  return { due: Math.min(owed, MAX_BURST_FRAMES), given: given + owed };
}

/** Pure. How long to sleep so that the next frame is neither early nor later and later. */
export function nextFrameInMs(elapsedMs: number, given: number): number {
  return Math.max(1, (given + 1) * FRAME_MS - elapsedMs);
}

/**
 * Calls `onFrame` once for every 10 ms of real time, without drift, until the signal is aborted. `onFrame` must not throw.
 */
export function startPacer(onFrame: () => void, signal: AbortSignal): void {
  const startedMs = performance.now();
  let given = 0;
  let timer: NodeJS.Timeout | undefined;
  const tick = (): void => {
    const step = framesDue(performance.now() - startedMs, given);
    given = step.given;
    for (let frame = 0; frame < step.due && !signal.aborted; frame += 1) onFrame();
    if (!signal.aborted) timer = setTimeout(tick, nextFrameInMs(performance.now() - startedMs, given));
  };
  if (signal.aborted) return;
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  tick();
}
