import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertRests, assertWithin, calling, codes, eachAgent, hangUp } from '../support/node/faulty-call.js';
import type { SeenEvent } from '../support/node/page/probe.js';
import { openStage, type Stage } from '../support/node/stage.js';
import { FAULTS, row } from '../faults/table.js';

/** A hang-up is told by then. */
const HANG_UP_MS = 300;
/** What a loaded machine takes on top of it. */
const SLACK_MS = 150;

// Firefox's false microphone hums without a pause, so there is no last line that could be told from others: in Chromium only.
for (const browser of ['chromium'] as const) {
  describe(`Hang-up, in ${browser}`, { timeout: 60_000 }, () => {
    let stage: Stage;
    before(async () => (stage = await openStage({ browser })));
    after(() => stage.close());

    it(row(38), (context) =>
      eachAgent(
        context,
        stage,
        [
          // How it is done, and the last thing that is said: the agent leaves with it, or right after it.
          ['hangs-up', 'it says so', 'Hello.', 'ending'],
          ['ends-before-last-words', 'it says so, and more', 'One more thing.', 'ending'],
          ['vanishes', 'its end is closed', 'Hello.', 'said'],
          ['leaves', 'its channel is closed, and nothing is sent', 'Hello.', 'said'],
        ] as const,
        async (call, [, , lastWords, cause]) => {
          await call.reaches('ended', 15_000);
          await call.reads(FAULTS[38].words);
          const events = await call.events();
          const ends = events.filter(({ type }) => type === 'call-end');
          assert.deepEqual(
            ends.map(({ reason }) => reason),
            ['agent'],
          );
          const said = ({ type, turns }: SeenEvent) =>
            type === 'transcript' && turns?.some(({ role, final }) => role === 'agent' && final);
          const causedAtMs = events.find((event) =>
            cause === 'ending' ? event.phase === 'ending' : said(event),
          )?.atMs;
          assert.ok(causedAtMs !== undefined && ends[0]);
          assertWithin(ends[0].atMs - causedAtMs, 0, HANG_UP_MS, SLACK_MS);
          // The visitor may have begun to speak.
          const shown = await call.shownTurns();
          assert.ok(shown.includes(`Agent: ${lastWords}`), shown.join('\n'));
          assert.deepEqual(await codes(call, 'error'), []);
          await assertRests(call);
        },
      ),
    );

    it('slow-answer: it goes live after five seconds', async () => {
      const call = await calling(stage, 'slow-answer');
      await call.reaches('live', 15_000);
      assert.ok(((await call.page.evaluate(() => millisProbe.marks.connected)) ?? 0) > 5_000);
      await hangUp(call);
    });

    it('no-data-channel: a good call without a transcript', async () => {
      const call = await calling(stage, 'no-data-channel');
      await call.reaches('live');
      await call.listens(1_500);
      assert.ok((await call.heard()).soundMs(0) > 200);
      assert.deepEqual(await call.shownTurns(), []);
      assert.deepEqual(await codes(call, 'warning'), []);
      await hangUp(call);
    });

    it('floods: the call goes on, and the page stays responsive', async () => {
      const call = await calling(stage, 'floods');
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
      await call.sees((events) =>
        events.some(({ turns }) => turns?.some(({ text }) => text.endsWith('That was the flood.'))),
      );
      await hangUp(call);
    });
  });
}
