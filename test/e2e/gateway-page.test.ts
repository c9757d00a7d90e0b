import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { CallPage } from '../support/node/call-page.js';
import { launchChromium } from '../support/node/chromium.js';
import { untilShown } from '../support/node/shown-widget.js';

const START = fileURLToPath(new URL('../../demo/start.ts', import.meta.url));
const PHONE = { width: 390, height: 844 };

let browser: Browser;
before(async () => (browser = await launchChromium()));
after(() => browser.close());

interface Started {
  readonly child: ChildProcess;
  readonly printed: readonly string[];
  /** The address after `Open`. */
  readonly url: string;
}

/** What `npm start` runs, without building again. */
async function start(t: TestContext, ...options: string[]): Promise<Started> {
  const child = spawn(process.execPath, ['--import=tsx', START, '--no-build', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const printed: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      printed.push(line);
      const address = /^Open (http\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`npm start ended: ${printed.join('\n')}`)));
  });
  return { child, printed, url };
}

async function stop({ child }: Started): Promise<unknown> {
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  const [code] = (await exited) as [number | null];
  return code;
}

describe('the page of the gateway', { concurrency: true, timeout: 30_000 }, () => {
  it('calls through it, and all is gone after Ctrl-C', async (t) => {
    const started = await start(t, '--gateway');
    assert.match(started.url, /\/demo\/pages\/gateway\.html$/);
    const call = await CallPage.open(browser, started.url);
    await untilShown(call, 'Talk to the front desk');
    await call.press();
    await call.reaches('live');
    const offer = call.requests.find((url) => url.endsWith('/webrtc/offer')) ?? '';
    const { origin } = new URL(offer);
    assert.notEqual(origin, new URL(started.url).origin);
    assert.ok(started.printed.some((line) => line.includes(`the gateway before it: ${origin}`)));
    assert.ok(
      started.printed.some((line) => /"route":"offer".*"agent":"front-desk","status":200/.test(line)),
    );
    await call.press();
    await call.reaches('ended');
    assert.equal(await stop(started), 0);
    await assert.rejects(fetch(`${origin}/healthz`), 'the gateway is still there');
  });

  it('says without one how to start it, and fits a phone', async (t) => {
    const started = await start(t, '--quiet');
    const call = await CallPage.open(browser, new URL('/demo/pages/gateway.html', started.url).href);
    await call.page.setViewport(PHONE);
    const shown = await call.page.evaluate(() => document.body.innerText);
    assert.match(shown, /There is no gateway now: start it with npm start -- --gateway\.$/);
    assert.equal(await call.page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
    assert.deepEqual(
      call.requests.filter((url) => url.includes('/embed')),
      [],
    );
    assert.equal(await stop(started), 0);
  });
});
