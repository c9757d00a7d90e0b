import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CallPage } from '../support/node/call-page.js';
import { WIDGET_PATH } from '../support/node/page-scripts.js';
import { openStage, pageWith, type Stage, widget } from '../support/node/stage.js';

const PANEL = 'millis-voice-agent >>> [popover]';
const COPY = `${PANEL} >>> .foot button`;
/** A token of a visitor, in the header of each request, and in the address of the server. */
const CANARY = 'canary-7f3a9c51e8b2-visitor';
const IPV4 = /\b\d{1,3}(\.\d{1,3}){3}\b/;
const IPV6 = /[0-9a-f]{0,4}(:[0-9a-f]{0,4}){3,}/i;

let stage: Stage;
before(async () => (stage = await openStage()));
after(() => stage.close());

/** Keeps what the page writes to the clipboard. */
const KEEP_COPIES = `Object.defineProperty(navigator.clipboard, 'writeText', { value: async (text) => void (globalThis.copied = text) });`;

function copiedText(call: CallPage): Promise<string> {
  return call.page.waitForFunction('globalThis.copied').then((text) => text.jsonValue() as Promise<string>);
}

async function report(call: CallPage): Promise<string> {
  await call.page.evaluate('globalThis.copied = undefined');
  await call.press(COPY);
  return copiedText(call);
}

/** Waits until a fact of the panel is as it should be. */
async function shows(call: CallPage, fact: string): Promise<void> {
  await call.page.waitForFunction(
    (selector: string, text: string) =>
      document
        .querySelector('millis-voice-agent')
        ?.shadowRoot?.querySelector(selector)
        ?.shadowRoot?.querySelector('.body')
        ?.textContent.includes(text),
    { polling: 50 },
    '[popover]',
    fact,
  );
}

/** What may be in no report. */
function assertClean(text: string, words: readonly string[]): void {
  assert.doesNotMatch(text, IPV4);
  assert.doesNotMatch(text.replace(/\d\d:\d\d:\d\d/g, 'a time'), IPV6);
  assert.doesNotMatch(text, /ice-ufrag|ice-pwd|fingerprint|\.local\b|candidate:|canary/i);
  assert.deepEqual(
    words.filter((word) => text.includes(word)),
    [],
  );
}

/** What the peers of a call know of each other: fragments, passwords, fingerprints, addresses. */
function sessionWords(sdp: string): readonly string[] {
  const values = [...sdp.matchAll(/^a=(?:ice-ufrag:|ice-pwd:|fingerprint:\S+ )(.+)$/gm)].map(
    ([, value = '']) => value.trim(),
  );
  const addresses = [...sdp.matchAll(/^a=candidate:(?:\S+ ){4}(\S+)/gm)].map(([, address = '']) => address);
  return [...values, ...addresses];
}

describe('the debug panel of the script file', { concurrency: true, timeout: 30_000 }, () => {
  it('is a file of its own, which no visitor loads', async () => {
    const call = await stage.open('patient');
    await call.press();
    await call.reaches('live');
    await call.press();
    await call.reaches('ended');
    assert.ok(!call.requests.some((url) => url.includes('debug')));
  });

  it('comes with ?millis-debug, shows the call, and copies a report that has nothing private in it', async () => {
    const page = pageWith(widget('steadfast', stage.platform.url));
    const call = await CallPage.open(stage.browser, `${stage.site.add(page)}?millis-debug`);
    await call.page.evaluate(KEEP_COPIES);
    await call.page.$eval(
      'millis-voice-agent',
      (element, token) => (element.authorize = () => Promise.resolve({ authorization: `Token ${token}` })),
      CANARY,
    );
    await call.page.waitForSelector(PANEL);
    await call.press();
    await call.reaches('live');
    await call.sees((events) => events.some(({ turns }) => turns?.some(({ final }) => final)));
    await shows(call, 'audio/opus, 48000 Hz');
    await shows(call, ', udp');
    const live = await report(call);
    assert.match(live, /phase +live/);
    assert.match(live, /pair +\w+ to \w+, udp/);
    assert.match(live, /server +http:\/\/\(IP address\):\d+/);
    assert.match(live, /authorize +yes/);
    const words = (await call.events()).flatMap(({ turns = [] }) => turns).map(({ text }) => text);
    assert.ok(words.includes('Hello, I cannot be interrupted.'), 'nothing was said');
    const body = await call.page.evaluate(() => millisProbe.marks.offerSdp ?? '');
    const offer = sessionWords(body.replaceAll(String.raw`\r\n`, '\n'));
    assert.ok(offer.length >= 3, 'the offer says nothing of the peer');
    assertClean(live, [...words, ...offer]);

    await call.press();
    await call.reaches('ended');
    assert.deepEqual(await call.alive(), []);
    await call.page.$eval(
      'millis-voice-agent',
      (element, server) => (element.server = server),
      `${stage.platform.url}/${CANARY}/?visit=${CANARY}`,
    );
    await call.press();
    await call.reaches('failed');
    const failed = await report(call);
    assert.match(failed, /error: agent-not-found \(in [a-z-]+, status 404/);
    assertClean(failed, [...words, ...offer]);
    assert.deepEqual(call.complaints, []);
  });

  it('comes from beside the script, also from another origin', async () => {
    const script = `<script src="${stage.site.url}${WIDGET_PATH}?v=7"></script>`;
    const html = `<!doctype html><html lang="en"><head><title>A site</title></head><body>${script}
      <millis-voice-agent agent-id="patient" debug></millis-voice-agent></body></html>`;
    const address = stage.site.add(html).replace('127.0.0.1', 'localhost');
    const call = await CallPage.open(stage.browser, address);
    await call.page.waitForSelector(PANEL);
    assert.ok(call.requests.includes(`${stage.site.url}/millis-voice-agent.debug.js`));
  });

  it('that may not be loaded is one warning in the console, and the call works', async () => {
    const policy = `default-src 'none'; script-src ${stage.site.url}${WIDGET_PATH}; connect-src ${stage.platform.url}`;
    const head = `<meta charset="utf-8" /><meta http-equiv="content-security-policy" content="${policy}" />`;
    const tags =
      widget('patient', stage.platform.url, 'debug') + widget('patient', stage.platform.url, 'debug');
    const warnings: string[] = [];
    const call = await CallPage.open(stage.browser, stage.site.add(pageWith(tags, head)), {
      // The recorder is a worklet, which the policy forbids.
      ledger: false,
      sound: false,
      onPage: (page) =>
        page.on('console', (message) => {
          if (message.type() === 'warn') warnings.push(message.text());
        }),
    });
    await call.press();
    await call.page.waitForSelector('millis-voice-agent[data-phase=live]');
    await call.press();
    await call.page.waitForSelector('millis-voice-agent[data-phase=ended]');
    assert.equal(warnings.length, 1, warnings.join('\n'));
    assert.match(warnings[0] ?? '', /^<millis-voice-agent> debug: the panel could not be loaded: TypeError/);
    assert.deepEqual(call.complaints, []);
  });
});
