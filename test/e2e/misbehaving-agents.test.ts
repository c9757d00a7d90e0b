import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CallPage } from '../support/node/call-page.js';
import { openStage, type Stage } from '../support/node/stage.js';

let stage: Stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

/** A visitor who pressed the button. */
async function calling(agentId: string): Promise<CallPage> {
  const call = await stage.open(agentId);
  await call.press();
  return call;
}

async function assertRests(call: CallPage): Promise<void> {
  assert.deepEqual(await call.alive(), []);
  assert.deepEqual(call.complaints, []);
  await call.close();
}

async function hangUp(call: CallPage): Promise<void> {
  await call.press();
  await call.reaches('ended');
  await assertRests(call);
}

async function codes(call: CallPage, type: 'error' | 'warning'): Promise<(string | undefined)[]> {
  return (await call.events()).filter((event) => event.type === type).map(({ code }) => code);
}

describe('an agent that refuses, or cannot be understood', { concurrency: 5, timeout: 60_000 }, () => {
  // The slow ones first, so that the others run meanwhile.
  for (const [agentId, code] of [
    ['never-answers', 'offer-timeout'],
    ['never-connects', 'connection-timeout'],
    ['refuses-400', 'offer-rejected'],
    ['refuses-401', 'unauthorized'],
    ['refuses-402', 'payment-required'],
    ['refuses-403', 'forbidden'],
    ['refuses-404', 'agent-not-found'],
    ['refuses-409', 'offer-rejected'],
    ['refuses-422', 'offer-rejected'],
    ['refuses-429', 'rate-limited'],
    ['refuses-500', 'server-error'],
    ['refuses-503', 'server-error'],
    ['nobody-by-this-name', 'agent-not-found'],
    ['answers-html', 'answer-invalid'],
    ['answers-broken-json', 'answer-invalid'],
    ['answers-huge', 'answer-invalid'],
    ['answers-garbage-sdp', 'answer-invalid'],
    ['answers-offer-type', 'answer-invalid'],
    ['answers-no-audio', 'answer-invalid'],
  ] as const) {
    it(`${agentId}: ${code}`, async () => {
      const call = await calling(agentId);
      await call.reaches('failed', 25_000);
      assert.deepEqual(await codes(call, 'error'), [code]);
      await assertRests(call);
    });
  }
});

describe('an agent that misbehaves in the call', { concurrency: 3, timeout: 40_000 }, () => {
  it('slow-answer: it goes live after five seconds', async () => {
    const call = await calling('slow-answer');
    await call.reaches('live', 15_000);
    assert.ok(((await call.page.evaluate(() => millisProbe.marks.connected)) ?? 0) > 5_000);
    await hangUp(call);
  });

  it('no-data-channel: a good call without a transcript', async () => {
    const call = await calling('no-data-channel');
    await call.reaches('live');
    await call.listens(1_500);
    assert.ok((await call.heard()).soundMs(0) > 200);
    assert.deepEqual(await call.shownTurns(), []);
    assert.deepEqual(await codes(call, 'warning'), []);
    await hangUp(call);
  });

  for (const agentId of ['vanishes', 'hangs-up']) {
    it(`${agentId}: the call is over, by the agent`, async () => {
      const call = await calling(agentId);
      await call.reaches('ended', 15_000);
      const reasons = (await call.events())
        .filter(({ type }) => type === 'call-end')
        .map(({ reason }) => reason);
      assert.deepEqual(reasons, ['agent']);
      assert.deepEqual(await codes(call, 'error'), []);
      await assertRests(call);
    });
  }

  it('goes-silent: the visitor sees that the connection is interrupted', async () => {
    const call = await calling('goes-silent');
    await call.reaches('reconnecting', 15_000);
    await hangUp(call);
  });

  it('closes-channel: a warning, and the call goes on', async () => {
    const call = await calling('closes-channel');
    await call.sees((events) => events.some(({ code }) => code === 'transcript-lost'));
    const phase = () =>
      call.page.$eval('millis-voice-agent', (element) => element.getAttribute('data-phase'));
    assert.equal(await phase(), 'live');
    await hangUp(call);
  });

  it('floods: the call goes on, and the page stays responsive', async () => {
    const call = await calling('floods');
    await call.sees((events) =>
      events.some(({ turns }) => turns?.some(({ text }) => text.startsWith('flood'))),
    );
    await call.listens(1_000);
    // A press reaches the button although thousands of messages are on their way.
    const pressedAtMs = await call.now();
    await call.press('millis-voice-agent >>> [part=mute-button]');
    await call.page.waitForSelector('millis-voice-agent[data-muted]');
    assert.ok((await call.now()) - pressedAtMs < 2_000);
    assert.deepEqual(await codes(call, 'error'), []);
    await hangUp(call);
  });
});
