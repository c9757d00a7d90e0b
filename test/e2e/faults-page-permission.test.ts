import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { FAULTS, row } from '../faults/table.js';
import { CallPage } from '../support/node/call-page.js';
import { launchChromium } from '../support/node/chromium.js';
import { watchConsole } from '../support/node/page-console.js';
import { WIDGET_PATH } from '../support/node/page-scripts.js';
import { type PageServer, startPageServer } from '../support/node/page-server.js';
import { openStage, pageWith, type Stage, widget } from '../support/node/stage.js';

const BUTTON = 'millis-voice-agent >>> [part=button]';
const NOTICE = 'millis-voice-agent >>> [part=notice] p';
const INSECURE_HOST = 'insecure.test';

let stage: Stage;
/** Another origin. */
let elsewhere: PageServer;
let insecure: Browser;
before(async () => {
  stage = await openStage();
  elsewhere = await startPageServer();
  insecure = await launchChromium({ flags: [`--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`] });
});
after(async () => {
  await Promise.all([stage.close(), elsewhere.close(), insecure.close()]);
});

function widgetPage(head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>A site</title>${head}
<script src="${WIDGET_PATH}"></script></head><body>${widget('patient', stage.platform.url)}</body></html>`;
}

async function open(address: string, browser = stage.browser) {
  const { said, onPage } = watchConsole();
  return { call: await CallPage.open(browser, address, { onPage }), said };
}

/** Opens a page with a frame that has the widget, from another origin. */
async function openFrame(attributes: string, headers: Readonly<Record<string, string>> = {}) {
  const address = elsewhere.add(widgetPage());
  const html = `<!doctype html><title>A page around</title><iframe src="${address}" ${attributes}></iframe>`;
  const { call, said } = await open(stage.site.add(html, 'text/html', headers));
  const frame = call.page.frames().find((each) => each.url() === address);
  assert.ok(frame, 'there is no frame');
  await frame.waitForSelector(BUTTON);
  return { call, frame, said };
}

async function codes(place: Page | Frame): Promise<(string | undefined)[]> {
  const events = await place.evaluate(() => millisProbe.events);
  return events.filter(({ type }) => type === 'error').map(({ code }) => code);
}

/** Waits for the notice, and says what is in it. */
async function notice(place: Page | Frame): Promise<string> {
  const shown = await place.waitForSelector(NOTICE, { visible: true });
  return (await shown?.evaluate((text) => (text as HTMLElement).innerText)) ?? '';
}

/** Before anybody presses: it is known, and said to whoever points at the button. */
async function assertKnownBefore(place: Page | Frame, code: string, words: string): Promise<void> {
  await place.waitForSelector(`millis-voice-agent[data-unavailable=${code}]`);
  await place.locator(BUTTON).hover();
  assert.equal(await notice(place), words);
  assert.deepEqual(await place.evaluate(() => millisProbe.events), []);
}

async function assertFails(place: Page | Frame, code: string, words: string): Promise<void> {
  await place.locator(BUTTON).click();
  await place.waitForSelector('millis-voice-agent[data-phase=failed]');
  assert.equal(await notice(place), words);
  assert.deepEqual(await codes(place), [code]);
  assert.deepEqual(await place.evaluate(() => millisLedger.alive()), []);
}

describe(row(5), { concurrency: 3, timeout: 60_000 }, () => {
  const { code, words } = FAULTS[5];

  for (const [what, attributes] of [
    ['a frame of another origin', ''],
    ['an opaque sandbox', 'sandbox="allow-scripts"'],
  ] as const) {
    it(what, async () => {
      const { call, frame, said } = await openFrame(attributes);
      await assertKnownBefore(frame, code, words);
      await assertFails(frame, code, words);
      assert.equal(said().length, 1, said().join('\n'));
      assert.match(said()[0] ?? '', /<iframe> needs allow="microphone"/);
      assert.deepEqual(call.complaints, []);
    });
  }

  it('an opaque sandbox that is allowed the microphone, and never gets it', async () => {
    const { call, frame, said } = await openFrame('sandbox="allow-scripts" allow="microphone"');
    await assertFails(frame, code, words);
    assert.equal(said().length, 1, said().join('\n'));
    assert.match(said()[0] ?? '', /no sandbox without allow-same-origin/);
    assert.deepEqual(call.complaints, []);
  });

  it('and the same frame with allow="microphone" calls', async () => {
    const { call, frame, said } = await openFrame('allow="microphone"');
    await frame.locator(BUTTON).click();
    await frame.waitForSelector('millis-voice-agent[data-phase=live]');
    await frame.locator(BUTTON).click();
    await frame.waitForSelector('millis-voice-agent[data-phase=ended]');
    assert.deepEqual(await frame.evaluate(() => millisLedger.alive()), []);
    assert.deepEqual(said(), []);
    assert.deepEqual(call.complaints, []);
  });

  it("a header of the page's", async () => {
    const headers = { 'permissions-policy': 'microphone=()' };
    const { call, said } = await open(stage.site.add(widgetPage(), 'text/html', headers));
    await assertKnownBefore(call.page, code, words);
    await assertFails(call.page, code, words);
    assert.equal(said().length, 1, said().join('\n'));
    assert.match(said()[0] ?? '', /Permissions-Policy: microphone=\(self\)/);
    assert.deepEqual(call.complaints, []);
  });

  it('a header of the page around the frame', async () => {
    const { frame, said } = await openFrame('allow="microphone"', { 'permissions-policy': 'microphone=()' });
    await assertFails(frame, code, words);
    assert.equal(said().length, 1, said().join('\n'));
    assert.match(said()[0] ?? '', /the page around it forbid it by a Permissions-Policy header/);
  });
});

describe(row(6), { timeout: 60_000 }, () => {
  it('a page without https', async () => {
    const { code, words } = FAULTS[6];
    const address = stage.site.add(widgetPage()).replace('127.0.0.1', INSECURE_HOST);
    const { call, said } = await open(address, insecure);
    assert.equal(await call.page.evaluate(() => isSecureContext), false);
    await assertKnownBefore(call.page, code, words);
    await assertFails(call.page, code, words);
    assert.deepEqual(said(), ['Serve the page over https.']);
    assert.deepEqual(call.complaints, []);
  });
});

describe(row(7), { concurrency: 3, timeout: 60_000 }, () => {
  const { code, words } = FAULTS[7];

  for (const [what, head] of [
    ['it is not there', 'delete window.RTCPeerConnection'],
    ['somebody took it away', 'window.RTCPeerConnection = undefined'],
  ] as const) {
    it(what, async () => {
      const { call } = await open(stage.site.add(widgetPage(`<script>${head}</script>`)));
      await assertKnownBefore(call.page, code, words);
      await assertFails(call.page, code, words);
      assert.deepEqual(call.complaints, []);
    });
  }

  it('its constructor throws', async () => {
    const head = `<script>RTCPeerConnection = class { constructor() { throw new DOMException('No.', 'NotSupportedError'); } }</script>`;
    const { call } = await open(stage.site.add(widgetPage(head)));
    await assertFails(call.page, code, words);
    assert.deepEqual(call.complaints, []);
  });

  it('and a page that says so to its own buttons only', async () => {
    const html = pageWith(
      `<script>delete window.RTCPeerConnection</script><button id="call">Call us</button>${widget('patient', stage.platform.url, 'placement="none" trigger="#call"')}`,
    );
    const { call } = await open(stage.site.add(html));
    await call.page.waitForSelector(`millis-voice-agent[data-unavailable=${code}]`);
    await call.press('#call');
    await call.reaches('failed');
    assert.deepEqual(await codes(call.page), [code]);
    assert.deepEqual(call.complaints, []);
  });
});
