import { expect } from '@open-wc/testing';
import { natives } from '../../src/call/natives.js';
import { exchangeOffer, prepareExchange } from '../../src/call/signaling.js';
import { CallError } from '../../src/domain/call-error.js';
import { failure } from '../support/browser/calls.js';
import { replace } from '../support/browser/microphone.js';

const OFFER: RTCSessionDescriptionInit = { type: 'offer', sdp: 'v=0\r\n' };

/** Sends an offer to a server that behaves in one way (see `misbehaving-server.ts`). */
function exchangeWith(behaviour: string, options: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  return exchangeOffer(OFFER, {
    url: `/server/${behaviour}/webrtc/offer`,
    agentId: 'agent-1',
    signal: new AbortController().signal,
    ...options,
  });
}

/** Sends an offer to a server that answers with a response of the test's own. */
function exchangeAnsweredBy(respond: () => Response) {
  replace(natives, 'fetch', () => Promise.resolve(respond()));
  return exchangeWith('answer');
}

describe('exchangeOffer', () => {
  it('resolves with the answer', async () => {
    expect(await exchangeWith('answer')).to.have.property('type', 'answer');
  });

  it("sends the platform's body as JSON, with the headers of authorize() and without cookies", async () => {
    const requests: Request[] = [];
    const native = window.fetch.bind(window);
    replace(natives, 'fetch', (url: string, init: RequestInit) => {
      const request = new Request(url, init);
      requests.push(request.clone());
      return native(request);
    });
    await exchangeOffer(OFFER, {
      url: '/server/answer/webrtc/offer',
      agentId: 'agent-1',
      signal: new AbortController().signal,
      authorize: ({ url, agentId }) => ({ authorization: `Bearer ${agentId}`, 'x-url': url }),
    });
    const [request] = requests;
    expect(requests).to.have.length(1);
    expect(request).to.include({ method: 'POST', credentials: 'omit', redirect: 'manual' });
    expect(await request?.json()).to.deep.equal({ offer: OFFER, agent_id: 'agent-1' });
    expect(Object.fromEntries(request?.headers ?? [])).to.deep.include({
      'content-type': 'application/json',
      authorization: 'Bearer agent-1',
      'x-url': '/server/answer/webrtc/offer',
    });
  });

  for (const [code, behaviour] of [
    ['offer-rejected', 'status-400'],
    ['unauthorized', 'status-401'],
    ['payment-required', 'status-402'],
    ['forbidden', 'status-403'],
    ['agent-not-found', 'status-404'],
    ['offer-rejected', 'status-409'],
    ['offer-rejected', 'status-413'],
    ['offer-rejected', 'status-422'],
    ['rate-limited', 'status-429'],
    ['server-error', 'status-500'],
    ['server-error', 'status-503'],
  ] as const) {
    it(`fails with ${code} after ${behaviour}, and keeps what the server said`, async () => {
      const status = Number(behaviour.slice(-3));
      const error = await failure(exchangeWith(behaviour));
      expect(error).to.be.instanceOf(CallError).and.include({ code, status, retryAfterMs: 7000 });
      expect(error).to.have.property('detail', `because of ${status}`);
    });
  }

  for (const [code, behaviour] of [
    ['answer-invalid', 'html'],
    ['answer-invalid', 'huge'],
    ['server-unreachable', 'redirect'],
    ['server-unreachable', 'reset'],
    ['offer-timeout', 'hang'],
  ] as const) {
    it(`fails with ${code} when the server does this: ${behaviour}`, async () => {
      const error = await failure(exchangeWith(behaviour, behaviour === 'hang' ? { timeoutMs: 20 } : {}));
      expect(error).to.be.instanceOf(CallError).with.property('code', code);
    });
  }

  for (const [status, serverCode, code, retryable] of [
    [400, 'offer-invalid', 'offer-rejected', false],
    [401, 'not-authorized', 'unauthorized', false],
    [403, 'origin-forbidden', 'forbidden', false],
    [404, 'agent-not-found', 'agent-not-found', false],
    [408, 'body-timeout', 'offer-rejected', false],
    [429, 'rate-limited', 'rate-limited', true],
    [429, 'daily-limit', 'rate-limited', false],
    [500, 'misconfigured', 'server-error', false],
    [500, 'internal', 'server-error', true],
    [502, 'offer-refused', 'server-error', true],
    [502, 'upstream-failed', 'server-error', true],
    [503, 'authorize-failed', 'server-error', true],
    [503, 'busy', 'server-error', true],
    [503, 'quota', 'server-error', false],
    [504, 'upstream-timeout', 'server-error', true],
  ] as const) {
    it(`is ${code}, ${retryable ? '' : 'not '}to be tried again, when a gateway says ${status} ${serverCode}`, async () => {
      const body = JSON.stringify({ detail: 'words', code: serverCode, request_id: 'r-1' });
      const error = await failure(exchangeAnsweredBy(() => new Response(body, { status })));
      expect(error).to.be.instanceOf(CallError);
      expect(error).to.include({ code, status, serverCode, retryable, detail: 'words' });
    });
  }

  it('knows no code of a gateway where the answer has none, or one that is no code', async () => {
    for (const body of ['', '{"detail":"x"}', '{"code":"Now: buy <b>this</b>"}']) {
      const error = await failure(exchangeAnsweredBy(() => new Response(body, { status: 503 })));
      expect(error).to.include({ code: 'server-error', serverCode: undefined, retryable: true });
    }
  });

  for (const [header, least, most = least] of [
    ['7', 7000],
    ['0', 0],
    ['86400', 86_400_000],
    ['999999999999', 86_400_000],
    [new Date(Date.now() + 3_600_000).toUTCString(), 3_000_000, 3_600_000],
    [new Date(Date.now() + 9e9).toUTCString(), 86_400_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['-5', undefined],
    ['soon', undefined],
    ['in 5 minutes GMT', undefined],
    ['2999-01-01', undefined],
    ['', undefined],
  ] as const) {
    it(`waits ${most ?? 'no known number of'} milliseconds at most after Retry-After: ${header}`, async () => {
      const headers = { 'retry-after': header };
      const error = await failure(exchangeAnsweredBy(() => new Response('', { status: 503, headers })));
      const { retryAfterMs } = error as CallError;
      if (least === undefined || most === undefined) expect(retryAfterMs).to.equal(undefined);
      else expect(retryAfterMs).to.be.within(least, most);
    });
  }

  it("keeps the list of the platform's validation errors", async () => {
    const error = await failure(exchangeWith('validation'));
    expect(error).to.include({ code: 'offer-rejected', status: 422 });
    expect(error).to.have.property('detail').that.includes('Field required');
  });

  it('fails with offline when the browser is', async () => {
    replace(navigator, 'onLine', false);
    expect(await failure(exchangeWith('reset'))).to.have.property('code', 'offline');
  });

  it('is a server that was not reached when authorize() fails, with the cause kept', async () => {
    const cause = new Error('no token');
    const exchange = prepareExchange({
      agentId: 'agent-1',
      server: '/server/answer',
      authorize: () => Promise.reject(cause),
    });
    const error = await failure(exchange(OFFER, new AbortController().signal));
    expect(error).to.include({ code: 'server-unreachable', cause });
  });

  it('rejects with the reason of its signal, and sends nothing after it', async () => {
    const controller = new AbortController();
    const exchanging = failure(exchangeWith('hang', { signal: controller.signal }));
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await exchanging).to.equal(reason);
  });
});

