import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { pageTokens } from '../../src/gateway.js';
import { ENGLISH } from '../../src/element/labels.js';
import type { CallPage } from '../support/node/call-page.js';
import { assertNoLeak, CANARY_SECRET } from '../support/node/canary.js';
import { launchChromium } from '../support/node/chromium.js';
import { connectTimes } from '../support/node/connect-time.js';
import { hasFirefox, launchFirefox } from '../support/node/firefox.js';
import { type GatewayStage, openGatewayStage, visitGateway } from '../support/node/gateway-stage.js';
import { startOwnPlatform } from '../support/node/own-platform.js';
import { startPageServer } from '../support/node/page-server.js';
import { untilShown } from '../support/node/shown-widget.js';
import { pageWith, widget } from '../support/node/stage.js';
import { startTokenSite } from '../support/node/token-site.js';
import { until } from '../support/node/until.js';

const GREETING = 'Hello, I cannot be interrupted.';
const FIREFOX = hasFirefox();
const ICE_NOTICES_MS = 20_000;
/** Calls by each way. */
const ROUNDS = 5;

let stage: GatewayStage;
let chromium: Browser;
let firefox: Browser | undefined;
before(async () => {
  [stage, chromium, firefox] = await Promise.all([
    openGatewayStage(),
    launchChromium(),
    FIREFOX ? launchFirefox() : undefined,
  ]);
});
after(async () => {
  await Promise.all([chromium.close(), firefox?.close()]);
  await stage.close();
});

/** What a line of the gateway's log says of a request for a call, but for what is other each time. */
function offersIn(lines: readonly string[]): unknown[] {
  const parsed = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  return parsed
    .filter(({ route, method }) => route === 'offer' && method === 'POST')
    .map(({ agent, origin, status, code }) => ({ agent, origin, status, code }));
}

function notice({ page }: CallPage): Promise<string> {
  return page.$eval('millis-voice-agent >>> [part=notice] p', (text) => text.textContent);
}

async function hangsUp(call: CallPage): Promise<void> {
  // It comes by the data channel, which opens after the call is live.
  const known = await call.page.waitForFunction(
    () => document.querySelector('millis-voice-agent')?.sessionId,
  );
  const sessionId = await known.jsonValue();
  await call.press();
  await call.reaches('ended');
  const isEnded = async () =>
    (await stage.platform.sessions()).some(
      ({ session_id, call_status }) => session_id === sessionId && call_status === 'user-ended',
    );
  // The end of DTLS is one packet. Where it is lost, the platform learns it from ICE, after some seconds.
  await until(isEnded, 'the platform to see the hang-up', ICE_NOTICES_MS);
  assert.deepEqual(await call.alive(), []);
  assert.deepEqual(call.complaints, []);
}

/** The greeting, read and heard, of a call whose key stays where it belongs. */
async function assertWholeCall(browser: Browser): Promise<void> {
  const titles = { idle: 'Ask the front desk', connecting: 'Calling', running: 'Hang up' };
  const gateway = await stage.gateway({ agents: { 'front-desk': { id: 'steadfast', embed: { titles } } } });
  const { call, traffic } = await visitGateway(browser, stage.site, {
    agentId: 'front-desk',
    server: gateway.url,
  });
  await untilShown(call, titles.idle);
  await call.press();
  await call.reaches('live');
  await call.sees(
    (events, text) => events.some(({ turns }) => turns?.some((turn) => turn.text === text)),
    GREETING,
  );
  assert.ok((await call.shownTurns()).includes(`Agent: ${GREETING}`));
  await hangsUp(call);

  assert.ok((await call.heard()).soundMs(0) > 500, 'the agent was never heard');
  const answered = { agent: 'front-desk', origin: stage.site.url, status: 200, code: null };
  assert.deepEqual(offersIn(gateway.lines), [answered]);
  const seen = await traffic.text();
  for (const part of ['"answer"', titles.idle, '"agent_id":"front-desk"', 'You can speak now']) {
    assert.ok(seen.includes(part), `the search would not have seen ${part}`);
  }
  assertNoLeak(seen, 'the page');
  assertNoLeak(gateway.lines.join('\n'), "the gateway's log");
  assert.ok(stage.platformLines.length > 0, 'the platform logged nothing');
  assertNoLeak(stage.platformLines.join('\n'), "the platform's log");
}

