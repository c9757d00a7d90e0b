/**
 * `npm run test:network`: calls over a real link that goes bad, in one browser after the other. Each file has a link, a browser and a
 * process of its own, inside of the visitor's network namespace. The files run side by side, because they mostly wait; two browsers at
 * once keep two cores so busy that sound is missing.
 *
 * Arguments, all of them optional: `chromium` or `firefox`, files, and options for Node's test runner, for example
 * `--test-name-pattern="^row 36:"`. With options each run is counted as one: Node tells of the tests that were left out, too.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { requireChromium } from '../support/node/browser-path.js';
import { type Count, readCount } from '../support/node/count.js';
import { hasFirefox } from '../support/node/firefox.js';
import { figureTable } from './figures.js';
import { openLink } from './link.js';
import { whyNoNetwork } from './requirements.js';
import type { VisitorEnvironment } from './visitor.js';

type BrowserName = VisitorEnvironment['MILLIS_NETWORK_BROWSER'];

/** After which a run is hopeless: ending its link ends everything in it. */
const TOO_LONG_MS = 180_000;
const REPORTER = [
  '--test-reporter=./test/support/node/counting-node-reporter.js',
  '--test-reporter-destination=stdout',
];
const TESTS = 'test/network';
const OWN_FILES = readdirSync(TESTS)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `${TESTS}/${name}`);
const { files, browsers, options } = readArguments(process.argv.slice(2));

const problem = whyNoNetwork();
if (problem !== undefined) console.log(`Calls over a real link are not tested: ${problem}.`);
const count = problem === undefined ? await runAll() : { passed: 0, failed: 0 };
const countFile = process.env['MILLIS_COUNT_FILE'];
if (countFile) writeFileSync(countFile, JSON.stringify(count));
process.exitCode = count.failed === 0 ? 0 : 1;

function readArguments(given: readonly string[]): {
  readonly files: readonly string[];
  readonly browsers: readonly BrowserName[];
  readonly options: readonly string[];
} {
  const named = given.filter((argument) => argument.endsWith('.test.ts'));
  const both = (['chromium', 'firefox'] as const).filter((name) => name === 'chromium' || hasFirefox());
  const asked = both.filter((name) => given.includes(name));
  return {
    files: named.length > 0 ? named : OWN_FILES,
    browsers: asked.length > 0 ? asked : both,
    options: given.filter((argument) => argument.startsWith('--')),
  };
}

async function runAll(): Promise<Count> {
  requireChromium();
  // Sound is made every 10 ms: what else the machine has to do must not look like a fault of the link. All that is started inherits it.
  setPriority(constants.priority.PRIORITY_HIGH);
  const folder = mkdtempSync(join(tmpdir(), 'millis-network-'));
  const figures = join(folder, 'figures');
  try {
    const counts: Count[] = [];
    for (const browser of browsers) {
      counts.push(...(await Promise.all(files.map((file) => run(file, { browser, folder, figures })))));
    }
    console.log(`\n${figureTable(figures, browsers)}\n`);
    const sum = (key: keyof Count): number => counts.reduce((total, one) => total + one[key], 0);
    const total = { passed: sum('passed'), failed: sum('failed') };
    console.log(`${total.passed} passed, ${total.failed} failed`);
    return total;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface RunOptions {
  readonly browser: BrowserName;
  readonly folder: string;
  readonly figures: string;
}

/** Runs one file at the visitor's end of a new link. What ends badly, or counts nothing, is a failure. */
async function run(file: string, { browser, folder, figures }: RunOptions): Promise<Count> {
  const startedAt = performance.now();
  const name = `${browser}-${basename(file, '.test.ts')}`;
  const link = await openLink(`millis-${process.pid}-${name}`, join(folder, `${name}.socket`));
  const environment: VisitorEnvironment = {
    MILLIS_NETWORK_BROWSER: browser,
    MILLIS_NETWORK_SOCKET: link.socket,
    MILLIS_NETWORK_FIGURES: figures,
  };
  const counted = join(folder, `${name}.json`);
  const isWhole = options.length === 0;
  try {
    const child = spawn(
      'ip',
      [
        'netns',
        'exec',
        link.namespace,
        process.execPath,
        '--import=tsx',
        ...(isWhole ? REPORTER : options),
        file,
      ],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, ...environment, MILLIS_COUNT_FILE: counted },
      },
    );
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    const timer = setTimeout(() => void link.close(), TOO_LONG_MS);
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(timer);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`# ${file} in ${browser}, ${seconds} s\n${Buffer.concat(said).toString().trimEnd()}`);
    if (isWhole) return readCount(counted, code);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  } finally {
    await link.close();
  }
}
