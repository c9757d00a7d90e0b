import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { createGateway, type Gateway, type GatewayOptions, type Limiter } from '../../src/gateway.js';
import { CANARY_KEY, leaks } from '../support/node/canary.js';
import { startUpstream, type Upstream } from '../support/node/upstream.js';
import { handler } from './conformance/handler-subject.js';
import { offerBody } from './conformance/offers.js';
import { ORIGIN } from './conformance/settings.js';
import { conformance } from './conformance/suite.js';

conformance(handler);

const OTHER_ORIGIN = 'https://other.example.com';

/** What is not a matter of requests: options that are functions, and defaults. */
describe('the options of a gateway', () => {
  let upstream: Upstream;
  before(async () => (upstream = await startUpstream()));
  after(() => upstream.close());

  const make = (options: Partial<GatewayOptions>): Gateway =>
    createGateway({
      privateKey: CANARY_KEY,
      origins: [ORIGIN, OTHER_ORIGIN],
      agents: ['good', 'better'],
      platform: upstream.url,
      log: () => undefined,
      ...options,
    });

  const open = { visitor: false, origin: false, agent: false, sessionsADay: false } as const;

  it('answer nothing outside of the base path', async () => {
    const gateway = make({ basePath: '/voice' });
    assert.equal(await ask(gateway, { path: '/voice/webrtc/offer' }), '200');
    for (const path of [
      '/other/webrtc/offer',
      '/webrtc/offer',
      '/voicewebrtc/offer',
      '/x/voice/webrtc/offer',
    ]) {
      assert.equal(await ask(gateway, { path }), '404 not-found', path);
    }
  });

  it('ask authorize with the agent and the address, and take nothing but true for a yes', async () => {
    const seen: unknown[] = [];
    for (const said of [
      true,
      Promise.resolve(true),
      false,
      Promise.resolve(false),
      undefined,
      'true',
      1,
      {},
    ]) {
      const gateway = make({
        authorize: ({ headers }, call) => {
          seen.push([headers.get('origin'), call]);
          return said as boolean;
        },
      });
      const isYes = said === true || (said instanceof Promise && (await said) === true);
      assert.equal(await ask(gateway), isYes ? '200' : '401 not-authorized');
    }
    assert.deepEqual(seen[0], [ORIGIN, { agentId: 'good', address: '192.0.2.1' }]);
  });

  it('keep the gate closed where authorize throws, or does not come to an end', async () => {
    const throws = () => {
      throw new Error(CANARY_KEY);
    };
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    assert.equal(await ask(make({ authorize: throws, log })), '503 authorize-failed');
    assert.match(lines.join('\n'), /"level":"warn","message":"authorize failed: it threw Error\."/);
    assert.deepEqual(leaks(lines.join('\n')), []);
    assert.equal(await ask(make({ authorize: () => Promise.reject(new Error()) })), '503 authorize-failed');
    mock.timers.enable({ apis: ['setTimeout'] });
    let answer = Promise.resolve('');
    await new Promise<void>((asked) => {
      answer = ask(make({ authorize: () => (asked(), new Promise<never>(() => undefined)) }));
    });
    mock.timers.tick(5_000);
    assert.equal(await answer, '503 authorize-failed');
    mock.timers.reset();
  });

  it('have limits of 10 a visitor, 120 an origin and 120 an agent in a minute', async () => {
    const visitor = make({});
    const said = await many(11, () => ask(visitor));
    assert.deepEqual(said, [...Array<string>(10).fill('200'), '429 rate-limited']);

    const origin = make({});
    const addresses = (index: number) => `192.0.2.${index}`;
    assert.deepEqual(countOf(await many(120, (index) => ask(origin, { address: addresses(index) }))), {
      200: 120,
    });
    assert.equal(await ask(origin, { address: '198.51.100.1', agent: 'better' }), '429 rate-limited');
    // Another origin may still call, but not that agent.
    assert.equal(await ask(origin, { origin: OTHER_ORIGIN, address: '198.51.100.2' }), '429 rate-limited');
    assert.equal(
      await ask(origin, { origin: OTHER_ORIGIN, address: '198.51.100.2', agent: 'better' }),
      '200',
    );
  });

  it('have a limit of 500 sessions of an agent a day', async () => {
    const gateway = make({ limits: { ...open, sessionsADay: undefined } });
    assert.deepEqual(countOf(await many(500, () => ask(gateway))), { 200: 500 });
    assert.equal(await ask(gateway), '429 daily-limit');
    assert.equal(await ask(gateway, { agent: 'better' }), '200');
  });

  it('take limiters of a runtime, which are asked by address, origin and agent', async () => {
    const keys: string[] = [];
    const limiter: Limiter = { limit: ({ key }) => Promise.resolve({ success: keys.push(key) > 0 }) };
    const limits = { visitor: limiter, origin: limiter, agent: limiter, sessionsADay: limiter };
    assert.equal(await ask(make({ limits })), '200');
    assert.deepEqual(keys, ['192.0.2.1', ORIGIN, 'good', 'good']);
  });

  it('keep the gate closed where a limiter refuses, or fails', async () => {
    const refusing: Limiter = { limit: () => Promise.resolve({ success: false }) };
    const failing: Limiter = { limit: () => Promise.reject(new Error(CANARY_KEY)) };
    for (const name of ['visitor', 'origin', 'agent', 'sessionsADay'] as const) {
      const code = name === 'sessionsADay' ? 'daily-limit' : 'rate-limited';
      assert.equal(await ask(make({ limits: { ...open, [name]: refusing } })), `429 ${code}`);
      assert.equal(await ask(make({ limits: { ...open, [name]: failing } })), '500 internal');
    }
  });

  it('send an agent to the platform of its region', async () => {
    const agents = { good: {}, better: { id: 'far', region: 'eu-west' } };
    const nowhere = 'http://127.0.0.1:1';
    const gateway = make({ agents, platform: { 'us-west': nowhere, 'eu-west': upstream.url } });
    assert.equal(await ask(gateway, { agent: 'better' }), '200');
    assert.equal((await upstream.request('far')).path, '/webrtc/offer');
    assert.equal(await ask(gateway, { agent: 'good' }), '502 upstream-failed');
  });

  it('may have a log that fails', async () => {
    const log = () => {
      throw new Error('No space left on device.');
    };
    assert.equal(await ask(make({ log })), '200');
  });

  it('do not serve an embed config that holds the key', async () => {
    const gateway = make({ agents: { good: { embed: () => ({ titles: CANARY_KEY }) } } });
    const response = await gateway(new Request('https://voice.example.com/agents/good/embed'));
    assert.equal(response.status, 500);
    assert.ok(!(await response.text()).includes(CANARY_KEY));
  });
});

async function ask(
  gateway: Gateway,
  { path = '/webrtc/offer', origin = ORIGIN, agent = 'good', address = '192.0.2.1' } = {},
): Promise<string> {
  const request = new Request(`https://voice.example.com${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: offerBody(agent),
  });
  const response = await gateway(request, { address });
  const text = await response.text();
  assert.ok(!text.includes(CANARY_KEY));
  const { code } = JSON.parse(text) as { readonly code?: string };
  return code === undefined ? String(response.status) : `${response.status} ${code}`;
}

async function many(times: number, run: (index: number) => Promise<string>): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => run(index)));
}

function countOf(said: readonly string[]): Readonly<Record<string, number>> {
  return said.reduce<Record<string, number>>(
    (counts, each) => ({ ...counts, [each]: (counts[each] ?? 0) + 1 }),
    {},
  );
}
