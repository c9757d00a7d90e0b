import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { row } from '../faults/table.js';
import { CallPage } from '../support/node/call-page.js';
import { openStage, pageWith, type Stage } from '../support/node/stage.js';
import { until } from '../support/node/until.js';

/** A server that is not told learns of it only after 7 s. */
const TOLD_MS = 2_000;

let stage: Stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

function phase({ page }: CallPage): Promise<string | null> {
  return page.$eval('millis-voice-agent', (element) => element.getAttribute('data-phase'));
}

async function liveCall(): Promise<CallPage> {
  const call = await stage.open('steadfast');
  await call.press();
  await call.reaches('live');
  return call;
}

describe(row(48), { timeout: 60_000 }, () => {
  it('the visitor looks at another tab meanwhile', async () => {
    const call = await liveCall();
    const other = await call.page.browserContext().newPage();
    await other.bringToFront();
    assert.equal(await call.page.evaluate(() => document.visibilityState), 'hidden');
    const hiddenAtMs = await call.now();
    await call.listens(2_500);
    assert.ok((await call.heard()).soundMs(hiddenAtMs) > 500, 'the agent fell silent');
    assert.equal(await phase(call), 'live');
    await call.page.bringToFront();
    await other.close();
    await call.listens(500);
    assert.equal(await phase(call), 'live');
    await call.press();
    await call.reaches('ended');
    assert.deepEqual(await call.alive(), []);
  });
});

// One after the other: they count the calls of the platform.
describe(row(49), { concurrency: 1, timeout: 60_000 }, () => {
  it('another page is opened, and the visitor goes back', async () => {
    const call = await liveCall();
    assert.equal(await stage.platform.openCalls(), 1);
    await call.page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => (globalThis.wasKept = persisted));
    });
    await call.page.goto(stage.site.add(pageWith('<p>Another page.</p>')));
    await until(async () => (await stage.platform.openCalls()) === 0, 'the platform to be told', TOLD_MS);
    await call.page.goBack();
    assert.equal(
      await call.page.evaluate(() => globalThis.wasKept),
      true,
      'it cost the page its place in the cache',
    );
    const ends = (await call.events()).filter(({ type }) => type === 'call-end');
    assert.deepEqual(
      ends.map(({ reason }) => reason),
      ['page-hidden'],
    );
    assert.equal(await phase(call), 'ended');
    assert.deepEqual(await call.alive(), []);
    await call.press();
    await call.sees((events) => events.filter(({ phase }) => phase === 'live').length === 2);
    await call.close();
    await until(async () => (await stage.platform.openCalls()) === 0, 'the platform to be told', TOLD_MS);
  });

  it('the tab is closed', async () => {
    const call = await liveCall();
    await until(async () => (await stage.platform.openCalls()) === 1, 'one call');
    await call.page.close();
    await until(async () => (await stage.platform.openCalls()) === 0, 'the platform to be told', TOLD_MS);
  });

  it('the page is frozen', async () => {
    const call = await liveCall();
    const session = await call.page.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await until(async () => (await stage.platform.openCalls()) === 0, 'the platform to be told', TOLD_MS);
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await call.reaches('ended');
    assert.deepEqual(await call.alive(), []);
  });
});

declare global {
  var wasKept: boolean | undefined;
}
