import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { row } from '../faults/table.js';
import { CallPage } from '../support/node/call-page.js';
import { openStage, pageWith, type Stage, widget } from '../support/node/stage.js';

const BUTTON = 'millis-voice-agent >>> [part=button]';
const HELD_FOR = 12;
/** The promise is a tenth of a second; a loaded machine gets more. */
const AT_REST_MS = 1_000;

let stage: Stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

async function open(trigger = ''): Promise<CallPage> {
  const button = `<button id="call">Call us</button>`;
  const tag = widget('patient', stage.platform.url, trigger && `trigger="${trigger}"`);
  const call = await CallPage.open(stage.browser, stage.site.add(pageWith(button + tag)));
  await call.page.waitForSelector(BUTTON);
  return call;
}

async function phases(call: CallPage): Promise<(string | undefined)[]> {
  return (await call.events()).filter(({ type }) => type === 'state-change').map(({ phase }) => phase);
}

async function endsWith(call: CallPage, selector: string): Promise<void> {
  await call.press(selector);
  await call.reaches('ended');
  assert.deepEqual(await phases(call), ['requesting-microphone', 'connecting', 'live', 'ending', 'ended']);
  // What listens for the page's own buttons does so for as long as the element is there.
  const left = (await call.alive()).filter((thing) => !thing.startsWith('listener document '));
  assert.deepEqual(left, []);
}

describe(row(50), { concurrency: 3, timeout: 60_000 }, () => {
  for (const [what, selector] of [
    ["the widget's button", BUTTON],
    ["a button of the page's", '#call'],
  ] as const) {
    it(`a double click on ${what} makes one call`, async () => {
      const call = await open(selector === BUTTON ? '' : selector);
      const button = await call.page.waitForSelector(selector);
      await button?.click({ count: 2 });
      await call.reaches('live');
      await endsWith(call, selector);
    });

    it(`a held key on ${what} makes one call`, async () => {
      const call = await open(selector === BUTTON ? '' : selector);
      await call.page.focus(selector);
      for (let repetition = 0; repetition < HELD_FOR; repetition += 1) await call.page.keyboard.down('Enter');
      await call.page.keyboard.up('Enter');
      await call.reaches('live');
      await endsWith(call, selector);
    });
  }

  it('a second press while it connects cancels', async () => {
    const call = await open();
    await call.page.$eval('millis-voice-agent', (element) => (element.agentId = 'never-answers'));
    await call.press();
    await call.reaches('connecting');
    const name = await call.page.$eval(BUTTON, (button) => button.textContent);
    assert.match(name, /Cancel/);
    await call.press();
    await call.reaches('ended');
    // The browser may still be telling that the request was given up.
    await call.page.waitForFunction(() => millisLedger.alive().length === 0, { timeout: AT_REST_MS });
  });
});
