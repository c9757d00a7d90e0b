import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CallPage } from '../support/node/call-page.js';
import { likeness } from '../support/node/likeness.js';
import { recordedSound } from '../support/node/recorded-sound.js';
import { openStage, type Stage } from '../support/node/stage.js';
import { until } from '../support/node/until.js';

/** Of the loudness over time. What was said reaches 0.8 and more; another sentence stays under 0.5. */
const ALIKE = 0.65;

let stage: Stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

function assertAlike(heard: Int16Array, said: Int16Array): void {
  const alike = likeness(heard, said);
  assert.ok(alike > ALIKE, `it was not heard as it was said: ${alike.toFixed(2)}`);
}

async function assertRests(call: CallPage): Promise<void> {
  const restsAtMs = await call.now();
  assert.equal(await call.page.evaluate(() => millisProbe.playing()), 0);
  assert.equal(await call.page.evaluate(() => millisLedger.liveTracks().length), 0);
  assert.deepEqual(await call.alive(), []);
  await call.listens(800);
  // One block was on its way when the element fell silent.
  assert.equal((await call.heard()).soundMs(restsAtMs + 100), 0);
  assert.deepEqual(call.complaints, []);
}

describe('a conversation', { concurrency: true, timeout: 30_000 }, () => {
  it('with a parrot: both sides hear what was said, and the visitor reads it', async () => {
    const call = await stage.open('parrot');
    await call.press();
    await call.reaches('live');
    assert.equal(await call.page.evaluate(() => millisProbe.playing()), 1);
    await call.sees(
      (events) => events.some(({ turns }) => turns?.length === 3 && turns[2]?.final),
      '',
      20_000,
    );
    const turns = await call.shownTurns();
    await call.press();
    await call.reaches('ended');
    await assertRests(call);

    const [greeting = '', visitor = '', answer = ''] = turns;
    assert.equal(greeting, 'Agent: Say something.');
    assert.match(visitor, /^You: .+/);
    assert.match(answer, /^Agent: .+, played back$/);
    const { samples } = await call.heard();
    assertAlike(await recordedSound(stage.platform, 'parrot', 'visitor'), stage.speech);
    assertAlike(samples, stage.speech);
  });

  it('is cut when the visitor interrupts', async () => {
    const call = await stage.open('receptionist');
    await call.press();
    // The first text of the visitor's turn is the moment at which the platform heard the interruption.
    await call.sees((events) => events.some(({ turns }) => turns?.some(({ role }) => role === 'user')));
    const cutAtMs = await call.now();
    const [greeting = ''] = await call.shownTurns();
    await call.listens(1_000);
    const heard = await call.heard();
    await call.press();
    await call.reaches('ended');
    await assertRests(call);

    assert.ok(heard.soundMs(0, cutAtMs) > 1_000, 'the agent was never heard');
    // What the jitter buffer held when the agent fell silent.
    assert.equal(heard.soundMs(cutAtMs + 400), 0);
    assert.match(greeting, /^Agent: Good day, this is/);
    assert.doesNotMatch(greeting, /help you\?$/);
  });

  it('ends when the agent hangs up', async () => {
    const call = await stage.open('hangs-up');
    await call.press();
    await call.reaches('ended');
    await assertRests(call);

    const end = (await call.events()).find(({ type }) => type === 'call-end');
    assert.equal(end?.reason, 'agent');
    assert.deepEqual(
      end.turns?.map(({ role, text, final }) => ({ role, text, final })),
      [{ role: 'agent', text: 'Hello.', final: true }],
    );
    const heard = await call.heard();
    assertAlike(
      heard.samples,
      (await recordedSound(stage.platform, 'hangs-up', 'agent')).subarray(0, 48_000),
    );
  });

  it('ends when the visitor presses the button', async () => {
    const call = await stage.open('patient');
    await call.press();
    await call.reaches('live');
    await call.press();
    await call.reaches('ended');
    await assertRests(call);
    const ended = async () =>
      (await stage.platform.sessions()).some(
        (call) => call.agent_id === 'patient' && call.call_status === 'user-ended',
      );
    await until(ended, 'the platform to see the hang-up');
  });
});
