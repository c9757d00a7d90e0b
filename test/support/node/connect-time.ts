import type { Browser } from 'puppeteer-core';
import { CallPage } from './call-page.js';

/** Milliseconds from the click to the connection: the median of a few calls by each way. */
interface ConnectTimes {
  readonly directMs: number;
  readonly gatewayMs: number;
}

/** Two pages with the same widget, one of which calls through a gateway. */
interface Ways {
  readonly direct: string;
  readonly gateway: string;
}

/** Calls by both ways in turn, `rounds` times. Each round begins with the other one, so that neither has the better place. */
export async function connectTimes(browser: Browser, ways: Ways, rounds: number): Promise<ConnectTimes> {
  // The first call of a browser starts its audio and network processes.
  const call = await CallPage.open(browser, ways.direct, { ledger: false, sound: false });
  await connectMs(call);
  const times = { direct: [] as number[], gateway: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['direct', 'gateway'] as const) : (['gateway', 'direct'] as const);
    for (const way of order) {
      await call.page.goto(ways[way]);
      times[way].push(await connectMs(call));
    }
  }
  await call.close();
  return { directMs: median(times.direct), gatewayMs: median(times.gateway) };
}

async function connectMs(call: CallPage): Promise<number> {
  await call.press();
  await call.page.waitForFunction(() => millisProbe.marks.connected !== undefined, { polling: 50 });
  const { connected = NaN } = await call.page.evaluate(() => millisProbe.marks);
  return connected;
}

/** The middle one of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
