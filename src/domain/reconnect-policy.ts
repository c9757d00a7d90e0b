import type { CallError } from './call-error.js';

/** A second request is not worth a visitor's time any more when the first one failed only after this. */
const MOST_UNANSWERED_MS = 4000;
/** A server that asks for a longer wait than this is not waited for: the visitor is told how long it is. */
const MOST_WAIT_MS = 10_000;
const LEAST_RETRY_MS = 400;
const MOST_RETRY_MS = 1200;
/** Before each of the fresh sessions that a lost call may have. */
const SESSION_DELAYS_MS = [500, 2000];
const MOST_JITTER_MS = 500;

/** Sound that was received for as long, in milliseconds, restores the fresh sessions that were used. */
export const RESTORED_BY_SOUND_MS = 10_000;

/**
 * How long to wait before an offer is sent a second and last time, in milliseconds; `undefined`: it is not. Only what another try
 * can mend is tried: nobody answered, or a proxy said that the server is away (502, 503, 504), or the server itself said when.
 *
 * @param elapsedMs since the first request was sent
 * @param random 0 to 1: many visitors who were refused at once do not come back at once
 */
export function retryDelayMs(error: CallError, elapsedMs: number, random: number): number | undefined {
  const { code, status, retryAfterMs, retryable } = error;
  if (!retryable) return undefined;
  if (retryAfterMs !== undefined) return retryAfterMs <= MOST_WAIT_MS ? retryAfterMs : undefined;
  const isUnanswered = code === 'server-unreachable' && elapsedMs < MOST_UNANSWERED_MS;
  const isAway = status !== undefined && status >= 502 && status <= 504;
  return isUnanswered || isAway ? LEAST_RETRY_MS + random * (MOST_RETRY_MS - LEAST_RETRY_MS) : undefined;
}

/**
 * How long to wait before a lost call is tried with a fresh session, in milliseconds; `null`: no more of them. The platform has no
 * resume, so each greets again and is billed.
 *
 * @param used fresh sessions that this call has had since it last had sound for long
 */
export function nextDelayMs(used: number, random: number): number | null {
  const delayMs = SESSION_DELAYS_MS[used];
  return delayMs === undefined ? null : delayMs + random * MOST_JITTER_MS;
}
