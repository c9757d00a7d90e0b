/** How much may come: `capacity` at once, and in the long run `perSecond`. */
export interface BucketRate {
  readonly capacity: number;
  readonly perSecond: number;
}

/** What may still come just now. `at` is a time in milliseconds, of any clock that never goes back. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Pure. The bucket after something that costs `cost` came at `at`, or `undefined` where that was too much. */
export function take(bucket: Bucket, rate: BucketRate, cost: number, at: number): Bucket | undefined {
  const refilled = bucket.tokens + ((at - bucket.at) / 1000) * rate.perSecond;
  const tokens = Math.min(rate.capacity, refilled) - cost;
  return tokens < 0 ? undefined : { tokens, at };
}
