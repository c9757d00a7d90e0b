import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { CallPage } from '../support/node/call-page.js';
import { openStage, pageWith, type Stage, widget } from '../support/node/stage.js';

const IN_CORNER = 'placement="bottom-right" transcript background="#123456"';
const LIVE_MS = 10_000;

let stage: Stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

/** A page of somebody who has chosen the colours of everything. */
async function open(attributes: string): Promise<CallPage> {
  const html = pageWith(widget('receptionist', stage.platform.url, attributes));
  const call = await CallPage.open(stage.browser, stage.site.add(html));
  const session = await call.page.createCDPSession();
  const features = [{ name: 'forced-colors', value: 'active' }];
  await session.send('Emulation.setEmulatedMedia', { features });
  assert.ok(await call.page.evaluate(() => matchMedia('(forced-colors: active)').matches));
  return call;
}

/** The border and the background of each button, as they are drawn. */
function buttons(page: Page) {
  return page.$$eval('millis-voice-agent >>> button', (found) =>
    found.map((button) => {
      const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(button);
      return { border: `${borderTopWidth} ${borderTopStyle}`, borderTopColor, backgroundColor };
    }),
  );
}

describe('forced colours', { timeout: 30_000 }, () => {
  it('leave each button with a border that can be seen, at rest and in a call', async () => {
    const { page } = await open(IN_CORNER);
    const atRest = await buttons(page);
    assert.equal(atRest.length, 1);
    await page.locator('millis-voice-agent >>> [part=button]').click();
    await page.waitForSelector('millis-voice-agent[data-phase=live]', { timeout: LIVE_MS });
    await page.waitForSelector('millis-voice-agent >>> [part=mute-button]');
    const live = await buttons(page);
    assert.equal(live.length, 3);
    for (const { border, borderTopColor, backgroundColor } of [...atRest, ...live]) {
      assert.equal(border, '1px solid');
      assert.notEqual(borderTopColor, backgroundColor);
    }
  });

  it("take the site's background off, and leave the focus a ring", async () => {
    const { page } = await open(IN_CORNER);
    await page.keyboard.press('Tab');
    const { outline, color, background } = await page.$eval(
      'millis-voice-agent >>> [part=button]',
      (button) => {
        const style = getComputedStyle(button);
        return { outline: style.outline, color: style.outlineColor, background: style.backgroundColor };
      },
    );
    assert.match(outline, /solid 3px/);
    assert.notEqual(color, background);
    assert.notEqual(background, 'rgb(18, 52, 86)');
  });

  it('leave the red, and what is white on it', async () => {
    const { page } = await open(
      `${IN_CORNER} icon-running="<svg viewBox='0 0 9 9'><path d='M0 0h9'/></svg>"`,
    );
    await page.locator('millis-voice-agent >>> [part=button]').click();
    await page.waitForSelector('millis-voice-agent[data-phase=live]', { timeout: LIVE_MS });
    // The icon is drawn after the phase.
    await page.waitForFunction(
      (red: string) => {
        const icon = document.querySelector('millis-voice-agent')?.shadowRoot?.querySelector('[part=icon]');
        return icon && getComputedStyle(icon).backgroundColor === red;
      },
      {},
      'rgb(217, 45, 45)',
    );
  });
});
