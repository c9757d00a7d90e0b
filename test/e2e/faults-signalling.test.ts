import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { CallPage } from '../support/node/call-page.js';
import {
  assertFails,
  assertRests,
  assertWithin,
  eachAgent,
  hangUp,
  offerGapsMs,
  RETRY_MS,
} from '../support/node/faulty-call.js';
import { openStage, pageWith, type Stage, widget } from '../support/node/stage.js';
import { FAULTS, row } from '../faults/table.js';

// Windows of Firefox take the focus from each other, and a button that gets it prepares a peer: in Chromium only, as yet.
for (const browser of ['chromium'] as const) {
  describe(`Signalling, in ${browser}`, { concurrency: 4, timeout: 90_000 }, () => {
    let stage: Stage;
    before(async () => (stage = await openStage({ browser })));
    after(() => stage.close());

    /** A visitor who pressed the button of a page that calls another server. */
    async function callingAt(server: string, head?: string): Promise<CallPage> {
      const url = stage.site.add(pageWith(widget('parrot', server), head));
      const call = await CallPage.open(stage.browser, url);
      await call.press();
      return call;
    }

    // The slow one first, so that the others run meanwhile.
    it(row(21), (context) =>
      eachAgent(context, stage, [['never-answers', FAULTS[21].code]], async (call) => {
        await call.reads('Still connecting…', 8_000);
        await assertFails(call, FAULTS[21]);
        assert.equal((await call.offersAtMs()).length, 1);
        await assertRests(call);
      }),
    );

    it(row(18), async () => {
      const call = await stage.open('no-data-channel');
      await call.page.setOfflineMode(true);
      await call.press();
      const error = await assertFails(call, FAULTS[18], { listens: /^listener window online / });
      assert.equal(error.retryable, true);
      await call.page.setOfflineMode(false);
      await call.reads('You are online again.');
      assert.equal(await call.action(), 'Try again');
      await call.press('millis-voice-agent >>> [part=notice] .action');
      await call.reaches('live');
      await hangUp(call);
    });

    it(row(19), async (context) => {
      const { port } = new URL(stage.site.url);
      const servers = {
        'nobody listens': `http://127.0.0.1:${await freePort()}`,
        'no such name': 'http://nobody.invalid',
        'no TLS': `https://127.0.0.1:${port}`,
        'no CORS': `http://localhost:${port}`,
      };
      for (const [name, server] of Object.entries(servers)) {
        await context.test(name, async () => {
          const call = await callingAt(server);
          await assertFails(call, FAULTS[19]);
          const [gapMs, ...more] = await offerGapsMs(call);
          assertWithin(gapMs, ...RETRY_MS);
          assert.deepEqual(more, []);
          // Pressed again it fails again, and the console has nothing new.
          await call.press();
          await call.sees((events) => events.filter(({ type }) => type === 'error').length === 2);
          const advice = call.said.filter((text) => /certificate.*CORS.*blocker/.test(text));
          assert.equal(advice.length, 1, call.said.join('\n'));
          await assertRests(call);
        });
      }
      await eachAgent(context, stage, [['resets', FAULTS[19].code]], async (call) => {
        await assertFails(call, FAULTS[19]);
        assertWithin((await offerGapsMs(call))[0], ...RETRY_MS);
        await assertRests(call);
      });
      await eachAgent(context, stage, [['resets-at-first', 'live with the second offer']], async (call) => {
        await call.reaches('live');
        assertWithin((await offerGapsMs(call))[0], ...RETRY_MS);
        await hangUp(call);
      });
    });

    it(row(20), async () => {
      const policy = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'" />`;
      const call = await callingAt(stage.platform.url, policy);
      const error = await assertFails(call, FAULTS[20]);
      assert.match(error.message, /connect-src/);
      assert.ok(error.message.includes(stage.platform.url), error.message);
      assert.equal(error.retryable, false);
      assert.equal(await call.action(), undefined);
      assert.equal((await call.offersAtMs()).length, 1);
      await assertRests(call);
    });

    it(row(26), (context) =>
      eachAgent(context, stage, [['redirects', FAULTS[26].code]], async (call) => {
        const error = await assertFails(call, FAULTS[26]);
        // Followed, it would go round and round, and no redirect would be seen.
        assert.match(error.message, /redirect/);
        assert.equal(error.retryable, false);
        assert.equal((await call.offersAtMs()).length, 1);
        await assertRests(call);
      }),
    );

    for (const [number, agentIds] of [
      [27, ['answers-html', 'answers-broken-json', 'answers-huge']],
      [28, ['answers-offer-type']],
      [29, ['answers-garbage-sdp']],
      [30, ['answers-no-audio']],
    ] as const) {
      it(row(number), (context) =>
        eachAgent(
          context,
          stage,
          agentIds.map((agentId) => [agentId, FAULTS[number].code] as const),
          async (call) => {
            const { message } = await assertFails(call, FAULTS[number]);
            const told = [message, ...call.said].join('\n');
            assert.doesNotMatch(told, /v=0|m=audio|a=|this is not a session description/);
            assert.equal((await call.offersAtMs()).length, 1);
            await assertRests(call);
          },
        ),
      );
    }
  });
}

/** A port of this machine where nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
