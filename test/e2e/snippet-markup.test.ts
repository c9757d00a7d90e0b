import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Browser } from 'puppeteer-core';
import { choiceAttributes } from '../../demo/playground/choice.js';
import { snippets } from '../../demo/playground/snippets.js';
import { anyChoice } from '../support/node/any-choice.js';
import { launchChromium } from '../support/node/chromium.js';

let browser: Browser;
before(async () => (browser = await launchChromium()));
after(() => browser.close());

describe('a snippet of HTML', { timeout: 20_000 }, () => {
  it('is read by a browser as it was chosen, whatever that is', async () => {
    const page = await browser.newPage();
    const some = fc
      .sample(anyChoice, 200)
      .map((choice) => ({ ...choice, agentId: choice.agentId || 'parrot' }));
    for (const [id, prefix] of [
      ['script', 'data-'],
      ['html', ''],
    ] as const) {
      const texts = some.map((choice) => snippets(choice).find((one) => one.id === id)?.text ?? '');
      const read = await page.evaluate(
        (all) =>
          all.map((text) => {
            const { head, body } = new DOMParser().parseFromString(text, 'text/html');
            const element = body.firstElementChild ?? head.firstElementChild;
            return Array.from(element?.attributes ?? [], ({ name, value }) => [name, value]);
          }),
        texts,
      );
      for (const [index, choice] of some.entries()) {
        const wanted = choiceAttributes(choice).map(([name, value]) => [`${prefix}${name}`, value]);
        const found = read[index]?.filter(([name = '']) => name !== 'async' && name !== 'src');
        assert.deepEqual(found, wanted, texts[index]);
      }
    }
  });
});
