import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { CallPage } from '../support/node/call-page.js';
import { launchChromium } from '../support/node/chromium.js';
import { startPageServer, type PageServer } from '../support/node/page-server.js';
import { pageWith, widget } from '../support/node/stage.js';
import { until } from '../support/node/until.js';
import { type LibdatachannelAgent, startLibdatachannelAgent } from './libdatachannel-agent.js';

let agent: LibdatachannelAgent;
let site: PageServer;
let browser: Browser;
before(async () => {
  agent = await startLibdatachannelAgent('session-of-libdatachannel');
  site = await startPageServer();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await Promise.all([site.close(), agent.close()]);
});

describe('a platform on libdatachannel', { timeout: 30_000 }, () => {
  it('is called as any other', async () => {
    const call = await CallPage.open(browser, site.add(pageWith(widget('anyone', agent.url))));
    await call.press();
    await call.reaches('live');
    await call.page.waitForFunction(
      () =>
        document.querySelector<MillisVoiceAgent>('millis-voice-agent')?.sessionId ===
        'session-of-libdatachannel',
    );
    await call.page.waitForFunction(() => millisProbe.marks.firstPacket !== undefined);
    await until(() => agent.packetsReceived() > 20, "the visitor's packets");
    await call.press();
    await call.reaches('ended');
    await until(() => agent.states.includes('closed'), 'the hang-up');
    assert.deepEqual(await call.alive(), []);
    assert.deepEqual(call.complaints, []);
  });
});
