/** Runs `callback` once after `ms` milliseconds, unless the signal aborts before: no timer outlives its call. */
export function after(ms: number, signal: AbortSignal, callback: () => void): void {
  if (signal.aborted) return;
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', cancel);
    callback();
  }, ms);
  const cancel = () => clearTimeout(timer);
  signal.addEventListener('abort', cancel, { once: true });
}

/** Resolves after `ms` milliseconds. For some of them only: nothing ends it. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Runs `callback` every `ms` milliseconds until the signal aborts. */
export function every(ms: number, signal: AbortSignal, callback: () => void): void {
  if (signal.aborted) return;
  const timer = setInterval(callback, ms);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** What `promise` settles with, or a rejection with the signal's reason as soon as it aborts. */
export function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    // A page's own `Promise` may know no `finally`.
    const forget = () => signal.removeEventListener('abort', abort);
    void promise.then(resolve, reject).then(forget, forget);
    if (signal.aborted) abort();
  });
}

/**
 * What `run` settles with, or a rejection with `timeout()` when it takes longer than `ms`. `run` gets a signal that aborts in
 * both cases and with the given one, so that what it began is released.
 */
export async function within<Value>(
  ms: number,
  signal: AbortSignal,
  timeout: () => Error,
  run: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  after(ms, either, () => own.abort(timeout()));
  try {
    return await unlessAborted(run(either), either);
  } finally {
    own.abort();
  }
}
