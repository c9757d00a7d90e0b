import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { mintPageToken } from '../../src/gateway.js';
import { offerBody } from '../gateway/conformance/offers.js';
import { type GatewayProcess, type GatewayStart, startGateway } from '../gateway/processes.js';
import { assertNoLeak, CANARY_KEY, CANARY_SECRET, leaks } from '../support/node/canary.js';
import { startUpstream, type Upstream } from '../support/node/upstream.js';

const ORIGIN = 'https://www.example.com';

let upstream: Upstream;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());

/** A gateway for one test, for these agents. Nothing that it says may hold a secret. */
async function open(
  t: TestContext,
  agents: object | readonly string[],
  { settings = {}, ...start }: Partial<GatewayStart> = {},
): Promise<GatewayProcess> {
  const gateway = await startGateway({
    ...start,
    settings: { origins: [ORIGIN], agents, platform: upstream.url, ...settings },
  });
  t.after(async () => {
    await gateway.stop();
    assertNoLeak(gateway.output(), 'the output');
  });
  return gateway;
}

interface Offering {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

function offer(
  { url }: GatewayProcess,
  agentId: string,
  { headers, ...more }: Offering = {},
): Promise<Response> {
  return fetch(`${url}/webrtc/offer`, {
    method: 'POST',
    body: offerBody(agentId),
    headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
    ...more,
  });
}

/** A connection that a browser keeps warm, after one request or before the first. Resolves when the gateway has it. */
async function keepWarm({ url }: GatewayProcess, { used }: { readonly used: boolean }): Promise<Socket> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  if (used) socket.write('GET /healthz HTTP/1.1\r\nHost: voice.example.com\r\n\r\n');
  // Connections are accepted in their order, so after this answer the gateway knows both.
  await fetch(`${url}/healthz`).then((response) => response.text());
  if (used) await once(socket, 'data');
  return socket;
}

function closed(socket: Socket): Promise<unknown> {
  socket.on('error', () => undefined);
  return once(socket.resume(), 'close');
}

async function connectsTo({ url }: GatewayProcess): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  try {
    await once(socket, 'connect');
    return 'connected';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  }
}