describe('prepareExchange', () => {
  for (const [server, url] of [
    ['https://voice.example', 'https://voice.example/webrtc/offer'],
    ['https://voice.example/base//', 'https://voice.example/base/webrtc/offer'],
    ['/voice', `${location.origin}/voice/webrtc/offer`],
  ] as const) {
    it(`asks ${url} when the server is ${server}`, async () => {
      expect(await requestedUrl({ server })).to.equal(url);
    });
  }

  it('refuses before all else what there is a refusal for', () => {
    let asked = false;
    const negotiate = () => {
      asked = true;
      return Promise.reject(new Error('asked'));
    };
    expect(() => prepareExchange({ agentId: '', negotiate, refusal: 'There is a key.' }))
      .to.throw(CallError, 'There is a key.')
      .with.property('code', 'config-invalid');
    expect(asked).to.equal(false);
  });

  it('asks the platform of the region without a server', async () => {
    expect(await requestedUrl({ region: 'eu' })).to.equal('https://api-eu-west.millis.ai/webrtc/offer');
    expect(await requestedUrl({})).to.equal('https://api-west.millis.ai/webrtc/offer');
  });

  it('never asks anybody for an unknown region, unless a server is named', async () => {
    expect(() => prepareExchange({ agentId: 'a', region: 'mars' }))
      .to.throw(CallError)
      .with.property('code', 'region-unknown');
    expect(await requestedUrl({ region: 'mars', server: 'https://voice.example' })).to.include(
      'voice.example',
    );
  });
});

/** What `authorize` is asked for, which is what would be fetched; nothing is. */
async function requestedUrl(options: { server?: string; region?: string }): Promise<string> {
  let requested = '';
  const exchange = prepareExchange({
    agentId: 'agent-1',
    ...options,
    authorize: ({ url }) => {
      requested = url;
      throw new Error('far enough');
    },
  });
  await failure(exchange(OFFER, new AbortController().signal));
  return requested;
}
