import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launchChromium } from '../support/node/chromium.js';
import { LeakPage } from '../support/node/leak-page.js';
import { LeakRounds } from '../support/node/leak-rounds.js';
import { type OwnPlatform, startOwnPlatform } from '../support/node/own-platform.js';
import { startPageServer, type PageServer } from '../support/node/page-server.js';

/** `npm run soak` makes thousands. */
const CALLS = 60;

let browser: Browser;
let site: PageServer;
let platform: OwnPlatform;
before(async () => {
  [browser, site, platform] = await Promise.all([launchChromium(), startPageServer(), startOwnPlatform()]);
});
after(async () => {
  await browser.close();
  await Promise.all([site.close(), platform.close()]);
});

describe('a page in which call after call is made', { timeout: 60_000 }, () => {
  it(`has after ${CALLS} calls what it had after the tenth, however they started and ended`, async () => {
    const rounds = await LeakRounds.open(browser, site, platform.url);
    const { grown, heapGrowthBytes } = await rounds.call(CALLS);
    assert.deepEqual(grown, []);
    assert.ok(heapGrowthBytes < LeakRounds.MOST_HEAP_BYTES, `the heap grew by ${heapGrowthBytes} bytes`);
    assert.deepEqual(rounds.complaints, []);
  });

  it('releases all of a call in whose middle garbage was collected', async () => {
    const leaks = await LeakPage.open(browser, site, platform.url);
    await leaks.page.evaluate(async (server) => {
      const element = document.createElement('millis-voice-agent');
      Object.assign(element, { server, agentId: 'parrot' });
      document.body.append(element);
      await element.start();
    }, platform.url);
    const live = await leaks.measure();
    assert.deepEqual([live.counts['open peers'], live.counts['live tracks']], [1, 2]);
    await leaks.page.evaluate(() => document.querySelector('millis-voice-agent')?.end());
    const { counts } = await leaks.measure();
    assert.deepEqual([counts['open peers'], counts['live tracks'], counts['timers']], [0, 0, 0]);
  });
});
