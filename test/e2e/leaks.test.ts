import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startPlatform, type Platform } from '../../demo/platform/platform.js';
import { launchChromium } from '../support/node/chromium.js';
import { LeakRounds } from '../support/node/leak-rounds.js';
import { startPageServer, type PageServer } from '../support/node/page-server.js';

/** `npm run soak` makes thousands. */
const CALLS = 60;

let browser: Browser;
let site: PageServer;
let platform: Platform;
before(async () => {
  [browser, site, platform] = await Promise.all([launchChromium(), startPageServer(), startPlatform()]);
  await platform.warmed;
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
});
