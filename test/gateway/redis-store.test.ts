import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createClient } from '@redis/client';
import { type RedisStore, redisStore, type RedisStoreOptions } from '../../src/gateway-redis.js';
import { until } from '../support/node/until.js';
import { freePort } from './conformance/process-subject.js';
import { REDIS_PASSWORD, type RedisProcess, startRedis } from './processes.js';

const RULE = { requests: 5, seconds: 60 };

let redis: RedisProcess;
before(async () => {
  redis = await startRedis(await freePort());
});
after(() => redis.stop());

/** A store for one test, and all that it warned of. */
function open(
  t: TestContext,
  options: Partial<RedisStoreOptions> = {},
): { readonly store: RedisStore; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const warn = (line: string): void => void lines.push(line);
  const store = redisStore({ url: redis.url, prefix: t.name.slice(0, 60), warn, ...options });
  t.after(() => store.close());
  return { store, lines };
}

/** Does to Redis what an operator does. */
async function administer(...command: string[]): Promise<void> {
  const client = await createClient({ url: redis.url }).connect();
  await client.sendCommand(command);
  client.destroy();
}

async function passed(store: RedisStore, requests: number, key = 'visitor'): Promise<number> {
  const limiter = store.limiter('rule', RULE);
  const all = await Promise.all(Array.from({ length: requests }, () => limiter.limit({ key })));
  return all.filter(({ success }) => success).length;
}

describe('redisStore', () => {
  it('counts together with another of the same prefix, and apart from any other', async (t) => {
    const [one, other, stranger] = [open(t), open(t), open(t, { prefix: 'another' })];
    assert.equal((await passed(one.store, 3)) + (await passed(other.store, 7)), RULE.requests);
    assert.equal(await passed(stranger.store, 7), RULE.requests);
  });

  it('says how long to wait', async (t) => {
    const limiter = open(t).store.limiter('rule', { requests: 1, seconds: 60 });
    assert.deepEqual(await limiter.limit({ key: 'k' }), { success: true });
    const { success, retryAfterMs = 0 } = await limiter.limit({ key: 'k' });
    assert.ok(!success && retryAfterMs > 50_000 && retryAfterMs <= 60_000, String(retryAfterMs));
  });

  it('gives back what was counted, and never more', async (t) => {
    const { store } = open(t);
    const limiter = store.limiter('rule', RULE);
    for (let times = 0; times < 3; times += 1) await limiter.refund?.({ key: 'visitor' });
    assert.equal(await passed(store, 7), RULE.requests);
    await limiter.refund?.({ key: 'unknown' });
    assert.equal(await passed(store, 7, 'unknown'), RULE.requests);
  });

  it('makes room by what it gives back', async (t) => {
    const { store } = open(t);
    assert.equal(await passed(store, 5), 5);
    await store.limiter('rule', RULE).refund?.({ key: 'visitor' });
    assert.equal(await passed(store, 3), 1);
  });

  for (const [what, spoil, mend, code] of [
    ['is full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0'], 'OOM'],
    ['became a replica', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE'], 'READONLY'],
  ] as const) {
    it(`takes a Redis that ${what} for one that is away, until it counts again`, async (t) => {
      const { store, lines } = open(t);
      assert.ok(await store.ready());
      await administer(...spoil);
      assert.equal(await passed(store, 7), RULE.requests);
      // It answers all the while, and that is not enough.
      await administer('PING');
      assert.equal(await passed(store, 7, 'another'), RULE.requests);
      await administer(...mend);
      await until(() => lines.length > 1, 'the line that it is back');
      assert.match(lines[0] ?? '', new RegExp(` is away \\(${code}\\)\\.`));
      assert.match(lines[1] ?? '', / is back\. The limits are shared again\.$/);
      assert.equal(lines.length, 2);
    });
  }

  for (const [what, url, reason] of [
    ['a wrong password', () => redis.url.replace(/:[^:@]+@/, ':not-the-password@'), 'WRONGPASS'],
    ['no password', () => redis.url.replace(/\/\/.*@/, '//'), 'NOAUTH'],
    ['nobody there', () => 'redis://someone:secret-word@127.0.0.1:1/3', 'ECONNREFUSED'],
  ] as const) {
    it(`counts alone with ${what}, and names neither user nor password`, async (t) => {
      const { store, lines } = open(t, { url: url() });
      assert.equal(await passed(store, 7), RULE.requests);
      assert.equal(await store.ready(), false);
      const [line = '', ...more] = lines;
      assert.ok(line.includes(` is away (${reason}). Until`), line);
      assert.deepEqual(more, []);
      assert.doesNotMatch(line, /default|someone|secret-word|not-the-password|@/);
      assert.ok(!line.includes(REDIS_PASSWORD) && !line.includes(encodeURIComponent(REDIS_PASSWORD)));
    });
  }

  for (const url of [
    '',
    'redis',
    'http://someone:secret-word@redis.example',
    'redis://someone:secret-word@',
    'redis://someone:secret%word@redis.example',
    'redis://someone:secret-word@redis.example/db',
    'redis://someone:secret-word@redis.example:99999',
  ]) {
    it(`refuses the URL ${url} without quoting it`, () => {
      assert.throws(
        () => redisStore({ url }),
        (error) =>
          error instanceof TypeError &&
          error.message.includes('redis://host:6379') &&
          !JSON.stringify(error, Object.getOwnPropertyNames(error)).includes('secret'),
      );
    });
  }

  for (const [what, url] of [
    ['is there', () => redis.url],
    ['is away', () => 'redis://127.0.0.1:1'],
  ] as const) {
    it(`leaves nothing behind when it is closed and Redis ${what}`, { timeout: 20_000 }, async () => {
      const module = new URL('../../src/gateway-redis.ts', import.meta.url).href;
      const script = `
        const { redisStore } = await import(${JSON.stringify(module)});
        const store = redisStore({ url: ${JSON.stringify(url())}, warn: () => undefined });
        await store.limiter('rule', { requests: 1, seconds: 86400 }).limit({ key: 'k' });
        await store.close();
        const again = await store.limiter('rule', { requests: 1, seconds: 86400 }).limit({ key: 'k' });
        console.log('closed', again.success);`;
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        cwd: fileURLToPath(new URL('../../', import.meta.url)),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      assert.deepEqual([code, text], [0, 'closed true\n']);
    });
  }
});
