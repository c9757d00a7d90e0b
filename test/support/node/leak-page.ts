import type { Browser, CDPSession, Page } from 'puppeteer-core';
import type * as leaks from './page/leaks.js';
import { WIDGET_PATH, leaksScript } from './page-scripts.js';
import type { PageServer } from './page-server.js';

declare global {
  var millisLeaks: typeof leaks;
}

type Kind = Parameters<typeof leaks.count>[1];

/** How much of what there is in a page, by name. */
export type Counts = Readonly<Record<string, number>>;

/** What is in a page after its garbage was collected. */
export interface Measure {
  readonly counts: Counts;
  readonly heapBytes: number;
}

/** Objects that a call opens, by the name of their class, and all others that it makes in numbers. */
const CLASSES = [
  'RTCPeerConnection',
  'RTCDataChannel',
  'RTCRtpReceiver',
  'RTCRtpSender',
  'RTCDtlsTransport',
  'MediaStream',
  'MediaStreamTrack',
  'HTMLAudioElement',
  'AbortController',
  'AbortSignal',
  'MutationObserver',
  'PermissionStatus',
  'Request',
  'Response',
] as const;

/** What Chromium itself counts (`Performance.getMetrics`). */
const METRICS = ['Documents', 'Frames', 'JSEventListeners', 'Nodes', 'AudioHandlers', 'RTCPeerConnections'];

const WAY_MS = 30_000;

/** A page in which one call after the other is made, and nothing else keeps book of what they open. */
export class LeakPage {
  private constructor(
    readonly page: Page,
    readonly quickWays: readonly string[],
    readonly slowWays: readonly string[],
    private readonly session: CDPSession,
    private readonly platformUrl: string,
    /** What the page's console said of errors. */
    readonly complaints: readonly string[],
  ) {}

  static async open(browser: Browser, site: PageServer, platformUrl: string): Promise<LeakPage> {
    const page = await browser.newPage();
    page.setDefaultTimeout(WAY_MS);
    await page.evaluateOnNewDocument(await leaksScript());
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    const head = `<title>A site</title><script src="${WIDGET_PATH}"></script>`;
    await page.goto(site.add(`<!doctype html><html lang="en"><head>${head}</head><body></body></html>`));
    // A press anywhere lets a page play sound.
    await page.mouse.click(5, 5);
    const session = await page.createCDPSession();
    await session.send('Performance.enable');
    await session.send('HeapProfiler.enable');
    const { quickWays, slowWays } = await page.evaluate(() => {
      return { quickWays: millisLeaks.quickWays, slowWays: millisLeaks.slowWays };
    });
    return new LeakPage(page, quickWays, slowWays, session, platformUrl, complaints);
  }

  /** Makes one call, from start to end. */
  async call(way: string): Promise<void> {
    const calling = this.page.evaluate((name, url) => millisLeaks.call(name, url), way, this.platformUrl);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`"${way}" did not end within ${WAY_MS} ms.`)), WAY_MS);
    });
    await Promise.race([calling, late]).finally(() => clearTimeout(timer));
  }

  /** Collects the garbage twice, because what is freed first may hold on to other things, and counts what is left. */
  async measure(): Promise<Measure> {
    for (let round = 0; round < 2; round += 1) await this.session.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.session.send('Performance.getMetrics');
    const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
    const counts: Record<string, number> = {};
    for (const name of METRICS) counts[name] = metric(name);
    for (const name of CLASSES) counts[name] = await this.#count(name);
    counts['open peers'] = await this.#count('RTCPeerConnection', 'open');
    counts['live tracks'] = await this.#count('MediaStreamTrack', 'live');
    counts['detached nodes'] = await this.#count('Node', 'detached');
    counts['timers'] = await this.page.evaluate(() => millisLeaks.timers());
    return { counts, heapBytes: metric('JSHeapUsedSize') };
  }

  /**
   * Measures again until nothing is more than it was, because a peer's threads let go of it in their own time; after `patienceMs`
   * whatever is left is what it is.
   */
  async settle(before: Measure, patienceMs: number): Promise<Measure> {
    const deadline = performance.now() + patienceMs;
    let measure = await this.measure();
    while (growth(before, measure).length > 0 && performance.now() < deadline) measure = await this.measure();
    return measure;
  }

  /** The least of each within `ms`: a first measure may find things that the browser is about to let go of. */
  async lowest(ms: number): Promise<Measure> {
    const deadline = performance.now() + ms;
    let { counts, heapBytes } = await this.measure();
    while (performance.now() < deadline) {
      const next = await this.measure();
      counts = Object.fromEntries(
        Object.entries(counts).map(([name, count]) => [name, Math.min(count, next.counts[name] ?? count)]),
      );
      heapBytes = Math.min(heapBytes, next.heapBytes);
    }
    return { counts, heapBytes };
  }

  async #count(className: string, kind: Kind = 'any'): Promise<number> {
    const prototype = await this.page.evaluateHandle(`${className}.prototype`);
    const objects = await this.page.queryObjects(prototype);
    const count = await this.page.evaluate((list, wanted) => millisLeaks.count(list, wanted), objects, kind);
    await Promise.all([objects.dispose(), prototype.dispose()]);
    return count;
  }
}

/** Each quick way is gone ten times in a round of the soak, so what a way leaves behind is ten. */
const MOST_CLOSED_PEERS = 3;

/**
 * What a count may grow by. A closed peer stayed once in 618 calls, and by what it was held is not known; `open peers` has no
 * slack. The debugger sees the nodes that scripts have seen, and of those in lit's templates sometimes some more: they are in `Nodes` all the
 * time. One element that is held has ninety.
 */
const SLACK: Counts = {
  RTCPeerConnections: MOST_CLOSED_PEERS,
  RTCPeerConnection: MOST_CLOSED_PEERS,
  RTCRtpReceiver: MOST_CLOSED_PEERS,
  RTCRtpSender: MOST_CLOSED_PEERS,
  'detached nodes': 20,
};

/** What is more than it was, a line each. */
export function growth(before: Measure, after: Measure): string[] {
  return Object.entries(after.counts)
    .filter(([name, count]) => count > (before.counts[name] ?? 0) + (SLACK[name] ?? 0))
    .map(([name, count]) => `${name}: ${before.counts[name] ?? 0} → ${count}`);
}
