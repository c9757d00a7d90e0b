import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import vm from 'node:vm';
import { createGateway, type Gateway, pageTokens } from '../../src/gateway.js';
import { CANARY_KEY, CANARY_SECRET } from '../support/node/canary.js';
import { startUpstream } from '../support/node/upstream.js';
import { offerBody } from './conformance/offers.js';
import { freePort, runCommand, serveCommand } from './conformance/process-subject.js';
import { sendRaw } from './conformance/raw-http.js';
import { ORIGIN } from './conformance/settings.js';
import { openSites } from './conformance/site.js';
import { voiceFile } from './conformance/voice-file.js';
import { openWorker } from './conformance/worker.js';
import { block, writeRecipe } from './recipes.js';
import { codeOf, loadRecipe, offerRequest } from './recipe-modules.js';

const NOBODY = 65_534;
const sites = await openSites();
const upstream = await startUpstream();
after(async () => {
  await upstream.close();
  await sites.remove();
});
process.env['MILLIS_PRIVATE_KEY'] = CANARY_KEY;
process.env['MILLIS_TOKEN_SECRET'] = CANARY_SECRET;

describe('the recipes that are no server of their own', () => {
  it('has a Dockerfile whose steps lead to a gateway that is well, and ends when asked', async () => {
    const steps = block('docker/Dockerfile').trim().split('\n');
    const step = (name: string): string =>
      steps.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? assert.fail(`no ${name}`);
    assert.deepEqual(
      steps.map((line) => line.split(' ')[0]),
      ['FROM', 'WORKDIR', 'COPY', 'RUN', 'USER', 'EXPOSE', 'HEALTHCHECK', 'CMD'],
    );
    assert.match(step('FROM'), /^node:(2[2-9])-slim$/);
    // Without a network the packages are there already.
    assert.equal(step('RUN'), 'npm install --omit=dev');
    assert.equal(step('COPY'), 'package.json gateway.json ./');
    const cwd = await sites.open('docker');
    await chmod(join(cwd, '..'), 0o755);
    await writeFile(join(cwd, 'package.json'), '{ "dependencies": { "millis-voice-agent": "*" } }');
    const port = await freePort();
    await writeFile(
      join(cwd, 'gateway.json'),
      JSON.stringify({ ...JSON.parse(block('cli/gateway.json')), port }),
    );
    assert.equal(step('USER'), 'node');
    const surroundings = { cwd, path: sites.path, port, ...(process.getuid?.() === 0 && { uid: NOBODY }) };
    const exec = (text: string): string =>
      (JSON.parse(text) as readonly string[])
        .map((word) => `"${word.replace('8080', String(port)).replace('node_modules', '../node_modules')}"`)
        .join(' ');
    const program = await serveCommand(exec(step('CMD')), surroundings);
    const health = exec(step('HEALTHCHECK').replace(/^CMD /, ''));
    await runCommand(health, surroundings);
    const askedAt = performance.now();
    assert.equal(await program.stop(), 0);
    assert.ok(performance.now() - askedAt < 2_000);
    await assert.rejects(runCommand(health, surroundings), /ended with 1/);
  });

  it('has a recipe for Netlify that hands the address on', async () => {
    const { default: answer, config } = (await loadRecipe(sites, 'netlify', 'functions/voice.js', {
      'voice.js': voiceFile(upstream.url),
    })) as { default: (request: Request, context: object) => Promise<Response>; config: { path: string } };
    assert.equal(config.path, '/api/voice/*');
    const ask = async (ip: string) =>
      (await answer(offerRequest('/api/voice/peer/webrtc/offer'), { ip })).status;
    assert.deepEqual(
      [await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.2')],
      [200, 200, 429, 200],
    );
  });

  it('has a recipe for AWS Lambda that hands the address on', async () => {
    const { handler } = (await loadRecipe(sites, 'lambda', 'index.js', {
      'voice.js': voiceFile(upstream.url),
    })) as {
      handler: (event: object) => Promise<{ readonly statusCode: number }>;
    };
    const path = '/api/voice/peer/webrtc/offer';
    const ask = async (sourceIp: string): Promise<number> => {
      const { statusCode } = await handler({
        version: '2.0',
        rawPath: path,
        rawQueryString: '',
        headers: { host: 'x.lambda-url.on.aws', origin: ORIGIN, 'content-type': 'application/json' },
        requestContext: { domainName: 'x.lambda-url.on.aws', http: { method: 'POST', path, sourceIp } },
        body: offerBody('good'),
        isBase64Encoded: false,
      });
      return statusCode;
    };
    assert.deepEqual(
      [await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.1'), await ask('192.0.2.2')],
      [200, 200, 429, 200],
    );
  });

  it('has options for several machines that answer also while Redis is away', async () => {
    process.env['REDIS_URL'] = `redis://127.0.0.1:${await freePort()}`;
    const { gateway, store } = (await loadRecipe(sites, 'redis', 'voice.js')) as {
      gateway: Gateway;
      store: { close(): Promise<void> };
    };
    assert.equal(await codeOf(await gateway(offerRequest('/webrtc/offer'))), 'agent-not-found');
    await store.close();
  });

  it('makes page tokens that the page shows, and that open a call', async () => {
    const { answerToken } = (await loadRecipe(sites, 'tokens', 'server.js')) as {
      answerToken: () => Promise<Response>;
    };
    const widget: { authorize?: () => Promise<Record<string, string>> } = {};
    vm.runInNewContext(block('tokens/page.js'), {
      document: { querySelector: () => widget },
      fetch: answerToken,
    });
    const headers = (await widget.authorize?.()) ?? {};
    const gateway = createGateway({
      privateKey: CANARY_KEY,
      origins: [ORIGIN],
      agents: { receptionist: {} },
      platform: upstream.url,
      authorize: pageTokens({ secret: CANARY_SECRET }),
      log: () => undefined,
    });
    const ask = async (shown: Readonly<Record<string, string>>): Promise<number> => {
      const { url, headers: own } = offerRequest('/webrtc/offer', shown);
      const body = offerBody('receptionist');
      return (await gateway(new Request(url, { method: 'POST', headers: own, body }))).status;
    };
    assert.deepEqual([await ask({}), await ask({ ...headers }), await ask({ ...headers })], [401, 200, 401]);
  });

  it('have limits of a Worker that the platform counts', async () => {
    const folder = await sites.open('worker-limits');
    await writeRecipe('worker-limits', folder, { 'worker.js': block('worker/worker.js') });
    const worker = await openWorker(folder, block('worker-limits/wrangler.json'));
    const ask = async (address: string): Promise<number> => {
      const headers = { origin: ORIGIN, 'content-type': 'application/json', 'cf-connecting-ip': address };
      const path = '/api/voice/webrtc/offer';
      return (await sendRaw(worker.port, { method: 'POST', path, headers, body: offerBody('nobody') }))
        .status;
    };
    const said: number[] = [];
    // A window is a minute of the clock, so these may be in two of them.
    for (let times = 0; times < 21; times += 1) said.push(await ask('192.0.2.1'));
    assert.deepEqual(said.slice(0, 10), Array<number>(10).fill(404));
    assert.ok(said.includes(429), said.join(' '));
    assert.equal(await ask('192.0.2.2'), 404);
    await worker.close();
  });
});
