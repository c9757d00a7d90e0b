import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { CallPage } from '../support/node/call-page.js';
import { launchChromium } from '../support/node/chromium.js';
import { startPageServer, type PageServer } from '../support/node/page-server.js';
import { pageWith } from '../support/node/stage.js';

/** WCAG 2.2, success criterion 1.4.3; a pixel is rounded. */
const LEAST = 4.45;
const BUTTON = 'millis-voice-agent >>> [part=button]';

let browser: Browser;
let site: PageServer;
before(async () => {
  [browser, site] = await Promise.all([launchChromium(), startPageServer()]);
});
after(async () => {
  await Promise.all([browser.close(), site.close()]);
});

/** Reads the pixels of a picture in the page, and gives the lowest contrast with a colour. Runs in the page. */
const LOWEST_CONTRAST = `async (png, color) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const context = new OffscreenCanvas(image.width + 1, image.height).getContext('2d');
  context.fillStyle = color;
  context.fillRect(image.width, 0, 1, 1);
  context.drawImage(image, 0, 0);
  const luminance = (x, y) => {
    const [r, g, b] = [...context.getImageData(x, y, 1, 1).data].map((value) =>
      value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const text = luminance(image.width, 0);
  let lowest = 21;
  for (let y = 0; y < image.height; y += 2) {
    for (let x = 0; x < image.width; x += 2) {
      const [darker, lighter] = [text, luminance(x, y)].sort((a, b) => a - b);
      lowest = Math.min(lowest, (lighter + 0.05) / (darker + 0.05));
    }
  }
  return lowest;
}`;

/** The lowest contrast of the words' colour with what is painted on the button, seen without words and icon. */
async function seenContrast(background: string, page: string): Promise<number> {
  const html = `<style>body { ${page} }</style>
<millis-voice-agent agent-id="none" background="${background}" button-css="border-radius: 0px; box-shadow: none"></millis-voice-agent>`;
  const { page: tab } = await CallPage.open(browser, site.add(pageWith(html)), {
    ledger: false,
    sound: false,
  });
  const button = await tab.waitForSelector(BUTTON);
  assert.ok(button);
  const color = await button.evaluate((element) => getComputedStyle(element).color);
  // Only what lies under the words is measured.
  await tab.$$eval('millis-voice-agent >>> .label, millis-voice-agent >>> .icon', (elements) => {
    for (const element of elements) element.setAttribute('style', 'opacity: 0');
  });
  const png = await button.screenshot({ encoding: 'base64' });
  const lowest = await tab.evaluate(`(${LOWEST_CONTRAST})(${JSON.stringify(png)}, ${JSON.stringify(color)})`);
  await tab.close();
  return Number(lowest);
}

describe('the words on the button, in pixels', { timeout: 30_000 }, () => {
  for (const background of [
    '#ffe066',
    '#777',
    'rgb(255 255 255 / 0.5)',
    'linear-gradient(135deg, #667eea 0%, #764ba2 100%)',
    'linear-gradient(in oklab, blue, yellow)',
    'conic-gradient(red, yellow, lime, aqua, blue, magenta, red)',
    'repeating-linear-gradient(45deg, #000 0 6px, #fff 6px 12px)',
    'light-dark(#fffbe6, #1b1b1b)',
  ]) {
    for (const page of ['background: white', 'background: #111; color-scheme: dark']) {
      it(`can be read on ${background}, on a page with ${page}`, async () => {
        const lowest = await seenContrast(background, page);
        assert.ok(lowest >= LEAST, `the contrast is ${lowest.toFixed(2)}`);
      });
    }
  }
});
