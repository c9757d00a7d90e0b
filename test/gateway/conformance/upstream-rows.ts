import assert from 'node:assert/strict';
import { CANARY_KEY } from '../../support/node/canary.js';
import { ANSWER_SDP } from '../../support/node/upstream.js';
import { offerBody, SDP } from './offers.js';
import { TIMEOUT_MS } from './settings.js';
import { expectAnswer, type Expected, type Talk } from './talk.js';

const MISCONFIGURED: Expected = { status: 500, code: 'misconfigured' };
const REFUSED: Expected = { status: 502, code: 'offer-refused' };
const FAILED: Expected = { status: 502, code: 'upstream-failed' };
const BUSY: Expected = { status: 503, code: 'busy' };
const TIMEOUT: Expected = { status: 504, code: 'upstream-timeout' };

const STATUSES: Readonly<Record<number, Expected>> = {
  400: REFUSED,
  401: MISCONFIGURED,
  402: { status: 503, code: 'quota' },
  403: MISCONFIGURED,
  404: { status: 404, code: 'agent-not-found' },
  405: FAILED,
  409: REFUSED,
  418: FAILED,
  422: REFUSED,
  429: BUSY,
  500: FAILED,
  502: FAILED,
  503: BUSY,
  504: FAILED,
};

/** By agent, which the platform misbehaves by. */
const ANSWERS: Readonly<Record<string, readonly [what: string, Expected]>> = {
  html: ['HTML', FAILED],
  empty: ['an empty body', FAILED],
  null: ['null', FAILED],
  list: ['a list', FAILED],
  bare: ['an answer that is not in "answer"', FAILED],
  offer: ['an offer', FAILED],
  number: ['an SDP that is a number', FAILED],
  garbage: ['an SDP that is none', FAILED],
  echo: ['the key that it was sent', FAILED],
  silent: ['an answer that sends no sound', FAILED],
  noaudio: ['an answer without audio', FAILED],
  huge: ['more than 64 kB', FAILED],
  endless: ['a body without an end', FAILED],
  redirect: ['a redirect', FAILED],
  reset: ['a reset connection', FAILED],
  half: ['a half of its body', FAILED],
  stall: ['the begin of a body, and then nothing', TIMEOUT],
  hang: ['nothing', TIMEOUT],
};

/** Seconds in `Retry-After`, by what the platform says. */
const WAITS: Readonly<Record<string, string>> = {
  'retry-7': '7',
  'retry-0': '1',
  'retry-900': '60',
  'retry-soon': '5',
  'status-429': '5',
  'status-503': '5',
};

/** What goes to the platform, and what comes back from it. */
export function upstreamRows(talk: Talk): void {
  for (const [status, expected] of Object.entries(STATUSES)) {
    talk.each({
      [`a ${status} of the platform is a ${expected.status} ${expected.code ?? ''}`]: [
        { agent: `status-${status}` },
        expected,
      ],
    });
  }
  for (const [agent, [what, expected]] of Object.entries(ANSWERS)) {
    talk.each({
      [`where the platform answers ${what}: ${expected.status} ${expected.code ?? ''}`]: [
        { agent },
        expected,
      ],
    });
  }
  for (const [agent, seconds] of Object.entries(WAITS)) {
    talk.it(`Retry-After is ${seconds} where the platform says ${agent}`, async () => {
      const answer = await talk.offer({ agent });
      expectAnswer(answer, BUSY);
      assert.equal(answer.headers.get('retry-after'), seconds);
    });
  }
  exchangeRows(talk);
  leavingRows(talk);
}

