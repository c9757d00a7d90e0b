import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mintPageToken } from '../../src/gateway.js';
import { assertNoLeak, CANARY_SECRET } from '../support/node/canary.js';
import { startUpstream, type Upstream } from '../support/node/upstream.js';
import { offerBody } from './conformance/offers.js';
import { freePort } from './conformance/process-subject.js';
import {
  type GatewayProcess,
  REDIS_PASSWORD,
  type RedisProcess,
  startGateway,
  startRedis,
} from './processes.js';

const ORIGIN = 'https://www.example.com';
const VISITOR_LIMIT = 20;
const DAY_LIMIT = 30;
const REFUSED_AGENT = 'status-422-refused';

const SETTINGS = {
  origins: [ORIGIN],
  // One for each test: the day of an agent is long.
  agents: ['visitor', 'day', 'restart', 'death', 'freeze', 'token', REFUSED_AGENT],
  pageTokens: true,
  trustedHops: 1,
  limits: {
    visitor: { requests: VISITOR_LIMIT, seconds: 600 },
    origin: { requests: 100_000, seconds: 600 },
    agent: { requests: 100_000, seconds: 600 },
    sessionsADay: DAY_LIMIT,
  },
};

let [upstream, redis]: [Upstream?, RedisProcess?] = [];
let gateways: readonly GatewayProcess[] = [];
let lastVisitor = 0;

before(async () => {
  const port = await freePort();
  [upstream, redis] = await Promise.all([startUpstream(), startRedis(port)]);
  const start = { settings: { ...SETTINGS, platform: upstream.url }, environment: { REDIS_URL: redis.url } };
  gateways = await Promise.all([startGateway(start), startGateway(start)]);
});
after(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await Promise.all([redis?.stop(), upstream?.close()]);
});

/** An address that no visitor had before. */
function newVisitor(): string {
  lastVisitor += 1;
  return `198.51.${Math.floor(lastVisitor / 250)}.${lastVisitor % 250}`;
}

interface Call {
  readonly agentId: string;
  readonly visitor?: string;
  readonly token?: string;
}

/** What became of one call through one gateway. */
async function call(
  gateway: GatewayProcess,
  { agentId, visitor = newVisitor(), token }: Call,
): Promise<string> {
  const response = await fetch(`${gateway.url}/webrtc/offer`, {
    method: 'POST',
    headers: {
      origin: ORIGIN,
      'content-type': 'application/json',
      'x-forwarded-for': visitor,
      authorization: `Bearer ${token ?? (await mintPageToken({ secret: CANARY_SECRET, agentId }))}`,
    },
    body: offerBody(agentId),
  });
  const { code = 'answered' } = (await response.json()) as { readonly code?: string };
  return code;
}

