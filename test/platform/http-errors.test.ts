import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Platform, startPlatform } from '../../demo/platform/platform.js';
import { send } from './requests.js';
import { Visitor } from './visitor.js';

const voice = { provider: 'kokoro', voice_id: 'local' };
const config = { prompt: 'Be kind.', voice, first_message: 'Hello.' };

let platform: Platform;
before(async () => {
  platform = await startPlatform({ speech: 'tone' });
});
after(() => platform.close());

describe('errors', () => {
  const offer = { offer: { sdp: 'v=0\r\n', type: 'offer' }, agent_id: 'parrot' };
  for (const [what, method, path, body, status, locs] of [
    ['a body that is not JSON', 'POST', '/webrtc/offer', '{"offer":', 422, [['body', 0]]],
    ['no body', 'POST', '/webrtc/offer', '', 422, [['body', 0]]],
    ['null', 'POST', '/webrtc/offer', 'null', 422, [['body']]],
    [
      'missing fields',
      'POST',
      '/webrtc/offer',
      {},
      422,
      [
        ['body', 'offer'],
        ['body', 'agent_id'],
      ],
    ],
    [
      'wrong types',
      'POST',
      '/webrtc/offer',
      { offer: { sdp: 7, type: [] }, agent_id: 'x' },
      422,
      [
        ['body', 'offer', 'sdp'],
        ['body', 'offer', 'type'],
      ],
    ],
    [
      'an embed config with a size in words',
      'POST',
      '/agents/parrot/embed',
      { size: 'big' },
      422,
      [['body', 'size']],
    ],
    [
      'half of a button state',
      'POST',
      '/agents/parrot/embed',
      { titles: { idle: 'Talk', running: 'x' } },
      422,
      [['body', 'titles', 'connecting']],
    ],
    [
      'an unknown voice provider',
      'POST',
      '/agents',
      { name: 'x', config: { ...config, voice: { ...voice, provider: 'x' } } },
      422,
      [['body', 'config', 'voice', 'provider']],
    ],
    [
      'a negative delay',
      'PUT',
      '/agents/parrot',
      { name: 'x', config: { flow: { response_delay: -1 } } },
      422,
      [['body', 'config', 'flow', 'response_delay']],
    ],
    ['a page size that is no number', 'GET', '/call-logs?limit=many', undefined, 422, [['query', 'limit']]],
    [
      'an answer in the place of an offer',
      'POST',
      '/webrtc/offer',
      { ...offer, offer: { sdp: 'v=0', type: 'answer' } },
      400,
      undefined,
    ],
    [
      'an SDP that is none',
      'POST',
      '/webrtc/offer',
      { ...offer, offer: { sdp: '\0💥'.repeat(99), type: 'offer' } },
      400,
      undefined,
    ],
    ['an SDP without audio', 'POST', '/webrtc/offer', offer, 400, undefined],
    [
      'an SDP that the library refuses',
      'POST',
      '/webrtc/offer',
      { ...offer, offer: { sdp: 'v=0\r\nm=audio x', type: 'offer' } },
      400,
      undefined,
    ],
    ['an unknown agent', 'POST', '/webrtc/offer', { ...offer, agent_id: '__proto__' }, 404, undefined],
    ['an unknown agent to change', 'PUT', '/agents/nobody', { name: 'x', config: {} }, 404, undefined],
    ['an unknown agent to delete', 'DELETE', '/agents/nobody', undefined, 404, undefined],
    ['an unknown session', 'POST', '/sessions/nobody/terminate', {}, 404, undefined],
    ['an unknown call', 'GET', '/call-logs/nobody', undefined, 404, undefined],
    ['an unknown path', 'GET', '/nowhere', undefined, 404, undefined],
    [
      'a body over 64 kB',
      'POST',
      '/webrtc/offer',
      { ...offer, agent_id: 'x'.repeat(70_000) },
      413,
      undefined,
    ],
  ] as const) {
    it(`answer ${what} with ${status}`, async () => {
      const { status: got, json } = await send(platform, method, path, body);
      const { detail } = json as { detail: unknown };
      assert.equal(got, status, JSON.stringify(json));
      if (locs === undefined) assert.equal(typeof detail, 'string');
      else
        assert.deepEqual(
          (detail as { loc: unknown }[]).map(({ loc }) => loc),
          locs,
        );
    });
  }

  it('answer a body without a length that never ends with 413', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (stream) => stream.enqueue(new Uint8Array(16_384)),
    });
    // Node wants `duplex`, which the DOM's types do not know.
    const init = { method: 'POST', body: endless, duplex: 'half' };
    const response = await fetch(`${platform.url}/webrtc/offer`, init);
    assert.equal(response.status, 413);
  });

  it('leave no call behind, and the platform alive', async () => {
    assert.equal(platform.openCalls(), 0);
    assert.equal((await send(platform, 'GET', '/agents/parrot')).status, 200);
  });
});

describe('agents that refuse', () => {
  for (const [status, retryAfter] of [
    [400, null],
    [401, null],
    [402, null],
    [403, null],
    [404, null],
    [409, null],
    [413, null],
    [415, null],
    [418, null],
    [422, null],
    [429, '2'],
    [500, null],
    [502, null],
    [503, '1'],
    [504, null],
  ] as const) {
    it(`refuses-${status}`, async () => {
      const { response, text } = await Visitor.offered(platform, `refuses-${status}`);
      assert.equal(response.status, status);
      assert.equal(response.headers.get('retry-after'), retryAfter);
      assert.equal(Array.isArray((JSON.parse(text) as { detail: unknown }).detail), status === 422);
    });
  }

  it('refuses-429-for-long', async () => {
    const { response } = await Visitor.offered(platform, 'refuses-429-for-long');
    assert.equal(response.headers.get('retry-after'), '120');
  });

  for (const [agentId, status, retryAfter] of [
    ['refuses-429-once', 429, '1'],
    ['refuses-502-once', 502, null],
    ['refuses-503-once', 503, '2'],
  ] as const) {
    it(`${agentId}, and then accepts`, async () => {
      const { response } = await Visitor.offered(platform, agentId);
      assert.equal(response.status, status);
      assert.equal(response.headers.get('retry-after'), retryAfter);
      assert.equal((await Visitor.offered(platform, agentId)).response.status, 200);
    });
  }
});
