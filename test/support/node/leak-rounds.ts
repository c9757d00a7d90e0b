import type { Browser } from 'puppeteer-core';
import { growth, LeakPage, type Measure } from './leak-page.js';
import type { PageServer } from './page-server.js';

/** What some calls left behind, compared with what there was after the tenth call of the page. */
export interface Round {
  /** Calls of the page so far, these included. */
  readonly calls: number;
  /** A line for each count that is more than it was. */
  readonly grown: readonly string[];
  readonly heapGrowthBytes: number;
  readonly after: Measure;
}

/** By then all that is made once is there: compiled code, parsers, the parts of the browser that a first call starts. */
const FIRST_CALLS = 10;
const FIRST_PATIENCE_MS = 1_000;
const PATIENCE_MS = 8_000;

/** One page and all of its calls, round after round. */
export class LeakRounds {
  /**
   * What the heap may be larger than after the tenth call, however many calls were made: the rest of the widget's code is compiled
   * meanwhile, and the browser's own caches fill. One element that is held is some 20 kB.
   */
  static readonly MOST_HEAP_BYTES = 400_000;

  #calls = 0;
  #before: Measure | undefined;

  private constructor(private readonly page: LeakPage) {}

  static async open(browser: Browser, site: PageServer, platformUrl: string): Promise<LeakRounds> {
    return new LeakRounds(await LeakPage.open(browser, site, platformUrl));
  }

  get complaints(): readonly string[] {
    return this.page.complaints;
  }

  /** What there was after the tenth call. */
  get before(): Measure {
    if (!this.#before) throw new Error(`Only ${this.#calls} calls were made.`);
    return this.#before;
  }

  /** Makes calls in every quick way in turn, and with `slow` one more in each of the ways that take seconds. */
  async call(count: number, { slow = false } = {}): Promise<Round> {
    const { quickWays, slowWays } = this.page;
    for (let made = 0; made < count; made += 1) {
      await this.page.call(quickWays[this.#calls % quickWays.length] ?? '');
      this.#calls += 1;
      if (this.#calls === FIRST_CALLS) this.#before = await this.page.lowest(FIRST_PATIENCE_MS);
    }
    for (const way of slow ? slowWays : []) {
      await this.page.call(way);
      this.#calls += 1;
    }
    const after = await this.page.settle(this.before, PATIENCE_MS);
    return {
      calls: this.#calls,
      grown: growth(this.before, after),
      heapGrowthBytes: after.heapBytes - this.before.heapBytes,
      after,
    };
  }
}
