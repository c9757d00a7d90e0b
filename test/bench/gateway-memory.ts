import { setInterval } from 'node:timers/promises';
import type { BenchProcess, Cost } from './gateway-process.js';
import { median } from './median.js';

const EVERY_MS = 5000;
const MB = 1_048_576;

/** What a server needed while it was under load. */
interface Watched {
  readonly callsPerSecond: number;
  readonly samples: readonly (Cost & { readonly minute: number })[];
}

/** Takes a sample every five seconds, each after a collection of garbage, until the load is over. */
export async function watchMemory(server: BenchProcess, load: Promise<number>): Promise<Watched> {
  const over = new AbortController();
  const calls = load.finally(() => over.abort());
  const startedAt = performance.now();
  const samples: (Cost & { minute: number })[] = [];
  const ticks = setInterval(EVERY_MS, undefined, { signal: over.signal })[Symbol.asyncIterator]();
  try {
    while (!(await ticks.next()).done) {
      samples.push({ ...(await server.cost()), minute: (performance.now() - startedAt) / 60_000 });
    }
  } catch (error) {
    if (!over.signal.aborted) throw error;
  }
  return { callsPerSecond: await calls, samples };
}

/** Says whether the memory is flat: the medians of both halves, and the slope. */
export function printMemory({ callsPerSecond, samples }: Watched): void {
  const minutes = samples.at(-1)?.minute ?? 0;
  console.log(
    `Full load for ${minutes.toFixed(1)} minutes, ${callsPerSecond.toFixed(0)} calls/s, ${samples.length} samples, each after a collection:`,
  );
  for (const [name, field] of [
    ['heap', 'heapBytes'],
    ['resident', 'rssBytes'],
  ] as const) {
    const points = samples.map((sample) => ({ x: sample.minute, y: sample[field] / MB }));
    const middle = Math.floor(points.length / 2);
    const halves = [points.slice(0, middle), points.slice(middle)].map((half) =>
      median(half.map(({ y }) => y)).toFixed(2),
    );
    console.log(
      `${name.padEnd(9)} ${halves[0] ?? ''} MB in the first half, ${halves[1] ?? ''} MB in the second, slope ${slope(points).toFixed(3)} MB a minute`,
    );
  }
}

/** Of the line with the least squares. */
function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const above = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return above / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}
