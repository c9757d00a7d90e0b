import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KEY, type Outcome, run } from './program.js';
import { answering, type Behaviour, startStub } from './stub-server.js';

const ENDLESS = 'x'.repeat(16_384);

/** A clock that runs twenty times as fast for whoever waits for a signal. */
const FAST_CLOCK =
  'const wait = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = (ms) => wait(ms / 20);';

/** A push to a server that behaves in this way, and how often it was asked. */
async function push(
  behave: Behaviour,
  ...options: string[]
): Promise<Outcome & { readonly requests: number }> {
  return pushIn({}, behave, ...options);
}

async function pushIn(
  surroundings: { readonly preload?: string },
  behave: Behaviour,
  ...options: string[]
): Promise<Outcome & { readonly requests: number }> {
  const stub = await startStub(behave);
  try {
    const args = ['embed', 'push', 'agent-1', '-', '--server', stub.url, ...options];
    const outcome = await run(args, { key: KEY, stdin: '{"size":64}', ...surroundings });
    return { ...outcome, requests: stub.requests.length };
  } finally {
    await stub.close();
  }
}

/** One after the other, for as long as somebody reads. */
const endless: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const write = (): void => {
    while (!response.destroyed && response.write(ENDLESS));
  };
  response.on('drain', write);
  write();
};

describe('embed push, when it is refused', { concurrency: 4, timeout: 60_000 }, () => {
  for (const [what, behave] of [
    ['never answers', () => undefined],
    ['begins an answer and never ends it', (response) => response.writeHead(200).write('{"success"')],
  ] as const satisfies readonly (readonly [string, Behaviour])[]) {
    it(`gives a server up that ${what}`, { timeout: 25_000 }, async () => {
      const { code, out, err } = await pushIn({ preload: FAST_CLOCK }, behave);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /^http:\/\/127\.0\.0\.1:\d+: no answer within 10 s\.\n$/);
    });
  }

  for (const [what, behave, says] of [
    [
      'a 401',
      answering(401, { detail: 'No key.' }),
      /^401: .*MILLIS_PRIVATE_KEY.*--auth bare\.\nThe platform said: No key\.\n$/,
    ],
    [
      'a 403',
      answering(403, { detail: 'Not yours.' }),
      /^403: .*may not change agent agent-1\. .*account.*\nThe platform said: Not yours\.\n$/,
    ],
    [
      'a 404',
      answering(404, { detail: 'Not Found' }),
      /^404: there is no agent agent-1 at http.*gateway.*\nThe platform said: Not Found\n$/,
    ],
    ['a 405', answering(405, {}), /^405: .*does not store configs.*\nIt gave no reason\.\n$/],
    ['a 413', answering(413, { detail: 'Too large.' }), /^413: the config is too large/],
    ['a 429', answering(429, {}), /^429: too many requests/],
    [
      'a 503 with HTML',
      answering(503, '<h1>Down</h1>'),
      /^503: the server has a problem\. .*\nIt gave no reason\.\n$/,
    ],
    [
      'a 418',
      answering(418, { detail: 'teapot' }),
      /^418: the server refused\.\nThe platform said: teapot\n$/,
    ],
    [
      'a page of HTML with a 200',
      answering(200, '<!doctype html>'),
      /^The server answered with something that is not JSON/,
    ],
    ['a success that is none', answering(200, { success: false }), /did not store it/],
    ['an answer without end', endless, /^The server answered with something that is not JSON/],
    ['a connection that breaks', (response) => response.destroy(), /cannot be reached \(.+\)\.\n$/],
  ] as const satisfies readonly (readonly [string, Behaviour, RegExp])[]) {
    it(`says what ${what} means`, async () => {
      const { code, out, err } = await push(behave);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, says);
    });
  }

  it('names each field that the platform refuses', async () => {
    const detail = [
      { loc: ['body', 'titles', 'idle'], msg: 'Field required', type: 'missing' },
      { loc: ['body', 'icons', 0], msg: 'Input should be a string' },
      { loc: ['body'], msg: 'No dark themes' },
      'nonsense',
    ];
    const { code, err } = await push(answering(422, { detail }));
    assert.equal(code, 1);
    assert.deepEqual(err.split('\n').slice(1), [
      'titles.idle: Field required',
      'icons.0: Input should be a string',
      'config: No dark themes',
      'config: refused',
      '',
    ]);
  });

  it('asks for the other kind of header when a bare key is not accepted', async () => {
    const { err } = await push(answering(401, {}), '--auth', 'bare');
    assert.match(err, /try without --auth bare/);
  });

  it('does not follow a redirect, and says where it points to', async () => {
    const { code, err, requests } = await push((response) =>
      response.writeHead(307, { location: 'https://elsewhere.example/agents' }).end(),
    );
    assert.equal(code, 1);
    assert.match(
      err,
      /^The server sends on to https:\/\/elsewhere\.example\/agents, and the key does not go there/,
    );
    assert.equal(requests, 1);
  });

  it('says which server cannot be reached', async () => {
    const stub = await startStub(() => undefined);
    await stub.close();
    const args = ['embed', 'push', 'a', '-', '--server', stub.url];
    const { code, err } = await run(args, { key: KEY, stdin: '{}' });
    assert.equal(code, 1);
    assert.match(err, /^http:\/\/127\.0\.0\.1:\d+: it cannot be reached \(.*ECONNREFUSED.*\)\.\n$/);
  });

  it('writes one line for what a server says, however it is written', async () => {
    const { err } = await push(answering(400, { detail: `one\r\ntwo\u001B[2J${'z'.repeat(5_000)}` }));
    assert.match(err, /^400: the server refused\.\nThe platform said: one two \[2Jz{100,600}…\n$/);
  });

  for (const [what, echo] of [
    ['an error', (key) => answering(500, { detail: `bad key ${key}` })],
    ['an error, in the middle of a long text', (key) => answering(500, { detail: 'y'.repeat(570) + key })],
    ['a field error', (key) => answering(422, { detail: [{ loc: ['header', key], msg: `got ${key}` }] })],
    ['a redirect', (key) => (response) => response.writeHead(302, { location: `/login?key=${key}` }).end()],
    [
      'a redirect, in the way of URLs',
      (key) => (response) =>
        response.writeHead(302, { location: `/login?key=${encodeURIComponent(key)}` }).end(),
    ],
  ] as const satisfies readonly (readonly [string, (key: string) => Behaviour])[]) {
    it(`does not show the key that a server sends back in ${what}`, async () => {
      const { code, out, err } = await push((response, request) => {
        echo(request.authorization?.replace('Bearer ', '') ?? '')(response, request);
      });
      assert.equal(code, 1);
      assert.match(err, /\*\*\*/);
      // No half of it either.
      for (const part of [KEY.slice(0, 12), KEY.slice(-12)]) assert.ok(!(out + err).includes(part), err);
    });
  }
});