describe('gateway, when it runs', { concurrency: 2 }, () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`lets a running call be answered at ${signal}, takes no new one, and ends with 0`, async (t) => {
      const agent = `held-${signal}`;
      const gateway = await open(t, [agent]);
      const warm = [await keepWarm(gateway, { used: true }), await keepWarm(gateway, { used: false })];
      const answer = offer(gateway, agent);
      await upstream.request(agent);
      gateway.kill(signal);
      await Promise.all(warm.map(closed));
      assert.equal(await connectsTo(gateway), 'ECONNREFUSED');
      upstream.release(agent);
      const response = await answer;
      assert.deepEqual([response.status, response.headers.get('connection')], [200, 'close']);
      assert.deepEqual(await gateway.ended, { code: 0, signal: null });
    });
  }

  it('ends at once when it is asked a second time, and lets the platform know', async (t) => {
    const gateway = await open(t, ['held-twice']);
    const warm = await keepWarm(gateway, { used: false });
    const answer = offer(gateway, 'held-twice').catch((error: unknown) => error);
    await upstream.request('held-twice');
    gateway.kill('SIGTERM');
    await closed(warm);
    gateway.kill('SIGTERM');
    assert.deepEqual(await gateway.ended, { code: null, signal: 'SIGTERM' });
    await upstream.gone('held-twice');
    assert.ok((await answer) instanceof Error);
  });

  it('cancels the exchange with the platform when the visitor goes away', async (t) => {
    const gateway = await open(t, ['hang-visitor']);
    const visitor = new AbortController();
    const answer = offer(gateway, 'hang-visitor', { signal: visitor.signal }).catch(() => 'gone');
    await upstream.request('hang-visitor');
    visitor.abort();
    assert.equal(await answer, 'gone');
    await upstream.gone('hang-visitor');
    await gateway.printed('"status":499');
  });

  it('keeps a connection warm for longer than the proxies in front', async (t) => {
    const gateway = await open(t, ['warm']);
    const agent = new Agent({ keepAlive: true });
    t.after(() => agent.destroy());
    const [response] = (await once(get(`${gateway.url}/healthz`, { agent }), 'response')) as [
      IncomingMessage,
    ];
    response.resume();
    assert.equal(response.headers['keep-alive'], 'timeout=75');
  });

  it('counts visitors by the address of their connection', async (t) => {
    const limits = { visitor: { requests: 2, seconds: 60 } };
    const gateway = await open(t, ['peer'], { settings: { limits } });
    const statuses: number[] = [];
    // Nobody said that a proxy is in front, so what it says of an address is not believed.
    for (const address of ['198.51.100.1', '198.51.100.2', '198.51.100.3'])
      statuses.push((await offer(gateway, 'peer', { headers: { 'x-forwarded-for': address } })).status);
    assert.deepEqual(statuses, [200, 200, 429]);
    assert.equal(gateway.output().split('A proxy is in front').length - 1, 1);
  });

  it('asks for page tokens where the file says so', async (t) => {
    const gateway = await open(t, ['tokens'], { settings: { pageTokens: true } });
    const token = await mintPageToken({ secret: CANARY_SECRET, agentId: 'tokens' });
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await offer(gateway, 'tokens')).status, 401);
    assert.equal((await offer(gateway, 'tokens', { headers })).status, 200);
    assert.equal((await offer(gateway, 'tokens', { headers })).status, 401);
  });

  it('serves an embed config from a file, anew when it changed, and the last good one when it broke', async (t) => {
    const agents = { reception: { id: 'embedded', embed: 'embed.json' } };
    const gateway = await open(t, agents, { files: { 'embed.json': '{"size":64}' } });
    const embed = async (): Promise<unknown> => {
      const response = await fetch(`${gateway.url}/agents/reception/embed`, { headers: { origin: ORIGIN } });
      return response.json();
    };
    const file = join(gateway.folder, 'embed.json');
    assert.deepEqual(await embed(), { size: 64 });
    await writeFile(file, '{"size":100}');
    assert.deepEqual(await embed(), { size: 100 });
    await writeFile(file, '{"size":100,');
    assert.deepEqual([await embed(), await embed()], [{ size: 100 }, { size: 100 }]);
    assert.equal(gateway.output().split('What it held before is still served').length - 1, 1);
    await writeFile(file, '{"size":32}');
    assert.deepEqual(await embed(), { size: 32 });
  });

  it('says what is allowed in its settings and seldom meant', async (t) => {
    const settings = {
      origins: ['http://shop.example', 'http://localhost:5173', 'https://www.example.com'],
      limits: { sessionsADay: false, visitor: false },
    };
    const gateway = await open(t, ['dangers'], { settings });
    const warnings = gateway
      .output()
      .split('\n')
      .filter((line) => line.includes('"warn"'))
      .map((line) => (JSON.parse(line) as { message: string }).message.replace(/ .*/, ''));
    assert.deepEqual(warnings, [
      'MILLIS_TOKEN_SECRET',
      'origins:',
      'limits.sessionsADay:',
      'limits.visitor:',
    ]);
    assert.ok(!gateway.output().includes('localhost'));
  });

  it('leaves no secret in a diagnostic report of the running process', async (t) => {
    const environment = {
      SHOWN: 'a variable like any other',
      REDIS_URL: 'redis://:redis-password-3f9a@127.0.0.1:1',
    };
    const nodeOptions = ['--report-on-signal', '--report-directory=FOLDER', '--report-filename=report.json'];
    const gateway = await open(t, ['report'], { environment, nodeOptions });
    await offer(gateway, 'report');
    gateway.kill('SIGUSR2');
    await gateway.printed('Node.js report completed');
    const report = await readFile(join(gateway.folder, 'report.json'), 'utf8');
    assert.ok(report.includes('a variable like any other'));
    assert.deepEqual(leaks(report), []);
    assert.ok(!(report + gateway.output()).includes('redis-password-3f9a'));
  });

  it('names an error that nobody foresaw in one line, without its words, and ends with 1', async (t) => {
    const fails = `process.once('SIGUSR2', () => { throw new RangeError('a visitor said: ${CANARY_KEY}\\nsecond line'); });`;
    const nodeOptions = [`--import=data:text/javascript,${encodeURIComponent(fails)}`];
    const gateway = await open(t, ['error'], { nodeOptions });
    const before = gateway.output().length;
    gateway.kill('SIGUSR2');
    assert.deepEqual(await gateway.ended, { code: 1, signal: null });
    assert.match(
      gateway.output().slice(before),
      /^Ended by an error that nobody foresaw: RangeError at \S+\.\n$/,
    );
  });
});
