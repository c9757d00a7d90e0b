import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';

/** What a limiter says of one request. */
export interface LimitDecision {
  readonly success: boolean;
  /** How long to wait, in milliseconds, where the limiter knows it. */
  readonly retryAfterMs?: number;
}

/** Counts requests by key. Has the shape of a Cloudflare Workers rate limiting binding, so that one can be used as it is. */
export interface Limiter {
  /** Counts one request, and says whether it is within the limit. */
  limit(of: { readonly key: string }): Promise<LimitDecision>;
  /** Takes back one request that was counted and came to nothing. */
  refund?(of: { readonly key: string }): Promise<void>;
}

/** At most so many requests in a window of so many seconds. The window begins with its first request. */
export interface LimitRule {
  readonly requests: number;
  readonly seconds: number;
}

/** Where limits are counted. */
export interface LimiterStore {
  /** A limiter of its own for each name. */
  limiter(name: string, rule: LimitRule): Limiter;
}

/** Counts in the memory of this process. A key is forgotten at the end of its window. */
export const memoryStore: LimiterStore = {
  limiter(name, { requests, seconds }) {
    const counter = new RateLimiterMemory({ keyPrefix: name, points: requests, duration: seconds });
    return {
      limit: ({ key }) => counter.consume(key).then(() => ({ success: true }), refused),
      refund: async ({ key }) => {
        // A window that is over has nothing to give back.
        if (await counter.get(key)) await counter.reward(key);
      },
    };
  },
};

/** How `rate-limiter-flexible` says no: it rejects with the state of the key, which is no error. */
export function refused(state: unknown): LimitDecision {
  const msBeforeNext =
    typeof state === 'object' && state !== null && 'msBeforeNext' in state ? state.msBeforeNext : undefined;
  if (typeof msBeforeNext !== 'number') throw state;
  return { success: false, retryAfterMs: msBeforeNext };
}
