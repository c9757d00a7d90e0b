import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { ENGLISH } from '../../src/element/labels.js';
import { FAULTS, row } from '../faults/table.js';
import { CallPage } from '../support/node/call-page.js';
import { launchChromium } from '../support/node/chromium.js';
import { startPageServer, type PageServer } from '../support/node/page-server.js';
import { type OwnPlatform, startOwnPlatform } from '../support/node/own-platform.js';
import { pageWith, widget } from '../support/node/stage.js';

const NOTICE = 'millis-voice-agent >>> [part=notice] p';

let site: PageServer;
let platform: OwnPlatform;
let browser: Browser | undefined;
before(async () => {
  site = await startPageServer();
  platform = await startOwnPlatform();
});
after(() => Promise.all([site.close(), platform.close(), browser?.close()]));

/** A visitor of a plain page, in a browser of its own. */
async function visit(flags: Parameters<typeof launchChromium>[0]): Promise<CallPage> {
  await browser?.close();
  browser = await launchChromium(flags);
  return CallPage.open(browser, site.add(pageWith(widget('parrot', platform.url))));
}

async function reads(call: CallPage, text: string): Promise<void> {
  await call.page.waitForFunction(
    (wanted: string) =>
      document.querySelector('millis-voice-agent')?.shadowRoot?.querySelector('[part=notice] p')
        ?.textContent === wanted,
    { polling: 50 },
    text,
  );
}

/** One error, its words, no offer, and nothing alive. */
async function assertRefused(
  call: CallPage,
  { code, words }: { code: string; words: string },
): Promise<void> {
  await call.reaches('failed');
  const errors = (await call.events()).filter(({ type }) => type === 'error');
  assert.deepEqual(
    errors.map((error) => error.code),
    [code],
  );
  await reads(call, words);
  assert.equal(await platform.offers(), 0);
  assert.equal(await call.page.$eval(NOTICE, (text) => text.checkVisibility()), true);
}

// One after the other: they count the offers, and the last ones call.
describe('a microphone that the browser withholds', { timeout: 30_000 }, () => {
  it(row(1), async () => {
    const call = await visit({ deny: true });
    await call.press();
    await assertRefused(call, FAULTS[1]);
    assert.deepEqual(await call.alive(), []);
  });

  it(row(8), async () => {
    const call = await visit({ deaf: true, ask: true });
    await call.press();
    await assertRefused(call, FAULTS[8]);
    // No microphone can be connected here: the page is told of one.
    await call.page.evaluate(() => {
      const device = { kind: 'audioinput', deviceId: 'new', groupId: 'new', label: '' };
      navigator.mediaDevices.enumerateDevices = () => Promise.resolve([device as MediaDeviceInfo]);
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await reads(call, ENGLISH['mended-microphone-missing']);
    assert.deepEqual(await call.alive(), []);
  });

  it(row(3), async () => {
    const call = await visit({ ask: true });
    const set = (state: 'granted' | 'denied') =>
      call.page.browserContext().setPermission(site.url, { permission: { name: 'microphone' }, state });
    await set('denied');
    await call.press();
    await assertRefused(call, FAULTS[3]);
    await set('granted');
    await reads(call, ENGLISH['mended-microphone-denied']);
    await call.press('millis-voice-agent >>> [part=notice] .action');
    await call.reaches('live');
    await call.press();
    await call.reaches('ended');
    assert.deepEqual(await call.alive(), []);
    assert.deepEqual(call.complaints, []);
  });
});