function exchangeRows(talk: Talk): void {
  talk.it('a good call is answered with the answer alone', async () => {
    const answer = await talk.offer({ agent: 'good' });
    expectAnswer(answer, { status: 200 });
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json\b/);
    assert.deepEqual(answer.json, { answer: { type: 'answer', sdp: ANSWER_SDP } });
  });

  talk.it('the platform gets the key, the real id and the SDP, and nothing else of the visitor', async () => {
    const sdp = SDP.replace('s=-', 's=alone');
    const fields = { offer: { type: 'offer', sdp, toJSON: 1, extra: 2 }, metadata: { a: 1 }, __proto__x: 1 };
    const body = offerBody('good', fields).replace('{', '{"__proto__":{"agent_id":"other"},');
    const own = {
      cookie: 'visitor=1',
      'x-visitor': '1',
      referer: 'https://www.example.com/x',
      'user-agent': 'visitor',
      'accept-language': 'tlh',
    };
    const headers = { ...own, 'sec-fetch-site': 'cross-site', 'x-forwarded-for': '203.0.113.77' };
    expectAnswer(await talk.offer({ body, headers }), { status: 200 });
    const seen = talk.upstream.requests.find(({ body: text }) => text.includes('s=alone'));
    assert.ok(seen);
    assert.deepEqual(JSON.parse(seen.body), { agent_id: 'real-id-of-good', offer: { type: 'offer', sdp } });
    assert.deepEqual([seen.method, seen.path], ['POST', '/webrtc/offer']);
    assert.equal(seen.headers.authorization, `Bearer ${CANARY_KEY}`);
    assert.equal(seen.headers['content-type'], 'application/json');
    const all = JSON.stringify(seen.rawHeaders);
    assert.doesNotMatch(all, /visitor|www\.example\.com|tlh|203\.0\.113\.77|cross-site/i);
  });

  talk.it("a visitor's own Authorization does not go to the platform", async () => {
    const sdp = SDP.replace('s=-', 's=own-authorization');
    const body = offerBody('good', { offer: { type: 'offer', sdp } });
    expectAnswer(await talk.offer({ body, headers: { authorization: 'Bearer mine' } }), { status: 200 });
    const seen = talk.upstream.requests.find(({ body: text }) => text.includes('s=own-authorization'));
    assert.equal(seen?.headers.authorization, `Bearer ${CANARY_KEY}`);
  });

  talk.it('the key is sent bare where the settings say so', async () => {
    await talk.offer({ gateway: 'day', agent: 'hang' });
    const isBare = talk.upstream.requests.some(
      ({ agentId, headers }) => agentId === 'hang' && headers.authorization === CANARY_KEY,
    );
    assert.ok(isBare);
  });

  talk.it('a redirect is not followed', async () => {
    expectAnswer(await talk.offer({ agent: 'redirect' }), FAILED);
    assert.deepEqual(
      talk.upstream.requests.filter(({ path }) => path === '/redirected'),
      [],
    );
  });

  talk.it('nothing that the platform says of an error comes to a visitor', async () => {
    const { text } = await talk.offer({ agent: 'status-422' });
    assert.doesNotMatch(text, /upstream/);
  });
}

function leavingRows(talk: Talk): void {
  const { missesLeaving } = talk.kind;
  const [when, mostMs] =
    missesLeaving === undefined
      ? ['long before the time-out', TIMEOUT_MS / 2]
      : [`by the time-out: ${missesLeaving}`, TIMEOUT_MS * 2];
  talk.it(`when a visitor goes away, the platform's connection is closed ${when}`, async () => {
    const controller = new AbortController();
    const answer = talk.offer({ agent: 'held-aborted', abort: controller.signal }, false);
    await Promise.race([talk.upstream.request('held-aborted'), answer]);
    const leftAt = performance.now();
    controller.abort();
    await assert.rejects(answer);
    await talk.upstream.gone('held-aborted');
    const ms = performance.now() - leftAt;
    assert.ok(ms < mostMs, `closed after ${ms.toFixed()} ms`);
  });

  talk.it('a visitor who goes away before the body was sent calls nobody', async () => {
    const controller = new AbortController();
    const body = (async function* () {
      yield await Promise.resolve(Buffer.from('{"agent_id":'));
      controller.abort();
      yield await new Promise<never>(() => undefined);
    })();
    await assert.rejects(talk.offer({ body, abort: controller.signal }, false));
    expectAnswer(await talk.offer({ agent: 'good' }), { status: 200 });
  });
}
