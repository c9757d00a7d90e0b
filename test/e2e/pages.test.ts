import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CallPage } from '../support/node/call-page.js';
import { WIDGET_PATH } from '../support/node/page-scripts.js';
import { openStage, pageWith, type Stage, widget } from '../support/node/stage.js';

let stage: Stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

function open(html: string | Buffer, contentType?: string): Promise<CallPage> {
  return CallPage.open(stage.browser, stage.site.add(html, contentType));
}

describe('a page', { concurrency: true, timeout: 20_000 }, () => {
  it('fetches itself, the script and the config, and nothing more while the visitor only points at the button', async () => {
    const call = await stage.open('receptionist');
    await call.page.waitForFunction(() => document.readyState === 'complete');
    const button = await call.page.waitForSelector('millis-voice-agent >>> [part=button]');
    await button?.hover();
    await call.page.waitForSelector('link[rel=preconnect]');
    const hints = await call.page.$$eval('link', (links) => links.map(({ rel, href }) => [rel, href]));
    assert.deepEqual(hints, [['preconnect', `${stage.platform.url}/`]]);
    const fetched = call.requests.filter((url) => !url.endsWith('/favicon.ico'));
    const config = `${stage.platform.url}/agents/receptionist/embed`;
    assert.deepEqual(fetched, [call.page.url(), `${stage.site.url}${WIDGET_PATH}`, config]);
    // A peer is prepared; no microphone is opened, nobody is told, and it all goes with the element.
    assert.equal(await call.page.evaluate(() => millisLedger.liveTracks().length), 0);
    assert.deepEqual(await call.events(), []);
    await call.page.$eval('millis-voice-agent', (element) => element.remove());
    assert.deepEqual(await call.alive(), []);
  });

  it('with two elements: the second call replaces the first', async () => {
    const [first, second] = [
      widget('patient', stage.platform.url, 'id="first"'),
      widget('patient', stage.platform.url, 'id="second"'),
    ];
    const call = await open(pageWith(first + second));
    const phases = () =>
      call.page.$$eval('millis-voice-agent', (elements) =>
        elements.map((element) => element.getAttribute('data-phase')),
      );
    await call.press('#first >>> [part=button]');
    await call.page.waitForSelector('#first[data-phase=live]');
    await call.press('#second >>> [part=button]');
    await call.page.waitForSelector('#second[data-phase=live]');
    assert.deepEqual(await phases(), ['ended', 'live']);
    const ends = (await call.events()).filter(({ type }) => type === 'call-end');
    assert.deepEqual(
      ends.map(({ reason }) => reason),
      ['replaced'],
    );
    assert.equal(await call.page.evaluate(() => millisLedger.liveTracks().length), 1);
    await call.press('#second >>> [part=button]');
    await call.page.waitForSelector('#second[data-phase=ended]');
    assert.deepEqual(await call.alive(), []);
  });

  it('in another encoding shows every character', async () => {
    const html = pageWith(`<p>Français</p>${widget('never-answers', stage.platform.url)}`, '');
    const call = await open(Buffer.from(html, 'latin1'), 'text/html; charset=iso-8859-1');
    assert.equal(await call.page.evaluate(() => document.characterSet), 'windows-1252');
    assert.equal(await call.page.$eval('p', (text) => text.textContent), 'Français');
    await call.press();
    await call.reaches('connecting');
    const shown = await call.page.waitForSelector('millis-voice-agent >>> .label [data-shown]');
    assert.equal(await shown?.evaluate((label) => label.textContent), 'Connecting…');
    await call.press();
    await call.reaches('ended');
  });

  it('that has the script twice works as with one', async () => {
    const script = `<script src="${WIDGET_PATH}"></script>`;
    const call = await open(pageWith(widget('patient', stage.platform.url), script + script));
    await call.press();
    await call.reaches('live');
    await call.press();
    await call.reaches('ended');
    assert.equal((await call.events()).filter(({ phase }) => phase === 'live').length, 1);
    assert.deepEqual(await call.alive(), []);
    assert.deepEqual(call.complaints, []);
  });
});
