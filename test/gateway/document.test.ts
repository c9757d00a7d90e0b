import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Gateway } from '../../src/gateway.js';
import { OptionsSchema } from '../../src/gateway/options-schema.js';
import { Refusal, type RefusalCode } from '../../src/gateway/refusal.js';
import { CANARY_KEY } from '../support/node/canary.js';
import { runCommand, serveCommand } from './conformance/process-subject.js';
import { openSites } from './conformance/site.js';
import { block, blocks, commands, documentText, writeRecipe } from './recipes.js';
import { codeOf, loadRecipe, offerRequest } from './recipe-modules.js';

const sites = await openSites();
after(() => sites.remove());
process.env['MILLIS_PRIVATE_KEY'] = CANARY_KEY;

describe('the document of the gateway', () => {
  it('has no block of code but those that a test runs', () => {
    const elsewhere = [
      'next/app/api/voice/[...path]/route.js',
      'next/run',
      'worker/worker.js',
      'worker/wrangler.json',
    ];
    const adapters = ['express', 'hono', 'deno', 'bun'].flatMap((name) => [
      `${name}/server.js`,
      `${name}/run`,
    ]);
    const here = ['cli/gateway.json', 'cli/run', 'cli/try', 'cli/page.html', 'voice.js', 'docker/Dockerfile'];
    const more = [
      'netlify/functions/voice.js',
      'lambda/index.js',
      'redis/voice.js',
      'worker-limits/voice.js',
      'worker-limits/wrangler.json',
      'tokens/server.js',
      'tokens/page.js',
    ];
    const titles = blocks.map(({ title }) => title).sort();
    assert.deepEqual(titles, [...elsewhere, ...adapters, ...here, ...more].sort());
  });

  it('goes from nothing to a gateway that answers, and refuses', async () => {
    const cwd = await sites.open('cli');
    await writeRecipe('cli', cwd, {});
    const surroundings = { cwd, path: sites.path };
    const [run = ''] = commands('cli/run');
    const program = await serveCommand((port) => `${run} --port ${port}`, surroundings);
    assert.match(program.output(), /^Listening on http:\/\/.*:\d+$/m);
    const said = [];
    for (const command of commands('cli/try')) {
      said.push(await runCommand(command.replace('8080', String(program.port)), surroundings));
    }
    assert.match(said[0] ?? '', /\{"status":"ok"\}/);
    assert.match(said[1] ?? '', /"origin-forbidden"/);
    await program.stop();
    await assert.rejects(
      runCommand(commands('cli/try')[0]?.replace('8080', String(program.port)) ?? '', surroundings),
    );
  });

  it('puts an agent of its file into the page', () => {
    const { agents } = JSON.parse(block('cli/gateway.json')) as { readonly agents: object };
    const [, agent = ''] = / agent-id="([^"]+)" server="https:/.exec(block('cli/page.html')) ?? [];
    assert.ok(agent in agents);
  });

  it('has a file of options that can be used as it is', async () => {
    const { gateway } = (await loadRecipe(sites, 'plain', 'voice.js', { 'voice.js': block('voice.js') })) as {
      gateway: Gateway;
    };
    assert.equal(await codeOf(await gateway(offerRequest('/api/voice/webrtc/offer'))), 'agent-not-found');
    assert.equal(await codeOf(await gateway(offerRequest('/webrtc/offer'))), 'not-found');
  });

  it('names every option, and no other', () => {
    assert.deepEqual(firstCells('## Options'), Object.keys(OptionsSchema.shape).sort());
  });

  it('names every limit, and no other', () => {
    const limits = OptionsSchema.shape.limits.unwrap();
    assert.deepEqual(firstCells('## Limits'), Object.keys(limits.shape).sort());
  });

  it('names the status of every code', () => {
    const rows = [...documentText.matchAll(/^\| (\d{3}) +\| `([a-z-]+)`/gm)];
    assert.ok(rows.length > 15);
    for (const [, status, code] of rows) {
      assert.equal(new Refusal(code as RefusalCode, '').status, Number(status), code);
    }
  });
});

/** What is in code in the first cells of the first table after a heading. */
function firstCells(heading: string): readonly string[] {
  const [, section = ''] = documentText.split(`${heading}\n`);
  const [table = ''] = /^\|[^]*?(?=\n\n)/m.exec(section) ?? [];
  return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name).sort();
}
