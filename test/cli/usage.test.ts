import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { BIN, KEY, run } from './program.js';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

describe('the program', { concurrency: 2 }, () => {
  it('says its version', async () => {
    assert.deepEqual(await run(['--version']), { code: 0, out: `${manifest.version}\n`, err: '' });
  });

  it('begins with the line that lets it be started by its name', () => {
    assert.match(readFileSync(BIN, 'utf8'), /^#!\/usr\/bin\/env node\n/);
  });

  for (const [args, words] of [
    [['--help'], ['embed', '--version']],
    [['-h'], ['embed']],
    [
      ['embed', '--help'],
      ['check', 'push'],
    ],
    [
      ['embed', 'check', '--help'],
      ['FILE', 'playground', 'stdin'],
    ],
    [
      ['embed', 'push', '--help'],
      ['AGENT_ID', '--region', '--server', '--auth', 'MILLIS_PRIVATE_KEY', 'playground'],
    ],
    [['embed', 'push', 'a', 'b', 'c', '-h'], ['AGENT_ID']],
  ] as const) {
    it(`helps with ${args.join(' ')}`, async () => {
      const { code, out, err } = await run(args);
      assert.deepEqual([code, err], [0, '']);
      for (const word of words) assert.ok(out.includes(word), word);
    });
  }

  for (const [args, says] of [
    [[], /wants one of: embed/],
    [['embde'], /knows no "embde", but: embed/],
    [['constructor'], /knows no "constructor"/],
    [['embed'], /wants one of: check, push/],
    [['embed', 'pull'], /knows no "pull", but: check, push/],
    [['embed', 'check'], /wants one file/],
    [['embed', 'check', 'a.json', 'b.json'], /wants one file/],
    [['embed', 'check', '--strict', 'a.json'], /Unknown option '--strict'/],
    [['embed', 'check', 'no-such-file.json'], /no-such-file\.json: there is no such file/],
    [['embed', 'check', '.'], /EISDIR/],
    [['embed', 'push'], /wants an agent id and a file/],
    [['embed', 'push', 'agent'], /wants an agent id and a file/],
    [['embed', 'push', 'agent', 'a.json', 'b.json'], /wants an agent id and a file/],
    [['embed', 'push', '..', 'a.json'], /"\.\." is no agent id/],
    [['embed', 'push', '', 'a.json'], /"" is no agent id/],
    [['embed', 'push', 'agent', 'a.json', '--region'], /'--region <value>' argument missing/],
    [['embed', 'push', 'agent', 'a.json', '--region', 'mars'], /us-west or eu-west, not "mars"/],
    [['embed', 'push', 'agent', 'a.json', '--region', ''], /us-west or eu-west/],
    [['embed', 'push', 'agent', 'a.json', '--auth', 'basic'], /--auth wants bearer or bare/],
    [
      ['embed', 'push', 'agent', 'a.json', '--region=eu', '--server=https://x.example'],
      /Either --server or --region/,
    ],
    [['embed', 'push', 'agent', 'a.json', '--server', 'voice.example'], /URL that begins with https/],
    [['embed', 'push', 'agent', 'a.json', '--server', 'file:///etc'], /URL that begins with https/],
    [['embed', 'push', 'agent', 'a.json', '--server', 'http://voice.example'], /in the clear/],
    [['embed', 'push', 'agent', 'a.json', '--server', 'http://127.0.0.1.voice.example'], /in the clear/],
    [['embed', 'push', 'agent', 'a.json', '--server', 'http://localhost.voice.example'], /in the clear/],
    [['embed', 'push', 'agent', 'a.json', '--server', 'https://me:pw@voice.example'], /without a user name/],
    [
      ['embed', 'push', 'agent', 'no-such-file.json', '--region', 'eu-west'],
      /no-such-file\.json: there is no such file/,
    ],
  ] as const) {
    it(`says in one line what is wrong with: ${args.join(' ')}`, async () => {
      const { code, out, err } = await run(args, { key: KEY });
      assert.equal(code, 2, err);
      assert.equal(out, '');
      assert.match(err, says);
      assert.match(err, /^[^\n]*--help says more\.\n$/);
    });
  }
});
