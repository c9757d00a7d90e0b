/** `npm run bench:gateway`: what the gateway costs beside a handler that checks nothing. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { assertAnswers, evenLoad, fullLoad } from './gateway-load.js';
import { printMemory, watchMemory } from './gateway-memory.js';
import { type BenchProcess, pinLoad, startProcess } from './gateway-process.js';
import { median } from './median.js';

const HELP = `The built gateway on @hono/node-server, as its command line runs it and by fetch, beside a bare Hono handler that forwards the same request unchecked.
In turn, so that both meet the same machine. Every answer is checked to be a 200. Build first: npm run build.

  --rounds N       rounds of each (default 7)
  --seconds N      length of a round (default 5)
  --connections N  that call at full load (default 20)
  --rate N         calls a second at the even load (default 200)
  --minutes N      after that, full load on the gateway alone, with its memory (default 0: not)
  --dist FOLDER    another build
  --help           this text`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '0' },
    dist: { type: 'string', default: fileURLToPath(new URL('../../dist', import.meta.url)) },
    help: { type: 'boolean', default: false },
  },
});
const [rounds = 0, seconds = 0, connections = 0, perSecond = 0, minutes = 0] = [
  values.rounds,
  values.seconds,
  values.connections,
  values.rate,
  values.minutes,
].map(Number);

/** One side of the comparison, with what was measured in each round. */
interface Side {
  readonly name: string;
  readonly server: BenchProcess;
  readonly perSecond: number[];
  /** Median of each round. */
  readonly latencyMs: number[];
  /** How much of its core it had under full load, 0 to 1. */
  readonly busy: number[];
  /** Processor time of a call under full load, which other programs of the machine disturb the least. */
  readonly cpuMs: number[];
}

async function startSides(
  isAlone: boolean,
): Promise<{ readonly sides: Side[]; stop: () => Promise<unknown> }> {
  const upstream = await startProcess({ file: 'gateway-upstream.ts' });
  const start = async (name: string, kind: string): Promise<Side> => {
    const args = [kind, upstream.url, values.dist];
    const server = await startProcess({ file: 'gateway-subject.ts', args, isAlone });
    await assertAnswers(server.url);
    return { name, server, perSecond: [], latencyMs: [], busy: [], cpuMs: [] };
  };
  const sides = [
    await start('the gateway', 'gateway'),
    await start('the same by fetch', 'fetch'),
    await start('a bare handler', 'bare'),
  ];
  return {
    sides,
    stop: () => Promise.all([upstream, ...sides.map(({ server }) => server)].map((one) => one.stop())),
  };
}

async function runRound(side: Side): Promise<void> {
  const { server } = side;
  side.latencyMs.push(median(await evenLoad(server.url, { perSecond, seconds })));
  const before = await server.cost();
  const startedAt = performance.now();
  const callsPerSecond = await fullLoad(server.url, { connections, seconds });
  const cpuMs = (await server.cost()).cpuMs - before.cpuMs;
  side.perSecond.push(callsPerSecond);
  side.busy.push(cpuMs / (performance.now() - startedAt));
  side.cpuMs.push(cpuMs / (callsPerSecond * seconds));
}

async function compare(sides: readonly Side[]): Promise<void> {
  if (rounds === 0) return;
  // The compiler of the engine is still at work in the first seconds.
  for (const { server } of sides) await fullLoad(server.url, { connections, seconds });
  for (let round = 0; round < rounds; round += 1) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await runRound(side);
  }
  console.log(`Medians of ${rounds} rounds of ${seconds} s, in turn:`);
  for (const { name, ...side } of sides) {
    console.log(
      `${name.padEnd(18)}${median(side.perSecond).toFixed(0).padStart(7)} calls/s` +
        ` (${Math.min(...side.perSecond).toFixed(0)}–${Math.max(...side.perSecond).toFixed(0)})` +
        ` at full load, ${(median(side.busy) * 100).toFixed(0)} % of its core, ${median(side.cpuMs).toFixed(3)} ms of it a call;` +
        ` ${median(side.latencyMs).toFixed(3)} ms a call at ${perSecond}/s`,
    );
  }
  const bare = sides.at(-1);
  for (const side of sides.slice(0, -1)) printComparison(side, bare);
}

function printComparison(ours: Side, bare: Side | undefined): void {
  if (!bare) return;
  const ratios = ours.perSecond.map((calls, round) => calls / (bare.perSecond[round] ?? NaN));
  const added = median(ours.latencyMs) - median(bare.latencyMs);
  const cpuRatio = median(bare.cpuMs) / median(ours.cpuMs);
  console.log(
    `${ours.name}: throughput ${median(ratios).toFixed(3)} of the bare handler's, processor time ${(1 / cpuRatio).toFixed(3)} of it,` +
      ` median latency ${added < 0 ? '−' : '+'}${Math.abs(added).toFixed(3)} ms`,
  );
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (![rounds, seconds, connections, perSecond, minutes].every((value) => value >= 0)) {
    throw new Error('The options want numbers.');
  }
  if (!existsSync(`${values.dist}/gateway.js`)) {
    throw new Error(`${values.dist}/gateway.js is missing. Build it: npm run build`);
  }
  const { isPinned, words } = pinLoad();
  console.log(`Node ${process.version}. ${words} What is logged goes into a pipe.`);
  const { sides, stop } = await startSides(isPinned);
  try {
    await compare(sides);
    const [ours] = sides;
    if (minutes > 0 && ours) {
      const load = fullLoad(ours.server.url, { connections, seconds: minutes * 60 });
      printMemory(await watchMemory(ours.server, load));
    }
  } finally {
    await stop();
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
