import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { row } from '../faults/table.js';
import { CallPage } from '../support/node/call-page.js';
import { WIDGET_PATH } from '../support/node/page-scripts.js';
import { watchConsole } from '../support/node/page-console.js';
import { openStage, type Stage, widget } from '../support/node/stage.js';

const SCRIPT = `<script src="${WIDGET_PATH}"></script>`;
const OTHER_VERSION = '99.0.0-test';

let stage: Stage;
let version: string;
let otherVersion: string;
before(async () => {
  stage = await openStage();
  const response = await fetch(stage.site.url + WIDGET_PATH);
  const code = await response.text();
  [, version = ''] = /^\/\*! millis-voice-agent (\S+)/.exec(code) ?? [];
  const address = stage.site.add(code.replaceAll(version, OTHER_VERSION), 'text/javascript');
  otherVersion = `<script src="${address}"></script>`;
});
after(() => stage.close());

/** Opens a page whose head is this, with one widget. Returns also what its console was told. */
async function open(head: string, headers: Readonly<Record<string, string>> = {}, sound = true) {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>A site</title>${head}</head>
<body><h1>A site</h1>${widget('patient', stage.platform.url)}</body></html>`;
  const { said, onPage } = watchConsole();
  const address = stage.site.add(html, 'text/html', headers);
  return { call: await CallPage.open(stage.browser, address, { sound, onPage }), said };
}

async function assertCalls(call: CallPage): Promise<void> {
  await call.press();
  await call.reaches('live');
  await call.press();
  await call.reaches('ended');
  assert.deepEqual(await call.alive(), []);
  assert.deepEqual(call.complaints, []);
}

/** Whether the global is what made the elements of the page. */
function isGlobalInUse({ page }: CallPage): Promise<boolean> {
  return page.evaluate(
    () =>
      MillisVoiceAgent?.MillisVoiceAgent === customElements.get('millis-voice-agent') &&
      customElements.get('millis-voice-agent') !== undefined,
  );
}

describe(row(54), { concurrency: 3, timeout: 60_000 }, () => {
  it('twice the same', async () => {
    const { call, said } = await open(SCRIPT + SCRIPT);
    await assertCalls(call);
    assert.deepEqual(said(), [
      `version ${version} is loaded where version ${version} is already: that stays in use`,
    ]);
    assert.ok(await isGlobalInUse(call));
  });

  it('two versions', async () => {
    const { call, said } = await open(SCRIPT + otherVersion);
    await assertCalls(call);
    assert.deepEqual(said(), [
      `version ${OTHER_VERSION} is loaded where version ${version} is already: that stays in use`,
    ]);
    assert.ok(await isGlobalInUse(call));
    assert.equal(await call.page.evaluate(() => MillisVoiceAgent?.version), version);
  });

  it('the tag is taken', async () => {
    const other =
      "<script>customElements.define('millis-voice-agent', class extends HTMLElement {})</script>";
    const { call, said } = await open(
      `${other}<script src="${WIDGET_PATH}" data-agent-id="patient"></script>`,
    );
    await call.page.waitForFunction(() => document.querySelectorAll('millis-voice-agent').length === 2);
    assert.deepEqual(said(), [
      'the name is taken by something else on this page, so there is no voice agent',
    ]);
    assert.deepEqual(call.complaints, []);
    assert.equal(await isGlobalInUse(call), false);
  });
});

/** What the widget says that it needs, and nothing more. */
function strictPolicy(trustedTypes: string): Record<string, string> {
  const { site, platform } = stage;
  return {
    'content-security-policy': `default-src 'none'; script-src ${site.url}; connect-src ${platform.url}; require-trusted-types-for 'script'; trusted-types ${trustedTypes}`,
  };
}

describe(row(62), { timeout: 60_000 }, () => {
  it('a whole call with its transcript, and a failed one', async () => {
    const { call, said } = await open(SCRIPT, strictPolicy('lit-html'), false);
    const { page } = call;
    await page.evaluate(() => {
      globalThis.violations = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
      });
    });
    // No `reaches()`: it would be compiled in the page, which its policy forbids.
    const phase = (name: string) => page.waitForSelector(`millis-voice-agent[data-phase=${name}]`);
    await page.$eval('millis-voice-agent', (element) => (element.agentId = 'receptionist'));
    await call.press();
    await phase('live');
    await page.waitForSelector('millis-voice-agent >>> .turn', { visible: true });
    await call.press('millis-voice-agent >>> [part=mute-button]');
    await page.waitForSelector('millis-voice-agent[data-muted]');
    await call.press();
    await phase('ended');
    await page.$eval('millis-voice-agent', (element) => (element.agentId = 'refuses-500'));
    await call.press();
    await phase('failed');
    await page.waitForSelector('millis-voice-agent >>> [part=notice] p', { visible: true });
    assert.deepEqual(await page.evaluate(() => violations), []);
    assert.deepEqual(said(), []);
    assert.deepEqual(call.complaints, []);
    const style = await page.$eval(
      'millis-voice-agent >>> [part=button]',
      (button) => getComputedStyle(button).display,
    );
    assert.equal(style, 'flex', 'it has no styles');
  });
});

const ADVICE =
  "could not be loaded. If the page's Content-Security-Policy has trusted-types, add to it: lit-html 'allow-duplicates'.";

describe(row(63), { timeout: 60_000 }, () => {
  it('the site allows only its own', async () => {
    const { call, said } = await open(SCRIPT, strictPolicy('the-site'), false);
    assert.equal(said().length, 1);
    assert.ok(said()[0]?.startsWith(ADVICE), said()[0]);
    assert.deepEqual(call.complaints, []);
    assert.equal(await call.page.evaluate(() => typeof MillisVoiceAgent), 'undefined');
    assert.equal(await call.page.$eval('h1', (heading) => heading.textContent), 'A site');
  });

  it('the site has a copy already, and allows no second one', async () => {
    const { call, said } = await open(SCRIPT + otherVersion, strictPolicy('lit-html'), false);
    assert.equal(said().length, 1);
    assert.ok(said()[0]?.startsWith(ADVICE), said()[0]);
    assert.deepEqual(call.complaints, []);
    assert.ok(await isGlobalInUse(call), 'the first copy is lost');
    await call.press();
    await call.page.waitForSelector('millis-voice-agent[data-phase=live]');
  });
});

describe(row(64), { timeout: 60_000 }, () => {
  it('the built file makes one global, and its framework a list of versions for each of its parts', async () => {
    const note = '<script>var globalsBefore = Object.getOwnPropertyNames(window)</script>';
    const { call } = await open(note + SCRIPT);
    await assertCalls(call);
    const added = await call.page.evaluate(() =>
      Object.getOwnPropertyNames(window).filter((name) => !globalsBefore.includes(name)),
    );
    const ofTheWidget = added.filter((name) => !/^(__|puppeteer_)/.test(name)).sort();
    assert.deepEqual(ofTheWidget, [
      'MillisVoiceAgent',
      'litElementVersions',
      'litHtmlVersions',
      'litPropertyMetadata',
      'reactiveElementVersions',
    ]);
  });
});

declare global {
  var violations: string[];
  var globalsBefore: string[];
  var MillisVoiceAgent: { readonly MillisVoiceAgent: unknown; readonly version: string } | undefined;
}
