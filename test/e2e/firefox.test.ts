import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startPlatform, type Platform } from '../../demo/platform/platform.js';
import { CallPage } from '../support/node/call-page.js';
import { hasFirefox, launchFirefox } from '../support/node/firefox.js';
import { startPageServer, type PageServer } from '../support/node/page-server.js';
import { pageWith, widget } from '../support/node/stage.js';
import { until } from '../support/node/until.js';

function inFirefox(): void {
  let platform: Platform;
  let site: PageServer;
  let browser: Browser;
  before(async () => {
    platform = await startPlatform();
    site = await startPageServer();
    browser = await launchFirefox();
  });
  after(async () => {
    await browser.close();
    await Promise.all([site.close(), platform.close()]);
  });

  it('talks with an agent, reads it, and hangs up', async () => {
    // Firefox's false microphone hums without a pause: this agent speaks on.
    const call = await CallPage.open(browser, site.add(pageWith(widget('steadfast', platform.url))));
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
    await until(() => platform.openCalls() === 0, 'the platform to see the hang-up');
    assert.deepEqual(await call.alive(), []);
    assert.deepEqual(call.complaints, []);
  });
}

if (hasFirefox()) describe('Firefox', { timeout: 40_000 }, inFirefox);
