/** `npm run screenshots`: the shapes × states × looks of the page, as pictures in `screenshots/`; with an argument, those whose names have it. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { openStage, pageWith, widget, type Stage } from './support/node/stage.js';

const FOLDER = 'screenshots';
const [, , ONLY = ''] = process.argv;
const BUTTON = 'millis-voice-agent >>> [part=button]';
const LIVE_MS = 15_000;

const SHAPES = {
  inline: '',
  'inline-transcript': 'transcript',
  'bottom-right': 'placement="bottom-right" transcript',
  'top-left': 'placement="top-left"',
} as const;

const NO_WORDS = 'title-idle="" title-connecting="" title-running=""';

type PngPath = `${string}.png`;

interface Surroundings {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly scheme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
  readonly attributes: string;
  readonly forcedColors?: boolean;
}

const WIDE = { lang: 'en', dir: 'ltr', scheme: 'light', width: 900, height: 620, attributes: '' } as const;
const ARABIC =
  'title-idle="تحدث إلينا" title-connecting="جارٍ الاتصال…" title-running="إنهاء المكالمة" icon-idle="☎️"';

const SURROUNDINGS: Readonly<Record<string, Surroundings>> = {
  light: WIDE,
  dark: { ...WIDE, scheme: 'dark' },
  rtl: { ...WIDE, lang: 'ar', dir: 'rtl', attributes: ARABIC },
  phone: { ...WIDE, width: 390, height: 760 },
};

/** How a page comes into each state, and by which agent. */
const STATES: Readonly<
  Record<string, { readonly agent: string; readonly reach: (page: Page) => Promise<void> }>
> = {
  idle: { agent: 'receptionist', reach: () => Promise.resolve() },
  connecting: {
    agent: 'never-answers',
    reach: async (page) => {
      await press(page);
      await phase(page, 'connecting');
    },
  },
  live: {
    agent: 'receptionist',
    reach: (page) => live(page),
  },
  failed: {
    agent: 'nobody',
    reach: async (page) => {
      await press(page);
      await phase(page, 'failed');
    },
  },
};

/** What else a visitor may meet: [name, attributes, how the page comes there, surroundings]. */
const SCENES: readonly (readonly [
  string,
  string,
  (page: Page) => Promise<unknown>,
  Partial<Surroundings>,
])[] = [
  ['muted', SHAPES['bottom-right'], (page) => live(page, 'mute-button'), {}],
  ['muted-inline', '', (page) => live(page, 'mute-button'), {}],
  ['dismissed-panel', SHAPES['bottom-right'], dismissed, {}],
  ['dismissed-panel-phone', SHAPES['bottom-right'], dismissed, { width: 390, height: 760 }],
  ['icon-only', `${SHAPES['bottom-right']} ${NO_WORDS}`, dismissed, {}],
  ['icon-only-rtl', `placement="bottom-left" transcript ${NO_WORDS}`, dismissed, { dir: 'rtl' }],
  ['icon-only-inline', NO_WORDS, (page) => live(page), {}],
  ['forced-colors', SHAPES['bottom-right'], (page) => live(page), { forcedColors: true }],
  [
    'forced-colors-dark',
    SHAPES['bottom-right'],
    (page) => live(page),
    { forcedColors: true, scheme: 'dark' },
  ],
  ['yellow-accent', `transcript style="--millis-accent-color: #ffd43b"`, (page) => live(page), {}],
  ['debug-rest', `${SHAPES['bottom-right']} debug`, opened, {}],
  ['debug', `${SHAPES['bottom-right']} debug`, debugged, {}],
  ['debug-dark', `${SHAPES['bottom-right']} debug`, debugged, { scheme: 'dark' }],
  ['debug-inline', 'transcript debug', debugged, {}],
  ['debug-failed', `${SHAPES['bottom-right']} debug size="7"`, failed, {}],
  ['debug-phone', `${SHAPES['bottom-right']} debug`, debugged, { width: 390, height: 760 }],
  ['debug-rtl', `placement="bottom-left" transcript debug`, debugged, { lang: 'ar', dir: 'rtl' }],
  ['debug-forced-colors', `${SHAPES['bottom-right']} debug`, debugged, { forcedColors: true }],
  ...[24, 200].map(
    (size) =>
      [
        `size-${size}-phone`,
        `${SHAPES['bottom-right']} size="${size}"`,
        (page: Page) => live(page),
        { width: 390, height: 760 },
      ] as const,
  ),
];

