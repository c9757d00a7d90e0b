import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CallPage } from '../support/node/call-page.js';
import { openStage, type Stage } from '../support/node/stage.js';

let stage: Stage;
before(async () => (stage = await openStage({ ask: true })));
after(() => stage.close());

async function permission(call: CallPage, state: 'granted' | 'denied' | 'prompt'): Promise<void> {
  const microphone = { permission: { name: 'microphone' as const }, state };
  await call.page.browserContext().setPermission(stage.site.url, microphone);
}

/** A browser without a window closes its prompts by itself. This leaves the prompt open until the event `decided`. */
async function holdPrompt({ page }: CallPage): Promise<void> {
  await page.evaluate(() => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
    const { getUserMedia } = MediaDevices.prototype;
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      await new Promise((resolve) => addEventListener('decided', resolve, { once: true }));
      return getUserMedia.call(this, constraints);
    };
  });
}

async function errorCodes(call: CallPage): Promise<(string | undefined)[]> {
  return (await call.events()).filter(({ type }) => type === 'error').map(({ code }) => code);
}

// One after the other: they count the offers that reach the platform.
describe('the permission for the microphone', { timeout: 20_000 }, () => {
  it('is waited for with everything ready, and nothing sent', async () => {
    const call = await stage.open('receptionist');
    await permission(call, 'prompt');
    await holdPrompt(call);
    await call.press();
    await call.page.waitForFunction(() => millisProbe.marks.candidates > 0);
    await call.listens(1_000);
    assert.deepEqual(
      (await call.events()).map(({ phase }) => phase),
      ['requesting-microphone'],
    );
    assert.equal(await stage.platform.offers(), 0);
    assert.deepEqual(
      call.requests.filter((url) => url.startsWith(stage.platform.url)),
      [`${stage.platform.url}/agents/receptionist/embed`],
    );

    await permission(call, 'granted');
    await call.page.evaluate(() => dispatchEvent(new Event('decided')));
    await call.reaches('live');
    assert.equal(await stage.platform.offers(), 1);
    await call.press();
    await call.reaches('ended');
    assert.deepEqual(await call.alive(), []);
  });

  it('that comes after the call was cancelled opens nothing', async () => {
    const offersBefore = await stage.platform.offers();
    const call = await stage.open('receptionist');
    await permission(call, 'prompt');
    await holdPrompt(call);
    await call.press();
    await call.reaches('requesting-microphone');
    await call.press();
    await call.reaches('ended');
    await permission(call, 'granted');
    await call.page.evaluate(() => dispatchEvent(new Event('decided')));
    await call.page.waitForFunction(() => millisProbe.marks.microphone !== undefined);
    assert.deepEqual(await call.alive(), []);
    assert.equal(await stage.platform.offers(), offersBefore);
  });

  for (const [state, code] of [
    ['denied', 'microphone-denied'],
    ['prompt', 'microphone-dismissed'],
  ] as const) {
    it(`when it is ${state === 'prompt' ? 'dismissed' : state}: ${code}`, async () => {
      const offersBefore = await stage.platform.offers();
      const call = await stage.open('receptionist');
      await permission(call, state);
      await call.press();
      await call.reaches('failed');
      assert.deepEqual(await errorCodes(call), [code]);
      const notice = await call.page.$eval(
        'millis-voice-agent >>> [part=notice] p',
        (text) => text.textContent,
      );
      assert.match(notice, /microphone/);
      assert.equal(await stage.platform.offers(), offersBefore);
      assert.deepEqual(await call.alive(), []);
    });
  }

  it('when it was granted before lets the offer leave at once', async () => {
    const offersBefore = await stage.platform.offers();
    const call = await stage.open('receptionist');
    await permission(call, 'granted');
    await call.press();
    await call.reaches('live');
    assert.equal(await stage.platform.offers(), offersBefore + 1);
    await call.press();
    await call.reaches('ended');
    assert.deepEqual(await call.alive(), []);
  });
});
