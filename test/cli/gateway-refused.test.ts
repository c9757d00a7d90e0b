import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { assertNoLeak, CANARY_KEY, CANARY_SECRET } from '../support/node/canary.js';
import { type Folder, openFolder, run } from './program.js';

const GOOD = { origins: ['https://www.example.com'], agents: ['reception'], host: '127.0.0.1', port: 0 };

const folder: Folder = openFolder();
after(() => folder.remove());
let files = 0;

/** What a gateway with such a file says before it gives up, a line each. */
async function refuse(
  content: unknown,
  environment: Readonly<Record<string, string>> = { MILLIS_PRIVATE_KEY: CANARY_KEY },
  ...args: string[]
): Promise<readonly string[]> {
  files += 1;
  const name = `gateway-${files}.json`;
  const path = folder.write(name, typeof content === 'string' ? content : JSON.stringify(content));
  const { code, out, err } = await run(['gateway', '--config', path, ...args], { environment });
  assertNoLeak(out + err, 'the refusal');
  assert.equal(code, 2, err);
  return err.replaceAll(name, 'FILE').replaceAll(folder.path, 'FOLDER').trimEnd().split('\n');
}

describe('gateway, when it does not start', { concurrency: 2 }, () => {
  it('lists all that is wrong, a line each', async () => {
    const config = {
      orgins: ['https://www.example.com'],
      agents: { reception: { regoin: 'eu-west', embed: 'nowhere.json' } },
      port: 80_000,
      pageTokens: 'yes',
      limits: { visitor: 5 },
    };
    const lines = await refuse(config, { REDIS_URL: 'http://redis.example' });
    assert.deepEqual(
      lines.map((line) => line.replace(/ (expected|there is no such option|\S*no such file).*/, ' …')).sort(),
      [
        'FILE: agents.reception.embed: FOLDER/nowhere.json: there is …',
        'FILE: agents.reception.regoin: …',
        'FILE: limits.visitor: …',
        'FILE: orgins: …',
        'FILE: origins: …',
        'FILE: pageTokens: …',
        'FILE: port: …',
        'MILLIS_PRIVATE_KEY: …',
        'REDIS_URL: …',
      ],
    );
  });

  for (const [what, content, says] of [
    ['an empty file', '', 'FILE: expected JSON; line 1 is none'],
    ['a comma too much', '{\n"origins": [],\n}', 'FILE: expected JSON; line 3 is none'],
    ['a list', '[]', 'FILE: expected an object in braces'],
    ['nothing but null', 'null', 'FILE: expected an object in braces'],
    ['a key in broken JSON', `{ "privateKey": ${CANARY_KEY} }`, 'FILE: expected JSON; line 1 is none'],
    [
      'a key in the file',
      { ...GOOD, privateKey: CANARY_KEY },
      'FILE: privateKey: the key does not belong in a file. Take it out, and set MILLIS_PRIVATE_KEY',
    ],
    [
      'a store in the file',
      { ...GOOD, store: 'redis' },
      'FILE: store: limits are shared by setting REDIS_URL',
    ],
    ['no host', { ...GOOD, host: '' }, 'FILE: host: expected an address, such as 127.0.0.1'],
    ['a port in words', { ...GOOD, port: '80' }, 'FILE: port: expected a whole number from 0 to 65535'],
    [
      'an embed config with problems',
      { ...GOOD, agents: { reception: { embed: 'bad-embed.json' } } },
      'FILE: agents.reception.embed: bad-embed.json: size: expected a whole number from 24 to 512, got 5',
    ],
  ] as const) {
    it(`says what is wrong with ${what}`, async () => {
      folder.write('bad-embed.json', '{"size":5}');
      assert.deepEqual(await refuse(content), [says]);
    });
  }

  for (const [what, environment, says] of [
    ['no key', {}, /^MILLIS_PRIVATE_KEY: expected .*, got nothing$/],
    ['a key of two words', { MILLIS_PRIVATE_KEY: 'two words' }, /^MILLIS_PRIVATE_KEY: .*got spaces/],
    [
      'no Redis URL',
      { MILLIS_PRIVATE_KEY: CANARY_KEY, REDIS_URL: 'redis' },
      /^REDIS_URL: expected a URL like redis:/,
    ],
    [
      'a Redis password that was not escaped',
      { MILLIS_PRIVATE_KEY: CANARY_KEY, REDIS_URL: 'redis://:a%b@127.0.0.1' },
      /^REDIS_URL: expected a URL like/,
    ],
  ] as const) {
    it(`says what is wrong with ${what}`, async () => {
      const [line = '', ...more] = await refuse(GOOD, environment);
      assert.match(line, says);
      assert.deepEqual(more, []);
      assert.ok(!line.includes('a%b'));
    });
  }

  for (const [what, secret, says] of [
    ['no', undefined, /^MILLIS_TOKEN_SECRET: expected at least 32 characters .*, got nothing$/],
    ['a short', CANARY_SECRET.slice(0, 31), /^MILLIS_TOKEN_SECRET: expected at least 32 .*, got 31$/],
  ] as const) {
    it(`takes ${what} secret for no secret, where page tokens are wanted`, async () => {
      const environment = {
        MILLIS_PRIVATE_KEY: CANARY_KEY,
        ...(secret === undefined ? {} : { MILLIS_TOKEN_SECRET: secret }),
      };
      const [line = '', ...more] = await refuse({ ...GOOD, pageTokens: true }, environment);
      assert.match(line, says);
      assert.deepEqual(more, []);
    });
  }

  it('says in one line that the port is taken', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    assert.deepEqual(await refuse(GOOD, undefined, '--port', String(port)), [
      `127.0.0.1, port ${port}: something listens there already. --port takes another.`,
    ]);
  });

  it('says in one line that there is no such host', async () => {
    const [line, ...more] = await refuse(GOOD, undefined, '--host', '256.0.0.1');
    assert.match(line ?? '', /^256\.0\.0\.1, port 0: .*\.$/);
    assert.deepEqual(more, []);
  });

  it('names the option that is wrong, not the file', async () => {
    assert.deepEqual(await refuse(GOOD, undefined, '--port', '70000'), [
      '--port: expected a whole number from 0 to 65535',
    ]);
  });

  for (const [args, says] of [
    [[], /wants --config and a file/],
    [['--config'], /'--config <value>' argument missing/],
    [['--config', 'a.json', 'b.json'], /wants --config and a file/],
    [['--config', 'a.json', '--port', 'http'], /--port wants a number/],
    [['--config', 'a.json', '--host', ''], /--host wants an address/],
    [['--config', 'a.json', '--key', 'x'], /Unknown option '--key'/],
  ] as const) {
    it(`explains the usage for: gateway ${args.join(' ')}`, async () => {
      const { code, out, err } = await run(['gateway', ...args]);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, says);
      assert.match(err, /^[^\n]*--help says more\.\n$/);
    });
  }

  it('says that a file is not there, and what else is missing', async () => {
    const { code, err } = await run(['gateway', '--config', 'no-such-file.json']);
    assert.equal(code, 2);
    assert.match(err, /^no-such-file\.json: there is no such file\nMILLIS_PRIVATE_KEY: .*\n$/);
  });

  it('helps with an example that can be used as it stands', async () => {
    const { code, out } = await run(['gateway', '--help']);
    assert.equal(code, 0);
    for (const word of [
      '--config',
      '--port',
      '--host',
      'MILLIS_PRIVATE_KEY',
      'MILLIS_TOKEN_SECRET',
      'REDIS_URL',
    ]) {
      assert.ok(out.includes(word), word);
    }
    const [example = ''] = /^ {2}\{[^]*?^ {2}\}$/m.exec(out) ?? [];
    folder.write('embed.json', '{"size":64}');
    // Nothing else keeps it from starting.
    assert.deepEqual(await refuse(example, {}), [
      "MILLIS_PRIVATE_KEY: expected the platform's private key, got nothing",
    ]);
  });
});
