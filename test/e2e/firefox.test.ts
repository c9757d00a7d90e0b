import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { type Browser, launch } from 'puppeteer-core';
import { startPlatform, type Platform } from '../../demo/platform/platform.js';
import { CallPage } from '../support/node/call-page.js';
import { startPageServer, type PageServer } from '../support/node/page-server.js';
import { pageWith, widget } from '../support/node/stage.js';
import { until } from '../support/node/until.js';

const FIREFOX = process.env['MILLIS_FIREFOX'] ?? '/usr/bin/firefox-esr';

function launchFirefox(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    extraPrefsFirefox: {
      'media.autoplay.default': 0,
      'media.navigator.permission.disabled': true,
      'media.navigator.streams.fake': true,
      'media.peerconnection.ice.loopback': true,
    },
  });
}

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

if (existsSync(FIREFOX)) describe('Firefox', { timeout: 40_000 }, inFirefox);
else console.log(`No Firefox at ${FIREFOX}: not tested with it. Install firefox-esr, or set MILLIS_FIREFOX.`);
