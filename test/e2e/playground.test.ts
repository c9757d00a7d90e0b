import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser, ElementHandle } from 'puppeteer-core';
import { launchChromium } from '../support/node/chromium.js';
import { PlaygroundPage, startPlayground, type Started } from '../support/node/playground.js';

const SAMPLES = ['light', 'dark', 'shop', 'phone', 'right-to-left'];
const BUTTON = 'millis-voice-agent >>> [part=button]';
const MOST_TABS = 40;
const THREE_PROBLEMS = {
  titles: { idle: 'Hola', connecting: 5, running: 'Colgar' },
  background: 'url(https://example.com/x.png)',
  buttonCss: 'border-radius: 6px',
  size: 'large',
  transcript: true,
};

let site: Started;
let browser: Browser;
before(async () => ([site, browser] = await Promise.all([startPlayground(), launchChromium()])));
after(() => Promise.all([site.close(), browser.close()]));

async function open(t: TestContext, hash = '', viewport?: Parameters<typeof PlaygroundPage.open>[2]) {
  const playground = await PlaygroundPage.open(browser, site.url + hash, viewport);
  t.after(() => playground.close());
  return playground;
}

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };

const ALL_ATTRIBUTES: Readonly<Record<string, string>> = {
  'agent-id': 'parrot',
  region: 'eu-west',
  'config-src': '/package.json',
  'title-idle': 'One',
  'title-connecting': 'Two',
  'title-running': 'Three',
  'icon-idle': '1',
  'icon-connecting': '2',
  'icon-running': '3',
  background: '#123456',
  'button-css': 'border-radius: 9px;',
  size: '80',
  transcript: 'on',
  placement: 'top-left',
  trigger: '#talk',
  muted: '',
  disabled: '',
};

const pick = (all: Readonly<Record<string, string>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, all[name]]));
const valueOf = (field: Element) => (field as HTMLInputElement).value;
const textOf = (element: Element) => element.textContent;

async function opened(...args: Parameters<typeof open>) {
  const playground = await open(...args);
  return { playground, page: playground.page, frame: await playground.frame() };
}

