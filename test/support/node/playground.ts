import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, Frame, Page } from 'puppeteer-core';

const START = fileURLToPath(new URL('../../../demo/start.ts', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const WAIT_MS = 10_000;

/** What `npm start` runs, without building again. */
export interface Started {
  /** Address of the playground. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the playground and its platform as `npm start` does. Rejects with what was printed when it ends before it is ready. */
export async function startPlayground(): Promise<Started> {
  const child = spawn(process.execPath, ['--import=tsx', START, '--quiet', '--no-build'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed: string[] = [];
  const close = async () => {
    const closed = once(child, 'close');
    if (child.kill()) await closed;
  };
  for await (const line of createInterface(child.stdout)) {
    printed.push(line);
    const url = /^Open (http\S+)/.exec(line)?.[1];
    if (url) return { url, close };
  }
  throw new Error(`npm start ended: ${printed.join('\n')}`);
}

interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
}

/** Somebody at the playground. */
export class PlaygroundPage {
  private constructor(
    readonly page: Page,
    /** What went wrong in the page's scripts. */
    readonly complaints: readonly string[],
  ) {}

  static async open(browser: Browser, url: string, viewport?: Viewport): Promise<PlaygroundPage> {
    const { width, height, scheme = 'light' } = viewport ?? { width: 1280, height: 800 };
    const context = await browser.createBrowserContext();
    await context.setPermission(
      new URL(url).origin,
      { permission: { name: 'clipboard-read' }, state: 'granted' },
      { permission: { name: 'clipboard-write' }, state: 'granted' },
      { permission: { name: 'microphone' }, state: 'granted' },
    );
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.setViewport({ width, height });
    await page.goto(url);
    const opened = new PlaygroundPage(page, complaints);
    await opened.frame();
    return opened;
  }

  /** The sample page, once its widget has its attributes. */
  async frame(): Promise<Frame> {
    const element = await this.page.waitForSelector('#sample.ready');
    const frame = await element?.contentFrame();
    if (!frame) throw new Error('There is no sample page.');
    return frame;
  }

  /** Chooses a sample page, and waits until it is there. */
  async choosesSample(id: string): Promise<Frame> {
    await this.page.$eval(`#samples [value="${id}"]`, (input) => (input as HTMLInputElement).click());
    return this.frame();
  }

  /** Writes a text into a field of the form, in the place of what is there. Opens the group that it is in. */
  async writes(field: string, text: string): Promise<void> {
    const selector = `#field-${field.replace('.', '-')}`;
    await this.page.$eval(selector, (control) => {
      control.closest('details')?.setAttribute('open', '');
      (control as HTMLInputElement).focus();
      (control as HTMLInputElement).select();
    });
    await this.page.keyboard.press('Backspace');
    await this.page.keyboard.type(text);
  }

  /** Puts a text on the clipboard and pastes it into the focused field. */
  async pastes(text: string): Promise<void> {
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.page.keyboard.down('Control');
    await this.page.keyboard.press('v');
    await this.page.keyboard.up('Control');
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Waits until the widget's button says this. */
  async buttonSays(text: string): Promise<void> {
    const frame = await this.frame();
    await frame.waitForFunction(
      (wanted) => {
        const button = document
          .querySelector('millis-voice-agent')
          ?.shadowRoot?.querySelector('[part=button]');
        const shown = [...(button?.querySelectorAll('[part=label] > *') ?? [])];
        return shown.some(
          (label) => label.checkVisibility({ visibilityProperty: true }) && label.textContent === wanted,
        );
      },
      {},
      text,
    );
  }

  /** One computed style of the widget's button. */
  async buttonStyle(property: string): Promise<string> {
    const frame = await this.frame();
    return frame.$eval(
      'millis-voice-agent >>> [part=button]',
      (button, name) => getComputedStyle(button).getPropertyValue(name),
      property,
    );
  }

  /** The problems that are shown: the sentence of each field that has one. */
  async problems(): Promise<ReadonlyMap<string, string>> {
    const found = await this.page.$$eval('.problem:not([hidden])', (lines) =>
      lines.map((line) => [line.id.slice('problem-'.length), line.textContent] as const),
    );
    return new Map(found);
  }

  /** What axe has against the page and the sample in it, one line for each element. */
  async axe(): Promise<string[]> {
    const source = await readFile(AXE, 'utf8');
    for (const frame of this.page.frames()) await frame.evaluate(source);
    const found = await this.page.evaluate(
      `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => id + ' ' + target.join(' ') + ' ' + failureSummary)))`,
    );
    return found as string[];
  }

  close(): Promise<void> {
    return this.page.browserContext().close();
  }
}
