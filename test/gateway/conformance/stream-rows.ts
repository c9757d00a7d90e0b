import assert from 'node:assert/strict';
import { setInterval } from 'node:timers/promises';
import { until } from '../../support/node/until.js';
import { offerBody, SDP } from './offers.js';
import { type Expected, expectAnswer, isOwn, type Offer, type Talk } from './talk.js';

const LIMIT = 32_768;
const TOO_LARGE: Expected = { status: 413, code: 'body-too-large' };
const TOO_SLOW: Expected = { status: 408, code: 'body-timeout' };

/** How a body comes: its size, its pieces, its pace, and what its length is said to be. */
export function streamRows(talk: Talk): void {
  talk.each({
    'takes a body of 32,768 bytes': [{ body: padded('good', LIMIT) }, { status: 200 }],
    'takes a body of 32,768 bytes in pieces': [
      { body: pieces(padded('good', LIMIT), 1000) },
      { status: 200 },
    ],
    'refuses a body of 32,769 bytes': [{ body: padded('refused', LIMIT + 1) }, TOO_LARGE],
    'refuses a body of 32,769 bytes in pieces, without a length': [
      { body: pieces(padded('refused', LIMIT + 1), 1000) },
      TOO_LARGE,
    ],
    'counts bytes and not characters': [{ body: '"' + 'é'.repeat(LIMIT / 2) + '"' }, TOO_LARGE],
    'refuses a length over the limit before anything came': [
      { body: nothing(), headers: { 'content-length': '32769' } },
      TOO_LARGE,
    ],
    'refuses a length beyond all numbers': [
      { body: nothing(), headers: { 'content-length': '9'.repeat(15) } },
      TOO_LARGE,
    ],
    'takes a body byte by byte': [{ body: pieces(offerBody('good'), 1) }, { status: 200 }],
    'gives up on a body that stops half-way': [{ body: stopping(offerBody('refused')) }, TOO_SLOW],
    'gives up on a body of which nothing comes': [{ body: nothing() }, TOO_SLOW],
    'gives up on a body that is shorter than its length': [
      { body: stopping(offerBody('refused')), headers: { 'content-length': '9000' } },
      TOO_SLOW,
    ],
  });
  splitRows(talk);
  restlessRows(talk);
  if (!talk.kind.inProcess) lyingRows(talk);
}

function splitRows(talk: Talk): void {
  talk.it('a body is whole again when a character and a token of JSON were cut in two', async () => {
    const sdp = SDP.replace('s=-', 's=Gespräch – 😀 – 対話');
    const body = Buffer.from(offerBody('good', { offer: { type: 'offer', sdp } }));
    for (const cut of [body.indexOf('ä') + 1, body.indexOf('😀') + 2, body.indexOf('agent_id') + 3]) {
      const answer = await talk.offer({
        body: (async function* () {
          yield* await Promise.resolve([body.subarray(0, cut), body.subarray(cut)]);
        })(),
      });
      expectAnswer(answer, { status: 200 });
    }
    const arrived = talk.upstream.requests.filter(({ body: text }) => text.includes('Gespräch'));
    assert.equal(arrived.length, 3);
    for (const { body: text } of arrived) {
      assert.deepEqual(JSON.parse(text), { agent_id: 'real-id-of-good', offer: { type: 'offer', sdp } });
    }
  });
}

/**
 * Who still writes when the answer comes may lose it: the connection is reset then (RFC 9112, section 9.6). The log has it in any
 * case, under an origin that no other row of this code uses.
 */
function restlessRows(talk: Talk): void {
  const restless = (
    title: string,
    origin: string,
    body: AsyncIterable<Uint8Array>,
    expected: Expected,
  ): void =>
    talk.it(title, async () => {
      const answer = await talk.offer({ origin, body }, false);
      if (answer.status !== 0) expectAnswer(answer, expected);
      const logged = () => talk.log().some((line) => line.origin === origin && line.code === expected.code);
      await until(logged, `${String(expected.code)} in the log`);
    });
  restless(
    'refuses a body that never ends as soon as it is too long',
    'http://localhost:5173',
    endless(),
    TOO_LARGE,
  );
  restless(
    'gives up on a body that comes byte by byte, too slowly',
    'http://[::1]:8080',
    slowly(offerBody('refused')),
    TOO_SLOW,
  );
}

/** What only broken HTTP can say. Whoever answers, it is no call. */
function lyingRows(talk: Talk): void {
  const body = offerBody('refused');
  const refused = (title: string, request: Offer, statuses: readonly number[]): void =>
    talk.it(title, async (wanted) => {
      const want = wanted({ status: 400 });
      expectAnswer(await talk.offer(request, false), isOwn(want) ? statuses : want);
    });
  // The rest looks like another request, which it is not.
  refused(
    'reads no further than the length that was said',
    { body: stopping(body, body.length), headers: { 'content-length': '40' } },
    [400],
  );
  // 0: the connection was closed without a word.
  for (const length of ['-1', 'abc', '1e3', '0x10', '12, 13', '٣'].map((text) =>
    Buffer.from(text).toString('latin1'),
  )) {
    refused(
      `refuses as length: ${JSON.stringify(length)}`,
      { body, headers: { 'content-length': length } },
      [400, 413, 0],
    );
  }
  refused(
    'refuses a length beside chunks',
    { body, headers: { 'content-length': String(body.length), 'transfer-encoding': 'chunked' } },
    [400, 408, 411, 499, 501, 0],
  );
  refused(
    'refuses a chunk that is none',
    { body: 'zz\r\nx\r\n', headers: { 'transfer-encoding': 'chunked' } },
    [400, 408, 499, 0],
  );
  refused(
    'refuses an unknown transfer encoding',
    { body, headers: { 'transfer-encoding': 'xchunked' } },
    [400, 408, 411, 499, 501, 0],
  );
  for (const [name, value] of Object.entries({
    'CR and LF': 'a\r\nX-Injected: 1',
    CR: 'a\rX-Injected: 1',
    LF: 'a\nX-Injected: 1',
    NUL: 'a\0b',
  })) {
    refused(
      `refuses an origin with ${name} in it`,
      { origin: `https://www.example.com${value}` },
      [400, 403, 0],
    );
  }
  for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'post', 'POST\0', '']) {
    refused(
      `does not take for a POST the method ${JSON.stringify(method)}`,
      { method, body },
      [400, 404, 405, 500, 501, 505, 0],
    );
  }
}

function padded(agent: string, bytes: number): string {
  const body = offerBody(agent);
  return body + ' '.repeat(bytes - Buffer.byteLength(body));
}

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) yield await new Promise((resolve) => setImmediate(resolve, Buffer.alloc(8192, ' ')));
}

async function* stopping(text: string, at = text.length / 2): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text).subarray(0, at);
  yield* nothing();
}

/** Never comes, and does not keep the process. */
async function* nothing(): AsyncGenerator<Uint8Array> {
  yield await new Promise<never>(() => undefined);
}

async function* slowly(text: string): AsyncGenerator<Uint8Array> {
  let at = 0;
  const bytes = Buffer.from(text);
  for await (const step of setInterval(40, 1, { ref: false })) {
    at += step;
    yield bytes.subarray(at - step, at);
  }
}
