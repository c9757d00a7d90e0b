import { expect } from '@open-wc/testing';
import { hasConfigSource, loadConfig, type ConfigSource } from '../../src/call/load-config.js';
import { failure } from '../support/browser/calls.js';
import { NOT_FETCHED } from '../support/browser/engine.js';
import { holdConfig, noteRequests } from '../support/browser/requests.js';

const NOTHING = { settings: {}, problems: [] };
const THIS_SITE = location.origin;
/** The same server by another name, which is another origin. */
const ANOTHER_SITE = THIS_SITE.replace('localhost', '127.0.0.1');

function load(source: Partial<ConfigSource>, signal = new AbortController().signal) {
  return loadConfig({ agentId: 'agent-1', ...source }, signal);
}

/** A config as an address that answers with it. */
function addressOf(config: unknown): string {
  return `/odd-config/json-${encodeURIComponent(JSON.stringify(config))}`;
}

describe('loadConfig: what it asks', () => {
  it("asks the server for the agent's, with the headers of authorize() and without cookies", async () => {
    const requests = noteRequests();
    const asked: unknown[] = [];
    const { settings } = await load({
      agentId: 'agent/1 ü',
      server: `/server/json-${encodeURIComponent('{"size":96}')}/`,
      authorize: async (request) => {
        asked.push(await Promise.resolve(request));
        return { authorization: `Bearer ${request.agentId}`.replace('ü', 'u') };
      },
    });
    const url = `${THIS_SITE}/server/json-%7B%22size%22%3A96%7D/agents/agent%2F1%20%C3%BC/embed`;
    const [request] = requests.all;
    expect(requests.all).to.have.length(1);
    expect(request).to.include({ url, method: 'GET', credentials: 'omit', redirect: 'error' });
    expect(request?.headers.get('authorization')).to.equal('Bearer agent/1 u');
    expect(asked).to.deep.equal([{ url, agentId: 'agent/1 ü' }]);
    expect(settings).to.include({ size: 96 });
  });

  it('asks config-src before the server, and never shows it the headers for the server', async () => {
    const requests = noteRequests();
    let asked = 0;
    const { settings } = await load({
      configSrc: addressOf({ size: 48 }),
      server: '/server/status-500',
      authorize: () => ({ authorization: `Bearer ${(asked += 1)}` }),
    });
    const [request] = requests.all;
    expect(requests.all).to.have.length(1);
    expect(request?.headers.has('authorization')).to.equal(false);
    expect(request).to.have.property('credentials', 'omit');
    expect(asked, 'calls of authorize()').to.equal(0);
    expect(settings).to.include({ size: 48 });
  });

  it('follows config-src where it has moved to', async () => {
    expect(await load({ configSrc: '/odd-config/redirect' })).to.have.nested.property('settings.size', 96);
  });

  for (const [has, source] of [
    [false, {}],
    [false, { server: '/voice', agentId: '' }],
    [true, { server: '/voice' }],
    [true, { configSrc: '/a.json', agentId: '' }],
  ] as const) {
    it(`has ${has ? 'somebody' : 'nobody'} to ask with ${JSON.stringify(source)}`, () => {
      expect(hasConfigSource({ agentId: 'agent', ...source })).to.equal(has);
    });
  }
});

describe('loadConfig: what comes', () => {
  for (const source of [
    { configSrc: '/odd-config/status-404' },
    { server: '/server/status-404' },
    { server: '/server/status-401' },
    { server: '/server/status-405' },
  ]) {
    it(`is nothing from ${Object.values(source).join('')}`, async () => {
      expect(await load(source)).to.deep.equal(NOTHING);
    });
  }

  for (const [message, source] of [
    ['the server said 500', { configSrc: '/odd-config/status-500' }],
    ['the server said 401', { configSrc: '/odd-config/status-401' }],
    ['the server said 405', { configSrc: '/odd-config/status-405' }],
    ['the server said 403', { server: '/server/status-403' }],
    ['the server said 500', { server: '/server/status-500' }],
    ['longer than 65536 bytes', { configSrc: '/odd-config/bytes-65537' }],
    ['longer than 65536 bytes', { server: '/server/bytes-9000000' }],
    [NOT_FETCHED, { configSrc: '/odd-config/reset' }],
    [NOT_FETCHED, { configSrc: `${ANOTHER_SITE}/odd-config/bytes-2` }],
    [NOT_FETCHED, { server: '/server/redirect' }],
    ['no token', { server: '/server/bytes-2', authorize: () => Promise.reject(new Error('no token')) }],
    ['URL', { server: 'https://:80:80' }],
    ['URL', { configSrc: 'https://:80:80' }],
  ] as const) {
    const { configSrc, server } = source as Partial<ConfigSource>;
    it(`fails with "${message}" from ${configSrc ?? server ?? ''}`, async () => {
      expect(await failure(load(source)))
        .to.be.instanceOf(Error)
        .with.property('message')
        .that.includes(message);
    });
  }

  for (const [expected, behaviour] of [
    ['JSON', 'html'],
    ['JSON', 'broken'],
    ['an object', 'json-5'],
  ] as const) {
    it(`is no settings and one problem from ${behaviour}`, async () => {
      const { settings, problems } = await load({ configSrc: `/odd-config/${behaviour}` });
      expect(settings).to.deep.equal({});
      expect(problems).to.have.length(1);
      expect(problems[0]).to.include({ field: 'config', expected });
    });
  }

  it('is as long as 64 kB, and is read', async () => {
    expect((await load({ configSrc: '/odd-config/bytes-65536' })).problems).to.deep.equal([]);
  });

  it('is refused above for want of CORS headers: the other origin does answer', async () => {
    const response = await fetch(`${ANOTHER_SITE}/odd-config/bytes-2`, { mode: 'no-cors' });
    expect(response.type).to.equal('opaque');
  });
});

describe('loadConfig: how long', () => {
  it('gives up after three seconds, and does not leave the request', async () => {
    const requests = noteRequests();
    const startedAt = performance.now();
    const errors = await Promise.all([
      failure(load({ configSrc: '/odd-config/hang' })),
      failure(load({ server: '/server/endless' })),
      failure(load({ server: '/server/bytes-2', authorize: () => new Promise(() => undefined) })),
    ]);
    expect(performance.now() - startedAt).to.be.within(2900, 4500);
    expect(errors.map(String)).to.deep.equal(Array(3).fill('Error: no response within 3000 ms'));
    expect(requests.all.map(({ signal }) => signal.aborted)).to.deep.equal([true, true]);
  });

  it('stops with its signal, for its reason, and does not leave the request', async () => {
    const requests = noteRequests();
    const controller = new AbortController();
    const loading = failure(load({ configSrc: holdConfig().configSrc }, controller.signal));
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await loading).to.equal(reason);
    await requests.settled(1);
    expect(requests.all[0]?.signal.aborted).to.equal(true);
  });
});
