import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { HeardSound } from './heard-sound.js';
import type * as probe from './page/probe.js';
import type { SeenEvent } from './page/probe.js';
import { ledgerScript, probeScript } from './page-scripts.js';

declare global {
  var millisProbe: typeof probe;
  var millisLedger: typeof import('../browser/ledger.js');
}

const BUTTON = 'millis-voice-agent >>> [part=button]';
const WAIT_MS = 10_000;
const CLOSES_MS = 1_000;
/** What Firefox itself says of a request that failed, as if it were an error that nobody caught. */
const REPORTS = /^Error: (Cross-Origin Request Blocked|Content-Security-Policy)/;

export interface CallPageOptions {
  /** Default: a context of its own, so that the page is visible and alone. */
  readonly context?: BrowserContext;
  /** Keeps book of all that the page opens. Default true. */
  readonly ledger?: boolean;
  /** Records what the page plays. Default true; costs time where time is measured. */
  readonly sound?: boolean;
  /** In a window of its own: Firefox draws no more than one page of a window, and a press waits for the drawing. Default false. */
  readonly window?: boolean;
  /** Is told of the page before it goes anywhere, to watch it from its first request. */
  readonly onPage?: (page: Page) => void;
}

/** A visitor at a page with the widget. */
export class CallPage {
  private constructor(
    readonly page: Page,
    /** What the page fetched so far, itself included. */
    readonly requests: readonly string[],
    /** Errors that nobody caught. */
    readonly complaints: readonly string[],
    /** All that the page's console said. */
    readonly said: readonly string[],
  ) {}

  static async open(browser: Browser, url: string, options: CallPageOptions = {}): Promise<CallPage> {
    const context = options.context ?? (await browser.createBrowserContext());
    const page = await context.newPage(options.window ? { type: 'window' } : {});
    page.setDefaultTimeout(WAIT_MS);
    if (options.ledger !== false) await page.evaluateOnNewDocument(await ledgerScript());
    await page.evaluateOnNewDocument(await probeScript(options.sound));
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => {
      if (!REPORTS.test(String(error))) complaints.push(String(error));
    });
    options.onPage?.(page);
    await page.goto(url);
    return new CallPage(page, requests, complaints, said);
  }

  /** A real press on the widget's button, or on another one. */
  async press(selector = BUTTON): Promise<void> {
    await this.page.locator(selector).click();
  }

  /** Waits until the call has been in the phase, now or before. Rejects with what was seen instead. */
  async reaches(phase: string, timeout = WAIT_MS): Promise<void> {
    await this.sees((seen, wanted) => seen.some((event) => event.phase === wanted), phase, timeout);
  }

  /** Waits for an event of the widget. `condition` runs in the page, and sees nothing but its arguments. */
  async sees(
    condition: (events: SeenEvent[], argument: string) => boolean,
    argument = '',
    timeout = WAIT_MS,
  ): Promise<void> {
    try {
      await this.page.waitForFunction(
        `(${condition.toString()})(millisProbe.events, ${JSON.stringify(argument)})`,
        { timeout, polling: 50 },
      );
    } catch (cause) {
      const seen = (await this.events()).map(({ type, phase, code }) =>
        [type, phase, code].filter(Boolean).join(' '),
      );
      throw new Error(`Never seen: ${argument || condition.toString()}. Seen: ${seen.join(', ')}.`, {
        cause,
      });
    }
  }

  events(): Promise<SeenEvent[]> {
    return this.page.evaluate(() => millisProbe.events);
  }

  /** Waits until the visitor reads these words in the notice, or hears them as the status. Rejects with what is said instead. */
  async reads(words: string, timeout = WAIT_MS): Promise<void> {
    const said = `[...document.querySelector('millis-voice-agent').shadowRoot.querySelectorAll('[part=notice] p, [part=status]')]
      .map(({ textContent }) => textContent.trim())`;
    await this.page
      .waitForFunction(`${said}.includes(${JSON.stringify(words)})`, { timeout, polling: 50 })
      .catch(async (cause: unknown) => {
        throw new Error(`"${words}" is not said, but ${JSON.stringify(await this.page.evaluate(said))}.`, {
          cause,
        });
      });
  }

  /** The words on the button of the notice; `undefined` when there is none. */
  async action(): Promise<string | undefined> {
    const [words] = await this.page.$$eval('millis-voice-agent >>> [part=notice] .action', (buttons) =>
      buttons.map(({ textContent }) => textContent),
    );
    return words;
  }

  /** When each offer left, by the page's clock. */
  offersAtMs(): Promise<number[]> {
    return this.page.evaluate(() => millisProbe.marks.offersAtMs);
  }

  /** All that came out of the loudspeaker so far. */
  async heard(): Promise<HeardSound> {
    return new HeardSound(await this.page.evaluate(() => [...millisProbe.heard()]));
  }

  /** Waits until the recording of the loudspeaker goes on for `ms` from now. */
  async listens(ms: number): Promise<void> {
    await this.page.waitForFunction(
      (untilMs: number) => millisProbe.heardUntilMs() > untilMs,
      { polling: 50, timeout: ms + WAIT_MS },
      (await this.now()) + ms,
    );
  }

  /** The page's clock. */
  now(): Promise<number> {
    return this.page.evaluate(() => performance.now());
  }

  /** What the widget has open, by the ledger, and keeps: what closes by itself at once (the wait for a drawing) is not in it. */
  async alive(): Promise<string[]> {
    await this.page
      .waitForFunction(() => millisLedger.alive().length === 0, { polling: 20, timeout: CLOSES_MS })
      .catch(() => undefined);
    return this.page.evaluate(() => millisLedger.alive());
  }

  /** The texts of the conversation that the visitor reads, one line a turn. */
  async shownTurns(): Promise<string[]> {
    const texts = await this.page.$$eval('millis-voice-agent >>> .turn', (turns) =>
      turns.map((turn) => turn.textContent.replace(/\s+/g, ' ').trim()),
    );
    return texts;
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