describe('a call through the gateway', { concurrency: true, timeout: 45_000 }, () => {
  it('is read, heard and hung up in Chromium, and the key is nowhere', () => assertWholeCall(chromium));

  if (FIREFOX) {
    it('is read, heard and hung up in Firefox, and the key is nowhere', async () => {
      assert.ok(firefox);
      await assertWholeCall(firefox);
    });
  }

  it('is not made for a page of another origin, and the visitor is told', async (t) => {
    const gateway = await stage.gateway();
    const elsewhere = await startPageServer();
    t.after(() => elsewhere.close());
    const { call } = await visitGateway(chromium, elsewhere, { agentId: 'parrot', server: gateway.url });
    await call.press();
    await call.reaches('failed');
    assert.equal(await notice(call), ENGLISH['server-unreachable']);
    assert.deepEqual(offersIn(gateway.lines), []);
    const refused = gateway.lines.filter((line) => line.includes(`"origin":"${elsewhere.url}"`));
    assert.ok(refused.length > 0 && refused.every((line) => line.includes('"code":"origin-forbidden"')));
    assert.deepEqual(await call.alive(), []);
  });

  it('takes a token of the page for each call, and none without', async (t) => {
    const site = await startTokenSite(stage.site, CANARY_SECRET);
    t.after(() => site.close());
    const authorize = pageTokens({ secret: CANARY_SECRET });
    const gateway = await stage.gateway({ origins: [site.url], authorize });
    const wiring = { agentId: 'patient', server: gateway.url };
    const script = `document.querySelector('millis-voice-agent').authorize = async ({ agentId }) => {
      const response = await fetch('/token?agent=' + agentId);
      return { authorization: 'Bearer ' + await response.text() };
    };`;
    const { call, traffic } = await visitGateway(chromium, site, { ...wiring, script });
    for (const round of [1, 2]) {
      await call.press();
      await call.page.waitForSelector('millis-voice-agent[data-phase=live]');
      await hangsUp(call);
      assert.equal(offersIn(gateway.lines).length, round);
    }
    const { call: stranger } = await visitGateway(chromium, site, wiring);
    await stranger.press();
    await stranger.reaches('failed');
    assert.equal((await stranger.events()).find(({ type }) => type === 'error')?.code, 'unauthorized');
    assert.equal(await notice(stranger), ENGLISH['gateway-not-authorized']);
    assertNoLeak(`${await traffic.text()}${gateway.lines.join('\n')}`, 'what came out');
  });

  it('fails in words that do not blame the visitor where the platform refuses the key, and warns once', async () => {
    const gateway = await stage.gateway({ privateKey: 'a-key-of-another-account-000000' });
    const { call } = await visitGateway(chromium, stage.site, { agentId: 'patient', server: gateway.url });
    await call.press();
    await call.page.waitForSelector('millis-voice-agent[data-phase=failed]');
    assert.equal(await notice(call), ENGLISH['gateway-misconfigured']);
    await call.press();
    const refused = { agent: 'patient', origin: stage.site.url, status: 500, code: 'misconfigured' };
    await until(() => offersIn(gateway.lines).length === 2, 'the second try');
    assert.deepEqual(offersIn(gateway.lines), [refused, refused]);
    const warnings = gateway.lines.filter((line) => line.includes('"level":"warn"'));
    assert.equal(warnings.length, 1);
    assert.match(warnings.join(), /refuses the private key \(401\)/);
  });
});

describe('the time from the click to the connection', { timeout: 20_000 }, () => {
  it('is known with the gateway and without it', async (t) => {
    const platform = await startOwnPlatform();
    t.after(() => platform.close());
    const gateway = await stage.gateway();
    const pageOf = (server: string) => stage.site.add(pageWith(widget('patient', server)));
    const ways = { direct: pageOf(platform.url), gateway: pageOf(gateway.url) };
    for (const [name, browser] of Object.entries({ Chromium: chromium, Firefox: firefox })) {
      if (!browser) continue;
      const { directMs, gatewayMs } = await connectTimes(browser, ways, ROUNDS);
      assert.ok(directMs > 0 && gatewayMs > 0, 'not every call was connected');
      console.log(
        `From the click to the connection in ${name}, medians of ${ROUNDS}: ${directMs.toFixed(1)} ms directly, ${gatewayMs.toFixed(1)} ms through the gateway, which adds ${(gatewayMs - directMs).toFixed(1)} ms.`,
      );
    }
    assert.ok((await platform.offers()) > ROUNDS, 'the calls did not go directly');
    assert.ok(offersIn(gateway.lines).length >= ROUNDS, 'the calls did not go through the gateway');
  });
});
