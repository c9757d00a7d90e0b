import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  assertFails,
  assertRests,
  assertWithin,
  eachAgent,
  hangUp,
  offerGapsMs,
  RETRY_MS,
} from '../support/node/faulty-call.js';
import { openStage, type Stage } from '../support/node/stage.js';
import { FAULTS, row } from '../faults/table.js';

const NOT_SET_UP = FAULTS[23].words;
const UNAVAILABLE = FAULTS[22].words;

// Windows of Firefox take the focus from each other, and a button that gets it prepares a peer: in Chromium only, as yet.
for (const browser of ['chromium'] as const) {
  describe(`An offer that is refused, in ${browser}`, { concurrency: 4, timeout: 60_000 }, () => {
    let stage: Stage;
    before(async () => (stage = await openStage({ browser })));
    after(() => stage.close());

    it(row(22), (context) =>
      eachAgent(
        context,
        stage,
        [
          ['refuses-400', 'The offer is not acceptable.'],
          ['refuses-409', 'The agent is busy with another call.'],
          ['refuses-413', 'The request is too large.'],
          ['refuses-415', 'The request is not JSON.'],
          ['refuses-418', 'I am a teapot.'],
          ['refuses-422', 'Not a session description'],
        ] as const,
        async (call, [agentId, detail]) => {
          const error = await assertFails(call, FAULTS[22]);
          assert.equal(error.status, Number(agentId.slice(-3)));
          assert.ok(error.detail?.includes(detail), error.detail);
          assert.equal(error.retryable, false);
          // The offer may leave, and be refused, beside the request for the microphone.
          assert.match(error.phase ?? '', /^(connecting|requesting-microphone)$/);
          assert.equal((await call.offersAtMs()).length, 1);
          await assertRests(call);
        },
      ),
    );

    it(row(23), (context) =>
      eachAgent(
        context,
        stage,
        [
          ['refuses-401', FAULTS[23].code, NOT_SET_UP],
          ['refuses-402', 'payment-required', UNAVAILABLE],
          ['refuses-403', 'forbidden', NOT_SET_UP],
          ['refuses-404', 'agent-not-found', UNAVAILABLE],
          ['nobody-by-this-name', 'agent-not-found', UNAVAILABLE],
        ] as const,
        async (call, [, code, words]) => {
          await assertFails(call, { code, words });
          assert.equal((await call.offersAtMs()).length, 1);
          await assertRests(call);
        },
      ),
    );

    it(row(24), async (context) => {
      await eachAgent(context, stage, [['refuses-429-for-long', 'the words say how long']], async (call) => {
        await assertFails(call, FAULTS[24]);
        assert.equal((await call.offersAtMs()).length, 1);
        await assertRests(call);
      });
      await eachAgent(context, stage, [['refuses-429', 'asked again after two seconds']], async (call) => {
        const words = 'Many people are calling. Please try again in a moment.';
        await assertFails(call, { code: FAULTS[24].code, words });
        const [gapMs, ...more] = await offerGapsMs(call);
        assertWithin(gapMs, 2_000, 2_000);
        assert.deepEqual(more, []);
        await assertRests(call);
      });
      await eachAgent(context, stage, [['refuses-429-once', 'live with the second offer']], async (call) => {
        await call.reaches('live');
        assertWithin((await offerGapsMs(call))[0], 1_000, 1_000);
        await hangUp(call);
      });
    });

    it(row(25), async (context) => {
      await eachAgent(
        context,
        stage,
        [
          ['refuses-500', undefined],
          ['refuses-502', RETRY_MS],
          ['refuses-503', [1_000, 1_000]],
          ['refuses-504', RETRY_MS],
        ] as const,
        async (call, [agentId, gap]) => {
          const error = await assertFails(call, FAULTS[25]);
          assert.equal(error.status, Number(agentId.slice(-3)));
          const [gapMs, ...more] = await offerGapsMs(call);
          if (gap) assertWithin(gapMs, gap[0], gap[1]);
          else assert.equal(gapMs, undefined);
          assert.deepEqual(more, []);
          await assertRests(call);
        },
      );
      await eachAgent(
        context,
        stage,
        [
          ['refuses-502-once', RETRY_MS],
          ['refuses-503-once', [2_000, 2_000]],
        ] as const,
        async (call, [, gap]) => {
          await call.reaches('live');
          assertWithin((await offerGapsMs(call))[0], gap[0], gap[1]);
          await hangUp(call);
        },
      );
    });
  });
}
