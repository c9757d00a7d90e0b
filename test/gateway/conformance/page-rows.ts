import assert from 'node:assert/strict';
import { EMBED, ORIGIN } from './settings.js';
import { expectAnswer, isOwn, type Answer, type Talk } from './talk.js';

const FORBIDDEN = { status: 403, code: 'origin-forbidden' };
const NO_AGENT = { status: 404, code: 'agent-not-found' };

/** What a page's browser asks beside the offer: preflights, the embed config; and what a load balancer asks. */
export function pageRows(talk: Talk): void {
  preflightRows(talk);
  embedRows(talk);
  healthRows(talk);
}

function preflightRows(talk: Talk): void {
  const ask = (path: string, method: string, origin: string | undefined, asked: string) =>
    talk.send({
      method: 'OPTIONS',
      path,
      headers: {
        ...(origin !== undefined && { origin }),
        'access-control-request-method': method,
        'access-control-request-headers': asked,
      },
    });

  for (const [path, method] of [
    ['/webrtc/offer', 'POST'],
    ['/agents/good/embed', 'GET'],
  ] as const) {
    talk.it(`a preflight of ${path} is answered exactly`, async () => {
      const answer = await ask(path, method, ORIGIN, 'content-type, x-evil');
      expectAnswer(answer, { status: 204 });
      assert.equal(answer.text, '');
      const headers = Object.fromEntries(
        [...answer.headers].filter(([name]) => name.startsWith('access-control-')),
      );
      const { 'access-control-allow-methods': methods = '', ...rest } = headers;
      assert.ok(methods.split(', ').includes(method), methods);
      assert.doesNotMatch(methods, /\*|PUT|DELETE|PATCH/);
      assert.deepEqual(rest, {
        'access-control-allow-origin': ORIGIN,
        'access-control-expose-headers': 'Retry-After, X-Request-Id',
        'access-control-allow-headers': 'authorization, content-type, x-page-id',
        'access-control-max-age': '7200',
      });
    });

    for (const origin of ['https://evil.example', 'null', 'https://www.example.com.evil.example', '']) {
      talk.it(`a preflight of ${path} from ${JSON.stringify(origin)} gets no header of CORS`, async () => {
        const answer = await ask(path, method, origin, 'content-type');
        expectAnswer(answer, FORBIDDEN);
        assert.deepEqual(
          [...answer.headers.keys()].filter((name) => name.startsWith('access-control-')),
          [],
        );
      });
    }
  }

  talk.it('a preflight reflects nothing, and lets no page into a private network', async () => {
    const answer = await talk.send({
      method: 'OPTIONS',
      path: '/webrtc/offer',
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'X-EVIL',
        'access-control-request-headers': 'x-evil, x-page-id, *',
        'access-control-request-private-network': 'true',
      },
    });
    assert.doesNotMatch([...answer.headers].flat().join('\n'), /evil|private-network|\*/i);
  });
}

