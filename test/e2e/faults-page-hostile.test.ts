import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FAULTS, row } from '../faults/table.js';
import { CallPage } from '../support/node/call-page.js';
import { HOSTILE_PAGES, hostilePage } from '../support/node/hostile-pages.js';
import { openStage, type Stage, widget } from '../support/node/stage.js';

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

describe(row(59), { concurrency: 4, timeout: 30_000 }, () => {
  for (const hostile of HOSTILE_PAGES) {
    it(`a page ${hostile.name}: the button is found, and calls`, async () => {
      const html = hostilePage(hostile, widget('patient', stage.platform.url));
      const call = await CallPage.open(stage.browser, stage.site.add(html));
      await assertCalls(call);
      await assertFails(call);
    });
  }
});
