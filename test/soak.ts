/**
 * `npm run soak -- --minutes N` (60 unless said): rounds of calls in one page of the built script file, and between them the race
 * property with new seeds. Ends with a table, and with an exit code that is not 0 when anything grew or failed. Build first.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './support/node/chromium.js';
import { LeakRounds, type Round } from './support/node/leak-rounds.js';
import { startOwnPlatform } from './support/node/own-platform.js';
import { startPageServer } from './support/node/page-server.js';

const CALLS_PER_ROUND = 200;
/** Ten of these are one race. */
const RUNS_PER_ROUND = 1_000;
const MOST_SEEDS = 2 ** 31;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error('--minutes wants a number above 0.');

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const startedAt = performance.now();
const seconds = () => Math.round((performance.now() - startedAt) / 1000);
const isOver = () => stopping.signal.aborted || seconds() >= minutes * 60;
const failures: string[] = [];

function tell(line: string): void {
  console.log(`${String(seconds()).padStart(5)} s  ${line}`);
}

/** The property with one seed, in a browser of its own. What it says is printed only where it fails. */
async function race(seed: number): Promise<void> {
  const env = { ...process.env, MILLIS_RUNS: `${RUNS_PER_ROUND}`, MILLIS_SEED: `${seed}` };
  const args = [join('node_modules', '.bin', 'wtr'), '--files', 'test/faults/races.test.ts'];
  const child = spawn(process.execPath, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: stopping.signal,
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = (await once(child, 'close').catch(() => [undefined])) as [number | undefined];
  if (stopping.signal.aborted) return;
  tell(`races    ${RUNS_PER_ROUND / 10} with seed ${seed}: ${code === 0 ? 'kept' : 'FAILED'}`);
  if (code === 0) return;
  failures.push(`races with seed ${seed}`);
  console.log(Buffer.concat(said).toString());
}

async function leaks(rounds: LeakRounds): Promise<Round> {
  const round = await rounds.call(CALLS_PER_ROUND, { slow: true });
  const tooLarge = round.heapGrowthBytes > LeakRounds.MOST_HEAP_BYTES;
  const grown = [...round.grown, ...(tooLarge ? ['the heap'] : []), ...rounds.complaints];
  const heap = `heap ${kilobytes(round.after.heapBytes)} (${kilobytes(round.heapGrowthBytes)} more)`;
  tell(
    `leaks    after ${round.calls} calls: ${heap}, ${grown.length === 0 ? 'nothing grew' : grown.join('; ')}`,
  );
  failures.push(...grown.map((what) => `${what}, after ${round.calls} calls`));
  return round;
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}

function table(rounds: LeakRounds, last: Round): string {
  const { before } = rounds;
  const rows = Object.entries(before.counts).map(([name, count]) => [
    name,
    count,
    last.after.counts[name] ?? 0,
  ]);
  return [
    `| after garbage collection | after the tenth call | after ${last.calls} calls |`,
    '| - | - | - |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    `| heap | ${kilobytes(before.heapBytes)} | ${kilobytes(last.after.heapBytes)} |`,
  ].join('\n');
}

const [browser, site, platform] = await Promise.all([
  launchChromium(),
  startPageServer(),
  startOwnPlatform(),
]);
try {
  const rounds = await LeakRounds.open(browser, site, platform.url);
  let races = 0;
  let last = await leaks(rounds);
  while (!isOver()) {
    await race(Math.floor(Math.random() * MOST_SEEDS));
    races += RUNS_PER_ROUND / 10;
    if (!isOver()) last = await leaks(rounds);
  }
  console.log(`\n${table(rounds, last)}\n`);
  console.log(`${last.calls} calls and ${races} races in ${seconds()} s, ${failures.length} failed`);
  for (const failure of failures) console.log(`  ${failure}`);
} finally {
  await browser.close();
  await Promise.all([site.close(), platform.close()]);
}
process.exitCode = failures.length === 0 && !stopping.signal.aborted ? 0 : 1;
