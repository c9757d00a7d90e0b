import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hasFirefox } from '../support/node/firefox.js';
import { openStage, type Stage } from '../support/node/stage.js';
import { until } from '../support/node/until.js';

function inFirefox(): void {
  let stage: Stage;
  before(async () => (stage = await openStage({ browser: 'firefox' })));
  after(() => stage.close());

  it('talks with an agent, reads it, and hangs up', async () => {
    // Firefox's false microphone hums without a pause: this agent speaks on.
    const call = await stage.open('steadfast');
    await call.press();
    await call.reaches('live');
    const greeting = 'Hello, I cannot be interrupted.';
    await call.sees(
      (events, text) => events.some(({ turns }) => turns?.some((turn) => turn.text === text)),
      greeting,
    );
    assert.ok((await call.shownTurns()).includes(`Agent: ${greeting}`));
    const offer = await call.page.evaluate(() => millisProbe.marks.offerSdp ?? '');
    assert.match(offer, /a=candidate:/);
    assert.doesNotMatch(offer, /a=end-of-candidates/);
    await call.press();
    await call.reaches('ended');
    await until(async () => (await stage.platform.openCalls()) === 0, 'the platform to see the hang-up');
    assert.deepEqual(await call.alive(), []);
    assert.deepEqual(call.complaints, []);
  });
}

if (hasFirefox()) describe('Firefox', { timeout: 40_000 }, inFirefox);