const LOOKS = [
  'size="24" title-idle="Small"',
  'size="40" title-idle="A little longer than it was"',
  'size="96" icon-idle="🎧" title-idle="Big" background="linear-gradient(135deg, #7c3aed, #ec4899)"',
  'title-idle="" title-connecting="" title-running=""',
  'title-idle="" title-connecting="" title-running="" size="96" background="#ffd43b"',
  'background="linear-gradient(90deg, #fff, #000)" title-idle="White to black"',
  'background="#fff" title-idle="On white" button-css="border: 2px solid #222; border-radius: 10px; box-shadow: none"',
  'icon-idle="Call" title-idle="A title that is far too long to be on one line, and too long for two, so that it has to end"',
  `icon-idle='<svg viewBox="0 0 24 24"><path fill="currentColor" d="M12 2 2 22h20z"/></svg>' background="#ffe066" title-idle="SVG"`,
  'button-css="background: #0b7285; text-transform: uppercase; letter-spacing: 0.08em; padding: 12px 32px; &:hover { background: #0c8599 }" title-idle="Designed"',
  'disabled title-idle="Disabled"',
  'title-idle="話しかける" icon-idle="🗾"',
].map((attributes) => `<p>${widget('receptionist', '', attributes)}</p>`);

const TEXT = '<p>Our practice is open from Monday to Friday, and on Saturday by appointment.</p>';

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER);
const stage = await openStage();
let count = 0;
try {
  for (const [name, around] of Object.entries(SURROUNDINGS)) {
    for (const [shape, attributes] of Object.entries(SHAPES)) {
      for (const [state, { agent, reach }] of Object.entries(STATES)) {
        const body = TEXT + widget(agent, stage.platform.url, `${attributes} ${around.attributes}`) + TEXT;
        await picture(stage, body, around, join(FOLDER, `${shape}-${state}-${name}.png`) as PngPath, reach);
        count += 1;
      }
    }
    const path = join(FOLDER, `looks-${name}.png`) as PngPath;
    await picture(stage, LOOKS.join(''), { ...around, height: 1150 }, path);
    count += 1;
  }
  for (const [name, attributes, reach, around] of SCENES) {
    const body = TEXT + widget('receptionist', stage.platform.url, attributes) + TEXT;
    const path = join(FOLDER, `scene-${name}.png`) as PngPath;
    await picture(stage, body, { ...WIDE, ...around }, path, reach);
    count += 1;
  }
} finally {
  await stage.close();
}
console.log(`${count} pictures in ${FOLDER}/`);

async function picture(
  { browser, site }: Stage,
  body: string,
  { lang, dir, scheme, width, height, forcedColors = false }: Surroundings,
  path: PngPath,
  reach: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  if (!path.includes(ONLY)) return;
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  const session = await page.createCDPSession();
  const features = [
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'forced-colors', value: forcedColors ? 'active' : 'none' },
  ];
  await session.send('Emulation.setEmulatedMedia', { features });
  const head = `<meta charset="utf-8" /><meta name="viewport" content="width=device-width" />
    <style>:root { color-scheme: light dark; font: 16px/1.5 sans-serif } body { margin: 2rem }</style>`;
  const html = pageWith(body, head).replace('<html lang="en">', `<html lang="${lang}" dir="${dir}">`);
  await page.goto(site.add(html));
  await page.waitForSelector(BUTTON);
  await reach(page);
  await page.screenshot({ path });
  await page.close();
}

async function press(page: Page, target = BUTTON): Promise<void> {
  await page.locator(target).click();
}

/** In a call, after the agent's first words, and after a press on a part. */
async function live(page: Page, thenPress?: string): Promise<void> {
  await press(page);
  await phase(page, 'live');
  await page.waitForFunction("document.querySelector('millis-voice-agent').turns.length > 0", {
    timeout: LIVE_MS,
  });
  if (thenPress) await press(page, `millis-voice-agent >>> [part=${thenPress}]`);
}

/** With the debug panel. */
async function opened(page: Page): Promise<void> {
  await page.waitForSelector('millis-voice-agent >>> [popover] >>> section');
}

/** In a call, with the debug panel full of it. */
async function debugged(page: Page): Promise<void> {
  await opened(page);
  await live(page);
  await page.waitForFunction(
    "document.querySelector('millis-voice-agent').shadowRoot.querySelector('[popover]').shadowRoot.textContent.includes('audio/opus')",
    { timeout: LIVE_MS },
  );
}

/** With the debug panel, scrolled to what went wrong. */
async function failed(page: Page): Promise<void> {
  await opened(page);
  await page.$eval('millis-voice-agent', (element) => (element.agentId = 'nobody'));
  await press(page);
  await phase(page, 'failed');
  await page.$$eval('millis-voice-agent >>> [popover] >>> section', (sections) =>
    sections[4]?.scrollIntoView(),
  );
}

/** In a call, with the panel put away. */
async function dismissed(page: Page): Promise<void> {
  await live(page);
  await page.keyboard.press('Escape');
}

async function phase(page: Page, wanted: string): Promise<void> {
  await page.waitForSelector(`millis-voice-agent[data-phase=${wanted}]`, { timeout: LIVE_MS });
}