/** Many at once, in turn through both gateways: how often each thing became of them. */
async function calls(count: number, each: Call): Promise<Readonly<Record<string, number>>> {
  const outcomes = Array.from({ length: count }, (_, index) => {
    const gateway = gateways[index % gateways.length];
    assert.ok(gateway);
    return call(gateway, each);
  });
  const counts: Record<string, number> = {};
  for (const outcome of await Promise.all(outcomes)) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

async function allPrinted(text: string, times: number): Promise<void> {
  await Promise.all(gateways.map((gateway) => gateway.printed(text, times)));
}

/** Warnings are few, however many requests there were. */
function assertWarnings(away: number, back: number): void {
  for (const gateway of gateways) {
    const output = gateway.output();
    assert.equal(output.split(' is away (').length - 1, away);
    assert.equal(output.split(' is back.').length - 1, back);
  }
}

describe('two gateways with one Redis', () => {
  it('share the limit of a visitor exactly', async () => {
    const counts = await calls(120, { agentId: 'visitor', visitor: newVisitor() });
    assert.deepEqual(counts, { answered: VISITOR_LIMIT, 'rate-limited': 120 - VISITOR_LIMIT });
  });

  it('share the sessions that an agent may have a day exactly', async () => {
    const counts = await calls(80, { agentId: 'day' });
    assert.deepEqual(counts, { answered: DAY_LIMIT, 'daily-limit': 80 - DAY_LIMIT });
  });

  it('give back the day where no session was opened', async () => {
    for (let round = 0; round < 4; round += 1) {
      assert.deepEqual(await calls(DAY_LIMIT / 2, { agentId: REFUSED_AGENT }), {
        'offer-refused': DAY_LIMIT / 2,
      });
    }
  });

  it('take a page token once between them', async () => {
    const token = await mintPageToken({ secret: CANARY_SECRET, agentId: 'token' });
    assert.deepEqual(await calls(10, { agentId: 'token', token }), { answered: 1, 'not-authorized': 9 });
  });

  it('go on while Redis restarts, and share again when it is back', async () => {
    const port = Number(new URL(redis?.url ?? '').port);
    await redis?.stop();
    await allPrinted(' is away (', 1);
    assert.deepEqual(await calls(10, { agentId: 'restart', visitor: newVisitor() }), { answered: 10 });
    redis = await startRedis(port);
    await allPrinted(' is back.', 1);
    const counts = await calls(60, { agentId: 'restart', visitor: newVisitor() });
    assert.deepEqual(counts, { answered: VISITOR_LIMIT, 'rate-limited': 60 - VISITOR_LIMIT });
    assertWarnings(1, 1);
  });

  it('stop and go on with a Redis that freezes, and nobody waits for it', async () => {
    const visitor = newVisitor();
    redis?.kill('SIGSTOP');
    const startedAt = performance.now();
    assert.deepEqual(await calls(20, { agentId: 'freeze', visitor }), { answered: 20 });
    const counts = await calls(40, { agentId: 'freeze', visitor });
    const tookMs = performance.now() - startedAt;
    // Each counts alone: 20 and 20, of which 20 are gone.
    assert.deepEqual(counts, { answered: VISITOR_LIMIT, 'rate-limited': 40 - VISITOR_LIMIT });
    // The connection itself is given up only after 3 s.
    assert.ok(tookMs < 2_500, `${tookMs} ms`);
    redis?.kill('SIGCONT');
    await allPrinted(' is back.', 2);
    assertWarnings(2, 2);
  });

  it('neither crash nor open the gate when Redis dies', async () => {
    const [known, stranger] = [newVisitor(), newVisitor()];
    assert.deepEqual(await calls(VISITOR_LIMIT, { agentId: 'death', visitor: known }), {
      answered: VISITOR_LIMIT,
    });
    const token = await mintPageToken({ secret: CANARY_SECRET, agentId: 'token' });
    const [first] = gateways;
    assert.ok(first);
    assert.equal(await call(first, { agentId: 'token', token }), 'answered');

    redis?.kill('SIGKILL');
    await redis?.ended;
    // What each let through before, it remembers: 2 times 20, less the 20 from before. The sessions of the day are a stop as well.
    const counts = await calls(60, { agentId: 'death', visitor: known });
    assert.deepEqual(counts, { answered: VISITOR_LIMIT, 'rate-limited': 60 - VISITOR_LIMIT });
    const more = await calls(120, { agentId: 'visitor', visitor: stranger });
    assert.ok((more['answered'] ?? 0) <= 2 * VISITOR_LIMIT, JSON.stringify(more));
    assert.equal(await call(first, { agentId: 'token', token }), 'not-authorized');
    for (const { url } of gateways) assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assertWarnings(3, 2);
  });

  it('start without it', async (t) => {
    const settings = { ...SETTINGS, platform: upstream?.url };
    const gateway = await startGateway({ settings, environment: { REDIS_URL: 'redis://127.0.0.1:1' } });
    t.after(() => gateway.stop());
    assert.match(gateway.output(), /Redis at redis:\/\/127\.0\.0\.1:1 is away \(ECONNREFUSED\)/);
    assert.equal(await call(gateway, { agentId: 'token' }), 'answered');
  });

  it('never print a secret, nor the password of Redis', () => {
    const output = gateways.map((gateway) => gateway.output()).join('\n');
    assertNoLeak(output, 'the output');
    for (const form of [REDIS_PASSWORD, encodeURIComponent(REDIS_PASSWORD)]) {
      assert.ok(!output.includes(form));
    }
  });
});
