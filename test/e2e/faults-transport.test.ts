import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CallPage } from '../support/node/call-page.js';
import {
  assertFails,
  assertRests,
  assertWithin,
  calling,
  codes,
  eachAgent,
  hangUp,
  offerGapsMs,
} from '../support/node/faulty-call.js';
import { openStage, pageWith, type Stage, widget } from '../support/node/stage.js';
import { FAULTS, row } from '../faults/table.js';

const HOLD_MS = 12_000;

// Firefox's false microphone hums without a pause, so its agents do not tell their greetings from answers: in Chromium only.
for (const browser of ['chromium'] as const) {
  describe(`Transport, in ${browser}`, { concurrency: 5, timeout: 120_000 }, () => {
    let stage: Stage;
    before(async () => (stage = await openStage({ browser, beeps: true })));
    after(() => stage.close());

    /** A visitor who pressed the button of a page whose calls are made again by themselves. */
    async function callingWithReconnect(agentId: string): Promise<CallPage> {
      const tag = widget(agentId, stage.platform.url, 'transcript auto-reconnect');
      const call = await CallPage.open(stage.browser, stage.site.add(pageWith(tag)));
      await call.press();
      return call;
    }

    // The slow ones first, so that the others run meanwhile.
    it(`${row(35)} With auto-reconnect.`, async () => {
      const call = await callingWithReconnect('goes-silent');
      await assertFails(call, FAULTS[35], { timeoutMs: 80_000 });
      assert.equal(await call.action(), 'Call again');
      // The first offer and two more: after the greeting, the silence that is held for 12 s, and the pause.
      const [first, second, ...more] = await offerGapsMs(call);
      assert.deepEqual(more, []);
      assertWithin(first, HOLD_MS + 500, HOLD_MS + 1_000, 6_000);
      assertWithin(second, HOLD_MS + 2_000, HOLD_MS + 2_500, 6_000);
      // Each session greeted, and all of it is kept.
      assert.equal(await greetings(call), 3);
      await assertRests(call);
    });

    it(`${row(31)} With a relay.`, async () => {
      const call = await stage.open('never-connects');
      await call.page.$eval('millis-voice-agent', (element) => {
        // Nobody listens there: what is asked for is the way through it alone.
        Object.assign(element, {
          iceServers: [{ urls: 'turn:127.0.0.1:34780', username: 'visitor', credential: 'secret' }],
        });
      });
      await call.press();
      await assertFails(call, FAULTS[31], { timeoutMs: 40_000 });
      const { icePolicies } = await call.page.evaluate(() => millisProbe.marks);
      assert.deepEqual(icePolicies, ['all', 'relay']);
      assert.equal((await call.offersAtMs()).length, 2);
      await assertRests(call);
    });

    it(row(31), async () => {
      const call = await calling(stage, 'never-connects');
      await assertFails(call, FAULTS[31]);
      assert.equal((await call.offersAtMs()).length, 1);
      await assertRests(call);
    });

    it(row(35), async () => {
      const call = await calling(stage, 'goes-silent');
      await call.reaches('reconnecting', 15_000);
      await assertFails(call, FAULTS[35]);
      assert.equal(await greetings(call), 1);
      const phases = (await call.events()).flatMap(({ phase }) => phase ?? []);
      assert.deepEqual(phases.slice(-3), ['live', 'reconnecting', 'failed']);
      assert.equal((await call.offersAtMs()).length, 1);
      assert.equal(await call.action(), 'Call again');
      await call.press('millis-voice-agent >>> [part=notice] .action');
      await call.sees((events) => events.filter(({ phase }) => phase === 'live').length === 2);
      await hangUp(call);
    });

    it(`${row(35)} With auto-reconnect, refused.`, async () => {
      const call = await callingWithReconnect('goes-silent-then-refuses');
      await assertFails(call, FAULTS[35]);
      assert.equal((await call.offersAtMs()).length, 2);
      assert.equal(await greetings(call), 1);
      await assertRests(call);
    });

    it(row(41), (context) =>
      eachAgent(context, stage, [['never-sends', FAULTS[41].code]], async (call) => {
        await assertFails(call, FAULTS[41]);
        const events = await call.events();
        const liveAtMs = events.find(({ phase }) => phase === 'live')?.atMs ?? 0;
        const failedAtMs = events.find(({ phase }) => phase === 'failed')?.atMs ?? 0;
        assertWithin(failedAtMs - liveAtMs, 8_000, 8_500);
        await assertRests(call);
      }),
    );

    it(row(33), async () => {
      const call = await calling(stage, 'pauses');
      await call.reaches('reconnecting', 15_000);
      await call.reads(FAULTS[33].words);
      // The phase, and nothing else that the visitor would have to act on.
      assert.equal(await call.action(), undefined);
      await call.sees((events) => events.filter(({ phase }) => phase === 'live').length === 2);
      const events = await call.events();
      const atMs = (wanted: string) => events.findLast(({ phase }) => phase === wanted)?.atMs ?? 0;
      assert.ok(atMs('live') - atMs('reconnecting') < 3_000);
      assert.deepEqual([...(await codes(call, 'error')), ...(await codes(call, 'warning'))], []);
      assert.equal((await call.offersAtMs()).length, 1);
      assert.ok((await call.page.evaluate(() => millisProbe.marks.icePolicies)).length === 1);
      await hangUp(call);
    });

    it(row(32), (context) =>
      eachAgent(context, stage, [['answers-wrong-fingerprint', FAULTS[32].code]], async (call) => {
        await assertFails(call, FAULTS[32]);
        assert.equal((await call.offersAtMs()).length, 1);
        await assertRests(call);
      }),
    );

    it(row(39), (context) =>
      eachAgent(context, stage, [['closes-channel', FAULTS[39].code]], async (call) => {
        await call.sees((events, code) => events.some((event) => event.code === code), FAULTS[39].code);
        await call.reads(FAULTS[39].words);
        const phase = await call.page.$eval('millis-voice-agent', (element) => element.dataset['phase']);
        assert.equal(phase, 'live');
        assert.deepEqual(await codes(call, 'warning'), [FAULTS[39].code]);
        assert.deepEqual(await codes(call, 'error'), []);
        await hangUp(call);
      }),
    );
  });
}

/** How often the agent greeted, by what the visitor reads: each session does so once. */
async function greetings(call: CallPage): Promise<number> {
  return (await call.shownTurns()).filter((text) => text === 'Agent: Hello.').length;
}