describe('the playground', { timeout: 60_000 }, () => {
  it('makes a call with the keyboard alone', async (t) => {
    const { page, frame } = await opened(t);
    const isOnWidget = () =>
      page.$eval(
        '#sample',
        (sample) =>
          document.activeElement === sample &&
          (sample as HTMLIFrameElement).contentDocument?.activeElement?.localName === 'millis-voice-agent',
      );
    let tabs = 0;
    while (!(await isOnWidget()) && tabs < MOST_TABS) {
      await page.keyboard.press('Tab');
      tabs += 1;
    }
    assert.ok(await isOnWidget(), `${tabs} times Tab lead to the widget`);
    await page.keyboard.press('Enter');
    await frame.waitForSelector('millis-voice-agent[data-phase=live]');
    await page.keyboard.press('Enter');
    await frame.waitForSelector('millis-voice-agent[data-phase=ended]');
    const heard = await page.$$eval('#events b', (names) => names.map((name) => name.textContent));
    assert.ok(heard.includes('call-start') && heard.includes('call-end'), heard.join());
    assert.equal(await page.$eval('#event-count', (count) => count.textContent), String(heard.length));
  });

  it('changes words, colour and size while a call goes on', async (t) => {
    const { frame, page, playground } = await opened(t);
    await frame.locator(BUTTON).click();
    await frame.waitForSelector('millis-voice-agent[data-phase=live]');
    await playground.writes('titles.running', 'Goodbye');
    await playground.buttonSays('Goodbye');
    await page.$eval('[type=color]', (picker) => {
      (picker as HTMLInputElement).value = '#0b6e4f';
      picker.dispatchEvent(new Event('input'));
    });
    await playground.writes('size', '96');
    await frame.waitForSelector('millis-voice-agent[size="96"][background="#0b6e4f"]');
    assert.equal(await frame.$eval('millis-voice-agent', (widget) => widget.phase), 'live');
    await frame.locator(BUTTON).click();
    await frame.waitForSelector('millis-voice-agent[data-phase=ended]');
    assert.equal(await playground.buttonStyle('background-color'), 'rgb(11, 110, 79)');
    assert.deepEqual(playground.complaints, []);
  });

  it('keeps all that was chosen in its address, for a colleague', async (t) => {
    const { page, playground } = await opened(t);
    await playground.choosesSample('dark');
    await playground.writes('titles.idle', 'Grüß "Gott" & <b>');
    await playground.writes('background', 'linear-gradient(red, blue)');
    await playground.writes('trigger', '#talk');
    await page.waitForFunction(() => location.hash.includes('trigger=%23talk'));
    assert.doesNotMatch(page.url(), /server=|script=|agent-id=/, 'what every playground fills in');
    const colleague = await open(t, new URL(page.url()).hash);
    await colleague.buttonSays('Grüß "Gott" & <b>');
    assert.match((await colleague.frame()).url(), /dark\.html$/);
    const frame = await colleague.frame();
    assert.equal(await frame.$eval('#talk', (button) => button.checkVisibility()), true);
    assert.equal(await colleague.page.$eval('#field-background', valueOf), 'linear-gradient(red, blue)');
    assert.equal(await colleague.page.$eval('#code', textOf), await page.$eval('#code', textOf));
  });

  it('gives the widget each attribute that the form has, and takes it away again', async (t) => {
    const { page, frame, playground } = await opened(t, `#${new URLSearchParams(ALL_ATTRIBUTES)}`);
    const attributes = () =>
      frame.$eval('millis-voice-agent', (widget) =>
        Object.fromEntries([...widget.attributes].map(({ name, value }) => [name, value])),
      );
    const { server, ...given } = await attributes();
    assert.ok(server, 'the local platform');
    assert.deepEqual(pick(given, Object.keys(ALL_ATTRIBUTES)), ALL_ATTRIBUTES);
    assert.deepEqual([...(await playground.problems())], []);
    const fields = await page.$$eval('[id^=field-]', (controls) =>
      controls.map((control) => (control as HTMLInputElement).value),
    );
    assert.deepEqual(
      Object.values(ALL_ATTRIBUTES).filter((value) => !['', 'on', ...fields].includes(value)),
      [],
    );
    await page.$$eval('.preset', ([plain]) => (plain as HTMLElement).click());
    await frame.waitForSelector('millis-voice-agent:not([title-running], [icon-idle], [size], [placement])');
    assert.equal((await attributes())['config-src'], ALL_ATTRIBUTES['config-src'], 'a look is no wiring');
  });

  it('can make a button without words, which keeps its name', async (t) => {
    const { page, frame } = await opened(t);
    await page.locator('.preset ::-p-text(Round)').click();
    const button = await frame.waitForSelector('millis-voice-agent >>> .call.bare');
    assert.equal(await button?.evaluate((bare) => bare.textContent.trim()), 'Talk to us');
    const { width = 0, height = 1 } = (await button?.boundingBox()) ?? {};
    assert.equal(width, height, 'it is round');
    assert.match(await page.$eval('#code', textOf), /data-title-idle=" "/);
  });

  it('says whom a private key would be sent to, when a link names another server', async (t) => {
    const { page } = await opened(t, '#server=https://elsewhere.example');
    assert.equal(await page.$eval('#code-note', (note) => note.checkVisibility()), false);
    await page.locator('#code-tab-curl').click();
    await page.waitForSelector('#code-note:not([hidden])');
    assert.match(await page.$eval('#code-note', textOf), /https:\/\/elsewhere\.example/);
  });

  it('follows an address that is put in by hand, also a hostile one', async (t) => {
    const { page, playground } = await opened(t);
    await page.evaluate(
      () => (location.hash = 'title-idle=Hej&size=9e9&page=nowhere&placement=moon&x=%E0%A4%A'),
    );
    await playground.buttonSays('Hej');
    assert.deepEqual(
      [...(await playground.problems())],
      [['size', 'Expected a whole number from 24 to 512, got 9000000000.']],
    );
    assert.deepEqual(playground.complaints, []);
  });

  it('takes a pasted config, and says each of its problems at the field', async (t) => {
    const { page, playground } = await opened(t);
    await page.$eval('.paste', (details) => details.setAttribute('open', ''));
    await page.focus('#paste');
    await playground.pastes(JSON.stringify(THREE_PROBLEMS));
    await playground.buttonSays('Hola');
    const problems = await playground.problems();
    assert.deepEqual([...problems.keys()], ['titles-connecting', 'background', 'size']);
    assert.equal(problems.get('size'), 'Expected a number, got "large".');
    const size = await page.$eval('#field-size', (field) => [
      field.getAttribute('aria-invalid'),
      field.getAttribute('aria-describedby'),
    ]);
    assert.deepEqual(size, ['true', 'problem-size']);
    assert.equal(await page.$eval('#paste-result', textOf), 'Taken. 3 problems are said beside the field.');
    assert.equal(await page.$eval('#field-titles-running', valueOf), 'Colgar');
    assert.equal(await playground.buttonStyle('border-top-left-radius'), '6px');
    await playground.writes('size', '80');
    await page.waitForSelector('#problem-size[hidden]');
    assert.equal(await page.$eval('#field-size', (field) => field.hasAttribute('aria-describedby')), false);
  });

  it('says what is wrong with a paste that is no JSON, and changes nothing', async (t) => {
    const { page, playground } = await opened(t, '#title-idle=Before');
    await page.$eval('.paste', (details) => details.setAttribute('open', ''));
    await page.focus('#paste');
    await playground.pastes('{ titles');
    await page.waitForFunction(() =>
      document.querySelector('#paste-result')?.textContent.startsWith('Expected JSON'),
    );
    assert.equal(await page.$eval('#field-titles-idle', valueOf), 'Before');
  });

  it('copies exactly the shown snippet, for each of them', async (t) => {
    const { page, playground } = await opened(t, '#title-idle=It%27s+%22us%22');
    const tabs = await page.$$eval('[role=tab]', (found) => found.map(({ id }) => id));
    const copied: string[] = [];
    await page.focus('[role=tab][aria-selected=true]');
    for (const id of tabs) {
      assert.equal(await page.evaluate(() => document.activeElement?.id), id);
      await page.$eval('#copy-code', (button) => (button as HTMLButtonElement).click());
      const shown = await page.$eval('#code', textOf);
      await page.waitForFunction(
        (text) => navigator.clipboard.readText().then((now) => now === text),
        {},
        shown,
      );
      assert.equal((await page.$eval('#announcer', textOf)).trim(), 'Copied');
      copied.push(await playground.clipboard());
      await page.keyboard.press('ArrowRight');
    }
    assert.equal(new Set(copied).size, 6);
    assert.equal(await page.$eval('[role=tab][aria-selected=true]', ({ id }) => id), tabs[0], 'round again');
  });

  it('selects the snippet where the browser forbids to copy', async (t) => {
    const { page } = await opened(t);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    });
    await page.$eval('#copy-code', (button) => (button as HTMLButtonElement).click());
    await page.waitForFunction(() => document.activeElement?.id === 'code-panel');
    const [selected, shown] = await page.evaluate(() => [
      String(getSelection()),
      document.querySelector<HTMLElement>('#code')?.innerText,
    ]);
    assert.equal(selected?.trim(), shown?.trim());
  });

  it('shows the widget on each sample page', async (t) => {
    const { playground } = await opened(t, '#title-idle=Here');
    for (const id of SAMPLES) {
      const frame = await playground.choosesSample(id);
      assert.match(frame.url(), new RegExp(`${id === 'phone' ? 'light.html.phone' : `${id}.html`}$`));
      await playground.buttonSays('Here');
      const button = await frame.$(BUTTON);
      assert.ok(await button?.isIntersectingViewport({ threshold: 1 }), `${id}: the button is in sight`);
    }
    assert.deepEqual(playground.complaints, []);
  });

  for (const [how, hash] of [
    ['placement="none"', '#placement=none'],
    ['a trigger', '#placement=none&trigger=%23talk'],
  ] as const) {
    it(`calls with the page's own button, by ${how}`, async (t) => {
      const { frame } = await opened(t, hash);
      await frame.waitForFunction(
        () =>
          !document
            .querySelector('millis-voice-agent')
            ?.shadowRoot?.querySelector('[part=button]')
            ?.checkVisibility(),
      );
      await frame.locator('#talk').click();
      await frame.waitForSelector('millis-voice-agent[data-phase=live]');
      await frame.waitForSelector('#talk[aria-pressed=true]');
      await frame.locator('#talk').click();
      await frame.waitForSelector('millis-voice-agent[data-phase=ended]');
      await frame.waitForSelector('#talk[aria-pressed=false]');
    });
  }

  it('stores a config with the platform, and shows what the platform then serves', async (t) => {
    const { page, playground } = await opened(t, '#agent-id=patient&title-idle=Stored');
    const press = (name: string) =>
      page.$$eval(
        '.group button',
        (buttons, text) => buttons.find((button) => button.textContent === text)?.click(),
        name,
      );
    const answers = (text: string) =>
      page.waitForFunction((end) => document.querySelector('.answer')?.textContent.endsWith(end), {}, text);
    await press('Store this look');
    await answers('200 {"success":true}');
    await playground.writes('titles.idle', 'Not stored');
    await playground.buttonSays('Not stored');
    await page.$eval('#stored-look', (box) => (box as HTMLInputElement).click());
    await playground.buttonSays('Stored');
    await press('Store an empty one');
    await playground.buttonSays('Talk to us');
  });

  it('takes an icon from a file, and says when it is too large', async (t) => {
    const { frame, page } = await opened(t);
    const folder = await mkdtemp(join(tmpdir(), 'millis-icons-'));
    t.after(() => rm(folder, { recursive: true }));
    const [small, large] = [join(folder, 'small.svg'), join(folder, 'large.png')];
    await writeFile(
      small,
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>',
    );
    await writeFile(large, Buffer.alloc(30_000));
    const picker = (await page.$('[type=file]')) as ElementHandle<HTMLInputElement>;
    await picker.uploadFile(large);
    await page.waitForFunction(() =>
      document.querySelector('#announcer')?.textContent.includes('has 30 kB, and an icon may have 15 kB'),
    );
    assert.equal(await page.$eval('#field-icons-idle', valueOf), '');
    await picker.uploadFile(small);
    await frame.waitForSelector('millis-voice-agent[icon-idle^="data:image/svg+xml;base64,"]');
    assert.equal(await page.$eval('.preview img', (image) => image.checkVisibility()), true);
  });

  it('has no sideways scroll on a phone, and the widget stays in sight without covering what has the focus', async (t) => {
    const { page, frame } = await opened(t, `#title-idle=${'Donaudampfschiff'.repeat(6)}&size=9`, PHONE);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
    await page.focus('#field-trigger');
    for (let steps = 0; steps < 15; steps += 1) {
      await page.keyboard.down('Shift');
      await page.keyboard.press('Tab');
      await page.keyboard.up('Shift');
      const [top = 0, stageEnd = 0] = await page.evaluate(() => [
        document.activeElement?.getBoundingClientRect().top,
        document.querySelector('.show')?.getBoundingClientRect().bottom,
      ]);
      assert.ok(top >= stageEnd && top < PHONE.height, `${steps} fields back, the focus is at ${top}`);
    }
    const button = await frame.$(BUTTON);
    assert.ok(await button?.isIntersectingViewport({ threshold: 1 }), 'the button is in sight');
  });

  for (const scheme of ['light', 'dark'] as const) {
    for (const size of [DESK, PHONE]) {
      it(`has nothing for axe to find in ${scheme} at ${size.width} pixels`, async (t) => {
        const hash = '#background=nothing&size=9&page=' + (scheme === 'dark' ? 'dark' : 'shop');
        const { playground, page } = await opened(t, hash, { ...size, scheme });
        await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
        assert.deepEqual(await playground.axe(), []);
      });
    }
  }
});
