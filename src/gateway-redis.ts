/** Limits that several gateways share: `millis-voice-agent/gateway/redis`. For Node. */
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { type LimitDecision, type LimiterStore, memoryStore, refused } from './gateway/limiter.js';
import { RedisConnection } from './gateway-redis/connection.js';

/** Where the limits are counted. */
export interface RedisStoreOptions {
  /** `redis://host:6379`, with TLS `rediss://user:password@host:6380`, with a database `redis://host/1`. It is never printed whole. `undefined`, as an unset
   * environment variable is, is refused. */
  readonly url: string | undefined;
  /** What all keys begin with. Gateways with the same prefix share their limits. Default `millis`. */
  readonly prefix?: string;
  /** How long Redis may take to answer, in milliseconds. Then it counts as away. Default 250. */
  readonly timeoutMs?: number;
  /** Gets one line when Redis goes away, and one when it is back. Default `console.warn`. */
  readonly warn?: (line: string) => void;
}

/** Counts in Redis, and where that is away in the memory of this process. */
export interface RedisStore extends LimiterStore {
  /** Resolves, within 5 s, when it is known whether Redis is there: `false` when it is away for now. Limits need not wait for it. */
  ready(): Promise<boolean>;
  /** Ends the connection. Limits are counted in memory from then on. */
  close(): Promise<void>;
}

/** Takes one back in a single step. A window that is over has nothing to give back. */
const GIVE_BACK = `local count = tonumber(redis.call('get', KEYS[1]) or '0')
if count > 0 then count = redis.call('incrby', KEYS[1], ARGV[1]) end
return { count, redis.call('pttl', KEYS[1]) }`;

const MOST_PREFIX_CHARS = 64;

/**
 * Limits for gateways on more than one machine: each request is counted in Redis in one atomic step, so that all gateways together
 * keep to the limit exactly. It connects by itself, and again whenever the connection is lost.
 *
 * Where Redis is away, refuses, or takes too long, each process counts alone by the same rule, and goes on from what it let through
 * itself before: the gate is never open, and nobody waits. Redis is asked again every quarter of a second.
 *
 * @throws TypeError for a URL that is none of Redis's. Its message does not hold the URL.
 */
export function redisStore(options: RedisStoreOptions): RedisStore {
  const { url = '', prefix = 'millis', timeoutMs = 250, warn = console.warn } = options;
  if (prefix.length > MOST_PREFIX_CHARS) throw new TypeError('redisStore: the prefix is too long.');
  const connection = new RedisConnection({ url, timeoutMs, warn, probe: (client) => probe(client, prefix) });
  return {
    limiter(name, rule) {
      const shared = {
        storeClient: connection.client,
        useRedisPackage: true,
        keyPrefix: `${prefix}:${name}`,
        points: rule.requests,
        duration: rule.seconds,
      };
      const counter = new RateLimiterRedis(shared);
      const giver = new RateLimiterRedis({ ...shared, customIncrTtlLuaScript: GIVE_BACK });
      const local = memoryStore.limiter(name, rule);
      const count = (key: string): Promise<LimitDecision> =>
        counter.consume(key).then(() => ({ success: true }), refused);
      return {
        async limit({ key }) {
          const decision = await connection.ask(() => count(key));
          if (decision?.success === false) return decision;
          // Counted here in any case: should Redis go, this process knows what it let through itself.
          const own = await local.limit({ key });
          return decision ?? own;
        },
        async refund({ key }) {
          await Promise.all([connection.ask(() => giver.reward(key)), local.refund?.({ key })]);
        },
      };
    },
    ready: () => connection.ready(),
    close: () => connection.close(),
  };
}

/** Does what limits do, so that a Redis that only refuses to count (a replica, a full one) does not seem to be well. */
async function probe(client: RedisConnection['client'], prefix: string): Promise<void> {
  const counter = new RateLimiterRedis({
    storeClient: client,
    useRedisPackage: true,
    keyPrefix: prefix,
    points: Number.MAX_SAFE_INTEGER,
    duration: 1,
  });
  await counter.consume('probe');
}
