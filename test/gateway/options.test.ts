import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { createGateway, type GatewayOptions, GatewayOptionsError, PrivateKey } from '../../src/gateway.js';
import { CANARY_KEY, leaks } from '../support/node/canary.js';

function good(more: object = {}): GatewayOptions {
  return {
    privateKey: CANARY_KEY,
    origins: ['https://www.example.com'],
    agents: { reception: { id: '-real' } },
    log: () => undefined,
    ...more,
  };
}

/** What is wrong with the options, a line each. */
function problemsOf(options: unknown): readonly string[] {
  try {
    createGateway(options as GatewayOptions);
    return [];
  } catch (error) {
    assert.ok(error instanceof GatewayOptionsError, String(error));
    return error.problems;
  }
}

describe('the options of a gateway', () => {
  it('are good as the documentation shows them', () => {
    assert.deepEqual(problemsOf(good()), []);
    assert.deepEqual(problemsOf(good({ agents: ['-one', '-two'] })), []);
    assert.deepEqual(
      problemsOf(
        good({
          origins: ['https://www.example.com', 'http://localhost:5173', 'https://[2001:db8::1]:8443'],
          basePath: '/api/voice',
          authorization: 'bare',
          trustedHops: 2,
          limits: { visitor: false, origin: { requests: 5, seconds: 1 }, agent: { limit: () => undefined } },
          platform: { 'eu-west': 'http://127.0.0.1:8787/' },
        }),
      ),
      [],
    );
  });

  const bad: readonly (readonly [what: string, more: object, problem: RegExp])[] = [
    ['no key', { privateKey: undefined }, /^privateKey: expected the platform's private key/],
    ['an empty key', { privateKey: '' }, /^privateKey: expected the platform's private key/],
    ['a key that no header can have', { privateKey: 'two words' }, /^privateKey: expected/],
    ['no origin', { origins: [] }, /^origins: expected at least one origin/],
    ['every origin', { origins: ['*'] }, /^origins\[0\]: expected an origin such as/],
    ['the origin of a sandbox', { origins: ['null'] }, /^origins\[0\]: expected an origin such as/],
    [
      'an origin with a slash',
      { origins: ['https://a.example/'] },
      /^origins\[0\]: .* https:\/\/a\.example$/,
    ],
    ['an origin with its usual port', { origins: ['https://a.example:443'] }, /: https:\/\/a\.example$/],
    [
      'an origin as people write it',
      { origins: ['https://Bücher.example'] },
      /: https:\/\/xn--bcher-kva\.example$/,
    ],
    ['a file', { origins: ['file:///home'] }, /^origins\[0\]: expected an origin/],
    ['no agent', { agents: {} }, /^agents: expected at least one agent/],
    [
      'an unknown region',
      { agents: { a: { region: 'mars' } } },
      /^agents\.a\.region: expected us-west or eu-west/,
    ],
    [
      'a wrong embed config',
      { agents: { a: { embed: { size: 'big' } } } },
      /^agents\.a\.embed: size: expected a number/,
    ],
    ['an unknown option', { origin: [] }, /^origin: there is no such option$/],
    ['a base path without a slash', { basePath: 'api' }, /^basePath: expected a path/],
    ['another scheme', { authorization: 'basic' }, /^authorization: .*"bearer"\|"bare"/],
    ['too many hops', { trustedHops: 11 }, /^trustedHops: /],
    ['hops and a header', { trustedHops: 1, addressHeader: 'x-real-ip' }, /^trustedHops: expected either/],
    [
      'a limit of nothing',
      { limits: { visitor: { requests: 0, seconds: 1 } } },
      /^limits\.visitor\.requests: /,
    ],
    [
      'a limit that is a number',
      { limits: { agent: 5 } },
      /^limits\.agent: expected \{ requests, seconds \}/,
    ],
    ['a platform in the clear', { platform: 'http://api.example' }, /^platform: /],
    ['a platform with a password', { platform: 'https://a:b@api.example' }, /^platform: /],
    ['a time-out of an hour', { upstreamTimeoutMs: 3_600_000 }, /^upstreamTimeoutMs: /],
    ['a log that is no function', { log: 'file.log' }, /^log: expected a function/],
  ];
  for (const [what, more, problem] of bad) {
    it(`are refused with ${what}`, () => {
      const problems = problemsOf(good(more));
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems.join(), problem);
    });
  }

  it('are refused with all that is wrong at once', () => {
    const problems = problemsOf({
      origins: ['*'],
      agents: { a: { region: 'x' }, b: { id: 5 } },
      basePath: 'x',
    });
    const fields = problems.map((problem) => problem.split(':')[0]);
    assert.deepEqual(fields.sort(), [
      'agents.a.region',
      'agents.b.id',
      'basePath',
      'origins[0]',
      'privateKey',
    ]);
  });

  for (const nothing of [undefined, null, 5, 'text', []]) {
    it(`are refused when they are ${JSON.stringify(nothing)}`, () => {
      assert.ok(problemsOf(nothing).length > 0);
    });
  }

  it('never quote the key in a problem', () => {
    const problems = problemsOf(
      good({
        agents: { a: { embed: { size: CANARY_KEY } } },
        authorization: CANARY_KEY,
        origins: [CANARY_KEY],
      }),
    );
    assert.equal(problems.length, 3);
    assert.deepEqual(leaks(problems.join('\n')), []);
  });
});

describe('the private key', () => {
  it('is not shown by the options, the key or the gateway, however they are printed', () => {
    const options = good();
    const gateway = createGateway(options);
    const key = new PrivateKey(CANARY_KEY);
    const failure = new Error('x', { cause: key });
    for (const each of [options, { ...options }, gateway, key, { key }, [key], failure]) {
      const printed = [JSON.stringify(each), inspect(each, { depth: 9, showHidden: true })];
      assert.deepEqual(leaks(printed.join('\n')), []);
    }
    assert.match(JSON.stringify(options), /"privateKey":"\[private key\]"/);
    assert.equal(key.toString(), '[private key]');
  });

  it('is taken from options that were used before, and from frozen ones', () => {
    const options = good();
    createGateway(options);
    assert.deepEqual(problemsOf({ ...options }), []);
    assert.deepEqual(problemsOf(Object.freeze(good())), []);
  });

  it('cannot be made of what no header can hold, and the error does not say it', () => {
    assert.throws(
      () => new PrivateKey(`${CANARY_KEY}\n`),
      (error: Error) => leaks(error.message).length === 0,
    );
  });
});
