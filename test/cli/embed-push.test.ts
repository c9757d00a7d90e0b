import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Platform, startPlatform } from '../../demo/platform/platform.js';
import { type Folder, KEY, openFolder, run } from './program.js';
import { answering, startStub, type StubServer } from './stub-server.js';

/** Null, absent and unknown fields, and numbers, as somebody writes them. */
const TEXT = `{
  "titles": { "idle": "Sprich 💬", "connecting": "Wait", "running": "Stop", "ended": "Bye" },
  "icons": null,
  "buttonCss": "border-radius: 8px",
  "size": 8e1,
  "theme": { "name": "dark", "list": [1, null] }
}
`;

const folder: Folder = openFolder();
const file = folder.write('embed.json', TEXT);
let platform: Platform;
let stub: StubServer;
before(async () => {
  platform = await startPlatform({ key: KEY, speech: 'tone' });
  stub = await startStub(answering(200, { success: true }));
});
after(async () => {
  folder.remove();
  await Promise.all([platform.close(), stub.close()]);
});

async function stored(agentId: string): Promise<unknown> {
  const response = await fetch(`${platform.url}/agents/${agentId}/embed`);
  return response.json();
}

describe('embed push, to the local platform', () => {
  it('stores the file, and the platform serves it back exactly', async () => {
    const { code, out, err } = await run(['embed', 'push', 'parrot', file, '--server', platform.url], {
      key: KEY,
    });
    assert.deepEqual([code, out], [0, `Stored for agent parrot at ${platform.url}.\n`]);
    assert.match(err, /^embed\.json: theme: no field/);
    assert.deepEqual(await stored('parrot'), JSON.parse(TEXT));
  });

  it('stores what stdin has, in place of what was there', async () => {
    const options = { key: KEY, stdin: '{"size":100,"titles":null}' };
    const { code } = await run(['embed', 'push', 'parrot', '-', '--server', `${platform.url}/`], options);
    assert.equal(code, 0);
    assert.deepEqual(await stored('parrot'), { size: 100, titles: null });
  });

  it('refuses a file with problems before it sends anything', async () => {
    const options = { key: KEY, stdin: '{"size":100,"titles":{"idle":5}}' };
    const { code, out, err } = await run(
      ['embed', 'push', 'hangs-up', '-', '--server', platform.url],
      options,
    );
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /stdin: titles\.idle: expected a string, got 5\n/);
    assert.deepEqual(await stored('hangs-up'), { detail: 'No embed config.' });
  });

  it('says what to do about a wrong key', async () => {
    const { code, err } = await run(['embed', 'push', 'parrot', file, '--server', platform.url], {
      key: 'wrong',
    });
    assert.equal(code, 1);
    assert.match(
      err,
      /401: the key is not accepted\. .*try --auth bare\.\nThe platform said: Invalid or missing API key\.\n/,
    );
  });

  it('says what to do about an agent that does not exist', async () => {
    const { code, err } = await run(['embed', 'push', 'nobody', file, '--server', platform.url], {
      key: KEY,
    });
    assert.equal(code, 1);
    assert.match(err, /404: there is no agent nobody at http.*\nThe platform said: Agent not found\.\n/);
  });
});

describe('embed push', { concurrency: 2 }, () => {
  it('posts the file as it stands, with the key as a Bearer token', async () => {
    const { code } = await run(['embed', 'push', 'a b/c', file, '--server', `${stub.url}/base/`], {
      key: ` ${KEY}\n`,
    });
    assert.equal(code, 0);
    assert.deepEqual(
      stub.requests.filter(({ path }) => path?.startsWith('/base')),
      [
        {
          method: 'POST',
          path: '/base/agents/a%20b%2Fc/embed',
          authorization: `Bearer ${KEY}`,
          contentType: 'application/json',
          body: TEXT,
        },
      ],
    );
  });

  it('sends the key alone where that is asked for', async () => {
    const args = ['embed', 'push', 'barely', file, '--server', stub.url, '--auth', 'bare'];
    assert.equal((await run(args, { key: KEY })).code, 0);
    const sent = stub.requests.filter(({ path }) => path === '/agents/barely/embed');
    assert.deepEqual(
      sent.map(({ authorization }) => authorization),
      [KEY],
    );
  });

  it('takes an agent id that begins with a hyphen, as those of the platform do', async () => {
    const args = ['embed', 'push', '-OKdqbqetEcM4ak369ym', file, '--server', stub.url];
    const { code, out } = await run(args, { key: KEY });
    assert.deepEqual([code, out], [0, `Stored for agent -OKdqbqetEcM4ak369ym at ${stub.url}.\n`]);
    assert.ok(stub.requests.some(({ path }) => path === '/agents/-OKdqbqetEcM4ak369ym/embed'));
  });

  it('says in one line that the key is missing, and how to set it', async () => {
    for (const key of [undefined, '', '  ']) {
      const { code, out, err } = await run(
        ['embed', 'push', 'keyless', file, '--server', stub.url],
        key === undefined ? {} : { key },
      );
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /^The private key is missing\. .*MILLIS_PRIVATE_KEY=…[^\n]*\n$/);
    }
    assert.ok(!stub.requests.some(({ path }) => path?.includes('keyless')));
  });

  for (const key of ['Bearer abcdefgh', 'abcd\nefgh', 'schlüssel']) {
    it(`does not send, and does not show, what can be no key: ${JSON.stringify(key)}`, async () => {
      const { code, err } = await run(['embed', 'push', 'badly-keyed', file, '--server', stub.url], { key });
      assert.equal(code, 2);
      assert.match(err, /^MILLIS_PRIVATE_KEY holds spaces or letters that no key has/);
      assert.doesNotMatch(err, /abcd|efgh|schl/);
      assert.ok(!stub.requests.some(({ path }) => path?.includes('badly-keyed')));
    });
  }

  /** No test speaks to the real platform. */
  const preload =
    'globalThis.fetch = async (url) => (console.error(`POST ${url}`), Response.json({ success: true }));';
  const WEST = 'POST https://api-west.millis.ai/agents/a/embed';
  const EU = 'POST https://api-eu-west.millis.ai/agents/a/embed';
  for (const [what, stdin, options, url, note] of [
    ['us-west by default', '{}', [], WEST, false],
    ['the region of --region', '{}', ['--region', 'eu-west'], EU, false],
    ['the region that the file names, and says so', '{"region":"eu-west"}', [], EU, true],
    ['the region of --region, whatever the file names', '{"region":"eu"}', ['--region=us-west'], WEST, false],
    ['us-west where the region of the file is null', '{"region":null}', [], WEST, false],
  ] as const) {
    it(`stores in ${what}`, async () => {
      const { code, err } = await run(['embed', 'push', 'a', '-', ...options], { key: KEY, stdin, preload });
      assert.equal(code, 0);
      assert.ok(err.includes(url), err);
      assert.equal(err.includes('names the region eu-west'), note, err);
    });
  }
});
