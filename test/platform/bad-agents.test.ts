import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  withoutAudio,
  withoutDataChannel,
  withWrongFingerprint,
} from '../../demo/platform/broken-answers.js';
import { type Platform, startPlatform } from '../../demo/platform/platform.js';
import { PeerConnection } from '../../demo/platform/wrtc.js';
import { postOffer } from './requests.js';
import { Visitor } from './visitor.js';

let platform: Platform;
const visitors: Visitor[] = [];
before(async () => {
  platform = await startPlatform({ speech: 'files' });
  await platform.warmed;
});
after(async () => {
  for (const visitor of visitors) visitor.close();
  await platform.close();
});

async function call(agentId: string): Promise<Visitor> {
  const visitor = await Visitor.call(platform, agentId);
  visitors.push(visitor);
  return visitor;
}

/** How the newest call with an agent stands. */
function statusOf(agentId: string): string | undefined {
  return platform.sessions().find(({ agent_id }) => agent_id === agentId)?.call_status;
}

function answerIn(text: string): { sdp: string; type: string } {
  return (JSON.parse(text) as { answer: { sdp: string; type: string } }).answer;
}

// All at once: each waits for its own events, and some take seconds.
describe('agents that misbehave', { concurrency: true }, () => {
  describe('in the answer', { concurrency: true }, () => {
    it('never-answers, until the client gives up', async () => {
      const signal = AbortSignal.timeout(300);
      const offer = postOffer(platform, 'never-answers', 'v=0\r\n', { signal });
      await assert.rejects(offer, { name: 'TimeoutError' });
    });

    it('slow-answer, after five seconds', async () => {
      const startedMs = performance.now();
      const { text } = await Visitor.offered(platform, 'slow-answer');
      assert.ok(performance.now() - startedMs > 4_900);
      assert.equal(answerIn(text).type, 'answer');
    });

    it('answers-html', async () => {
      const { response, text } = await Visitor.offered(platform, 'answers-html');
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /text\/html/);
      assert.match(text, /^<!doctype html>/);
    });

    it('answers-broken-json', async () => {
      const { text } = await Visitor.offered(platform, 'answers-broken-json');
      assert.throws(() => JSON.parse(text) as unknown, SyntaxError);
    });

    it('answers-huge', async () => {
      assert.ok((await Visitor.offered(platform, 'answers-huge')).text.length > 65_536);
    });

    it('answers-offer-type', async () => {
      const { sdp, type } = answerIn((await Visitor.offered(platform, 'answers-offer-type')).text);
      assert.equal(type, 'offer');
      assert.match(sdp, /^v=0/);
    });

    for (const [agentId, refused] of [
      ['answers-garbage-sdp', true],
      ['answers-no-audio', false],
      ['no-data-channel', false],
      ['answers-wrong-fingerprint', false],
      ['never-connects', false],
    ] as const) {
      it(`${agentId}, with an answer that a client ${refused ? 'refuses' : 'accepts'}`, async () => {
        const connection = new PeerConnection();
        connection.addTransceiver('audio', { direction: 'sendrecv' });
        connection.createDataChannel('session');
        await connection.setLocalDescription(await connection.createOffer());
        const response = await postOffer(platform, agentId, connection.localDescription?.sdp ?? '');
        const { sdp } = answerIn(await response.text());
        const applied = connection.setRemoteDescription({ type: 'answer', sdp });
        if (refused) await assert.rejects(applied);
        else await applied;
        if (agentId === 'answers-no-audio') assert.match(sdp, /a=recvonly/);
        if (agentId === 'no-data-channel') assert.match(sdp, /m=application 0 [\s\S]*/);
        if (agentId === 'never-connects') assert.equal(statusOf(agentId), 'no-answer');
        connection.close();
      });
    }

    it('resets: without a byte', async () => {
      await assert.rejects(Visitor.offered(platform, 'resets'), TypeError);
    });

    it('resets-at-first: and then accepts', async () => {
      await assert.rejects(Visitor.offered(platform, 'resets-at-first'), TypeError);
      await delay(400);
      assert.equal((await Visitor.offered(platform, 'resets-at-first')).response.status, 200);
    });

    it('redirects: to another offer', async () => {
      const response = await postOffer(platform, 'redirects', 'v=0\r\n', { redirect: 'manual' });
      assert.equal(response.status, 307);
      assert.match(response.headers.get('location') ?? '', /^\/webrtc\/offer$/);
    });

    it('changes only what it has to', () => {
      const answer =
        'v=0\r\na=group:BUNDLE 0 1\r\nm=audio 9 X 111\r\na=mid:0\r\na=sendrecv\r\nm=application 9 Y z\r\na=mid:1\r\n';
      assert.equal(withoutAudio(answer), answer.replace('sendrecv', 'recvonly'));
      assert.equal(
        withoutDataChannel(answer),
        answer.replace('BUNDLE 0 1', 'BUNDLE 0').replace('application 9', 'application 0'),
      );
      const secure = 'a=fingerprint:sha-256 0A:1B\r\na=sctp-port:5000\r\n';
      assert.equal(withWrongFingerprint(secure), secure.replace('0A', '00'));
    });
  });

  describe('in the call', { concurrency: true }, () => {
    const closed = async (guest: Visitor): Promise<void> =>
      guest.until(() => guest.channel?.readyState === 'closed', 'the close of the channel');

    it('hangs-up: says so, then closes', async () => {
      const guest = await call('hangs-up');
      await guest.message('onsessionended');
      assert.equal(guest.channel?.readyState, 'open');
      await closed(guest);
      assert.equal(statusOf('hangs-up'), 'agent-ended');
    });

    it('vanishes: closes without a word', async () => {
      const guest = await call('vanishes');
      await closed(guest);
      assert.equal(
        guest.messages.some(({ method }) => method === 'onsessionended'),
        false,
      );
    });

    it('ends-before-last-words: and stays connected', async () => {
      const guest = await call('ends-before-last-words');
      await guest.message('onsessionended');
      await guest.message('onresponsetext', ({ data }) => data === 'One more thing.');
      assert.equal(guest.channel?.readyState, 'open');
    });

    it('leaves: the channel is closed, no packet comes any more, and the connection stays', async () => {
      const guest = await call('leaves');
      await closed(guest);
      const before = await packetsWhenSettled(guest);
      await passes(guest);
      assert.equal(await guest.packetsReceived(), before);
      assert.equal(guest.connection.connectionState, 'connected');
    });

    it('pauses: no packet for three seconds, and then again', async () => {
      const guest = await call('pauses');
      await guest.message('onresponsetext', ({ payload }) => payload?.['is_final'] === true);
      const before = await packetsWhenSettled(guest);
      await passes(guest);
      assert.equal(await guest.packetsReceived(), before);
      // Three seconds are 300 frames, which come whether or not there is a packet for them.
      await passes(guest, 330);
      assert.ok((await guest.packetsReceived()) > before);
    });

    it('never-sends: not one packet', async () => {
      const guest = await call('never-sends');
      await passes(guest);
      assert.equal(await guest.packetsReceived(), 0);
    });

    it('goes-silent: no packet any more, and the connection stays', async () => {
      const guest = await call('goes-silent');
      await guest.message('onresponsetext', ({ payload }) => payload?.['is_final'] === true);
      const before = await packetsWhenSettled(guest);
      await passes(guest);
      assert.equal(await guest.packetsReceived(), before);
      assert.equal(guest.connection.connectionState, 'connected');
    });

    it('closes-channel: and the packets go on', async () => {
      const guest = await call('closes-channel');
      await closed(guest);
      const before = await guest.packetsReceived();
      await passes(guest);
      assert.ok((await guest.packetsReceived()) > before + 5);
      assert.equal(statusOf('closes-channel'), 'in-progress');
    });

    it('floods: with thousands of messages a second, of every bad kind', async () => {
      const guest = await call('floods');
      await guest.until(() => guest.raw.length > 10, 'the flood');
      const startedMs = performance.now();
      const before = guest.raw.length;
      await guest.until(() => guest.raw.length > before + 2_000, 'two thousand messages');
      assert.ok(performance.now() - startedMs < 2_000, `${performance.now() - startedMs} ms`);
      assert.ok(guest.raw.some((data) => data instanceof ArrayBuffer));
      assert.ok(guest.raw.some((data) => typeof data === 'string' && data.length > 65_536));
      assert.ok(guest.messages.some(({ method }) => method === 'never_heard_of'));
      // Whoever closes the channel in the middle of it can crash the library.
      await guest.until(() => guest.messages.some(({ data }) => data === 'That was the flood.'), 'its end');
    });
  });
});

/** Resolves when the visitor has heard `frames` more of 10 ms, silence included. */
async function passes(guest: Visitor, frames = 30): Promise<void> {
  const heard = guest.heard.length;
  await guest.until(() => guest.heard.length > heard + frames, 'the passing of time');
}

/** Packets that were on their way when the agent fell silent have arrived. */
async function packetsWhenSettled(guest: Visitor): Promise<number> {
  await passes(guest, 10);
  return guest.packetsReceived();
}