function embedRows(talk: Talk): void {
  const get = (
    agent: string,
    headers: Readonly<Record<string, string>> = {},
    method = 'GET',
  ): Promise<Answer> =>
    talk.send({ method, path: `/agents/${agent}/embed`, headers: { origin: ORIGIN, ...headers } });

  talk.it('an embed config is served with an ETag, and not again while it is the same', async () => {
    const answer = await get('good');
    expectAnswer(answer, { status: 200 });
    assert.deepEqual(answer.json, EMBED);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json\b/);
    const etag = answer.headers.get('etag') ?? '';
    assert.match(etag, /^"[\x21\x23-\x7e]+"$/);
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get('good', { 'if-none-match': tags });
      assert.deepEqual([again.status, again.text, again.headers.get('etag')], [304, '', etag], tags);
    }
    for (const tags of ['"other"', etag.slice(0, -2) + '"', etag.slice(1, -1), '']) {
      assert.equal((await get('good', { 'if-none-match': tags })).status, 200, tags);
    }
  });

  talk.it('HEAD of an embed config has its headers and no body', async () => {
    const [head, full] = [await get('good', {}, 'HEAD'), await get('good')];
    assert.deepEqual([head.status, head.text], [200, '']);
    for (const name of ['etag', 'content-type', 'cache-control']) {
      assert.equal(head.headers.get(name), full.headers.get(name));
    }
    assert.deepEqual([(await get('nobody', {}, 'HEAD')).status], [404]);
  });

  talk.it('an embed config needs no origin, but not a foreign one', async () => {
    const path = '/agents/good/embed';
    assert.equal((await talk.send({ path })).status, 200);
    for (const origin of ['https://evil.example', 'null']) {
      expectAnswer(await talk.send({ path, headers: { origin } }), FORBIDDEN);
    }
  });

  for (const agent of [
    'nobody',
    '__proto__',
    'constructor',
    'real-id-of-good',
    '..%2fgood',
    'good%00',
    '%0d%0aX-Injected:1',
    'GOOD',
  ]) {
    talk.it(`has no embed config of ${agent}`, async (wanted) => {
      const want = wanted(NO_AGENT);
      expectAnswer(
        await talk.send({ path: `/agents/${agent}/embed`, headers: { origin: ORIGIN } }, isOwn(want)),
        want,
      );
    });
  }

  talk.it('has no embed config at an address that is none', async (wanted) => {
    const want = wanted({ status: 404, code: 'not-found' });
    expectAnswer(
      await talk.send({ path: '/agents/%E0%A4%A/embed', headers: { origin: ORIGIN } }, isOwn(want)),
      want,
    );
  });

  talk.it('an agent without an embed config has none', async () => {
    expectAnswer(await get('european'), { status: 404, code: 'embed-not-found' });
  });

  talk.it('an embed config is only read', async (wanted) => {
    const want = wanted({ status: 405, code: 'method-not-allowed' });
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await talk.send(
        { method, path: '/agents/good/embed', headers: { origin: ORIGIN } },
        isOwn(want),
      );
      expectAnswer(answer, want);
      if (isOwn(want)) assert.match(answer.headers.get('allow') ?? '', /GET, HEAD/);
    }
  });
  if (talk.kind.withoutFunctions !== true) embedFunctionRows(talk, get);
}

function embedFunctionRows(talk: Talk, get: (agent: string) => Promise<Answer>): void {
  talk.it('an embed config may come from a function', async () => {
    assert.deepEqual((await get('embed-function')).json, { size: 48 });
    expectAnswer(await get('embed-undefined'), { status: 404, code: 'embed-not-found' });
  });

  for (const agent of ['embed-throws', 'embed-rejects', 'embed-text']) {
    talk.it(`a function that gives no embed config is the site's mistake: ${agent}`, async () => {
      const answer = await get(agent);
      expectAnswer(answer, { status: 500, code: 'misconfigured' });
      assert.doesNotMatch(answer.text, /secret|no object/);
    });
  }
}

function healthRows(talk: Talk): void {
  talk.it('/healthz says that all is well, to anybody and to no page', async () => {
    for (const headers of [{}, { origin: ORIGIN }, { origin: 'https://evil.example' }]) {
      const answer = await talk.send({ path: '/healthz', headers });
      expectAnswer(answer, { status: 200 });
      assert.deepEqual(answer.json, { status: 'ok' });
      assert.deepEqual(
        [...answer.headers.keys()].filter((name) => name.startsWith('access-control-')),
        [],
      );
    }
    const head = await talk.send({ method: 'HEAD', path: '/healthz' });
    assert.deepEqual([head.status, head.text], [200, '']);
  });

  talk.it('/healthz takes no other method', async (wanted) => {
    const want = wanted({ status: 405, code: 'method-not-allowed' });
    for (const method of ['POST', 'DELETE']) {
      expectAnswer(await talk.send({ method, path: '/healthz' }, isOwn(want)), want);
    }
  });
}
