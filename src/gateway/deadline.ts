/** Something did not end in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Does some work that has to end in time. Its signal, made when the work asks for it, is aborted when time is up (the promise then
 * rejects with a `DeadlineError`, whether the work listens or not) and when `outer` is (then it rejects with that one's reason).
 */
export async function withDeadline<Value>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: () => AbortSignal) => Promise<Value>,
): Promise<Value> {
  outer?.throwIfAborted();
  let controller: AbortController | undefined;
  let stop: (reason: unknown) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = (reason) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the reason is
      reject(reason);
      controller?.abort(reason);
    };
  });
  const follow = () => stop(outer?.reason);
  const timer = setTimeout(() => stop(new DeadlineError(`nothing within ${ms} ms`)), ms);
  outer?.addEventListener('abort', follow, { once: true });
  try {
    return await Promise.race([work(() => (controller ??= new AbortController()).signal), stopped]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', follow);
  }
}
