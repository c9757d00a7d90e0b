import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { HTTPRequest, Page } from 'puppeteer-core';
import { FAULTS, row } from '../faults/table.js';
import { CallPage } from '../support/node/call-page.js';
import { HOSTILE_PAGES, hostilePage } from '../support/node/hostile-pages.js';
import { WIDGET_PATH } from '../support/node/page-scripts.js';
import { openStage, pageWith, type Stage, widget } from '../support/node/stage.js';

const BUTTON = 'millis-voice-agent >>> [part=button]';
/** WCAG 2.2, success criterion 2.5.8. */
const LEAST_TARGET_PX = 24;

let stage: Stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

/** That a visitor can find the button: it is seen, large enough, and whoever points at its middle points at it. */
async function assertFound({ page }: CallPage): Promise<void> {
  const button = await page.waitForSelector(BUTTON, { visible: true });
  const { width, height, isOnTop } = await page.evaluate((found) => {
    const { x, y, width, height } = found?.getBoundingClientRect() ?? new DOMRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return { width, height, isOnTop: top?.localName === 'millis-voice-agent' };
  }, button);
  assert.ok(width >= LEAST_TARGET_PX && height >= LEAST_TARGET_PX, `it is ${width} by ${height}`);
  assert.ok(isOnTop, 'something else is where the button is');
}

async function assertCalls(call: CallPage): Promise<void> {
  await assertFound(call);
  await call.press();
  await call.reaches('live');
  await assertFound(call);
  await call.press();
  await call.reaches('ended');
  assert.deepEqual(await call.alive(), []);
  assert.deepEqual(call.complaints, []);
}

/** That a failure is told as everywhere: its words are the last thing that a page may break. */
async function assertFails({ page }: CallPage): Promise<void> {
  await page.$eval('millis-voice-agent', (element) => (element.agentId = 'refuses-500'));
  await page.locator(BUTTON).click();
  const notice = await page.waitForSelector('millis-voice-agent >>> [part=notice] p', { visible: true });
  assert.equal(await notice?.evaluate((text) => (text as HTMLElement).innerText), FAULTS[25].words);
  assert.equal(await page.$eval('millis-voice-agent', ({ error }) => error?.name), 'CallError');
}

describe(row(59), { concurrency: 4, timeout: 180_000 }, () => {
  for (const hostile of HOSTILE_PAGES) {
    it(`a page ${hostile.name}: the button is found, and calls`, async () => {
      const html = hostilePage(hostile, widget('patient', stage.platform.url));
      const call = await CallPage.open(stage.browser, stage.site.add(html));
      await assertCalls(call);
      await assertFails(call);
    });
  }

  for (const [what, server] of [
    ['absolute', ''],
    ['relative', '/voice'],
  ] as const) {
    it(`a page with a base elsewhere, and a server that is ${what}: it is called, and nobody there is`, async () => {
      const base = 'https://elsewhere.example/';
      const tag = widget('patient', server || stage.platform.url);
      const script = `<script src="${stage.site.url}${WIDGET_PATH}"></script>`;
      const html = `<!doctype html><head><base href="${base}" />${script}</head><body>${tag}</body>`;
      const call = await CallPage.open(stage.browser, stage.site.add(html), { onPage: proxyVoice });
      await assertCalls(call);
      assert.deepEqual(
        call.requests.filter((url) => url.startsWith(base)),
        [],
      );
      // Another origin is asked for its permission before.
      const offers = new Set(call.requests.filter((url) => url.endsWith('/webrtc/offer')));
      assert.deepEqual(
        [...offers],
        [`${server ? stage.site.url + server : stage.platform.url}/webrtc/offer`],
      );
    });
  }

  it('a page that puts a modal dialog on top in a call: the call goes on, and a button in the dialog ends it', async () => {
    const dialog = '<dialog><button id="hang-up">Hang up</button></dialog>';
    const tag = widget('patient', stage.platform.url, 'trigger="#hang-up"');
    const call = await CallPage.open(stage.browser, stage.site.add(pageWith(dialog + tag)));
    await call.press();
    await call.reaches('live');
    await call.page.$eval('dialog', (shown) => shown.showModal());
    await call.listens(500);
    assert.equal(await call.page.$eval('millis-voice-agent', ({ phase }) => phase), 'live');
    await call.press('#hang-up');
    await call.reaches('ended');
    assert.deepEqual(call.complaints, []);
  });
});

/** The site has the platform under a path of its own. */
function proxyVoice(page: Page): void {
  void page.setRequestInterception(true);
  page.on('request', (request) => {
    const path = request.url().replace(`${stage.site.url}/voice`, '');
    if (path === request.url()) void request.continue();
    else void forward(request, path);
  });
}

async function forward(request: HTTPRequest, path: string): Promise<void> {
  const body = request.hasPostData() ? await request.fetchPostData() : undefined;
  const response = await fetch(stage.platform.url + path, {
    method: request.method(),
    headers: { 'content-type': 'application/json' },
    ...(body && { body }),
  });
  await request.respond({
    status: response.status,
    contentType: 'application/json',
    body: await response.text(),
  });
}
