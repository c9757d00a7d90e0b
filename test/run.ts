/** `npm test`: everything, from formatting to calls in a real browser. Ends with `N passed, N failed`, counted from the runs. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, findFirefox, findOnPath, findWebKitDriver } from './support/node/browser-path.js';
import { type Count, readCount } from './support/node/count.js';

/** One command. What counts tests writes its numbers to the file of `MILLIS_COUNT_FILE`; anything else is one check. */
interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly counts?: boolean;
}

const BIN = join('node_modules', '.bin');

/** Steps that run one after the other. */
type Lane = readonly Step[];

const BUILD: Lane = [
  {
    name: 'build of the npm files',
    command: [join(BIN, 'vite'), 'build', '--mode=modules', '--logLevel=warn'],
  },
  {
    name: 'build of the script file',
    command: [join(BIN, 'vite'), 'build', '--mode=script-tag', '--logLevel=warn'],
  },
  {
    name: 'build of the debug panel',
    command: [join(BIN, 'vite'), 'build', '--mode=debug', '--logLevel=warn'],
  },
  { name: 'declarations', command: [join(BIN, 'tsc'), '-p', 'tsconfig.build.json'] },
  { name: 'size', command: [join(BIN, 'size-limit')] },
];
const READING: Lane = [
  { name: 'format', command: [join(BIN, 'prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'lint', command: [join(BIN, 'eslint'), '.'] },
  { name: 'types of src', command: [join(BIN, 'tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of the browser tests', command: [join(BIN, 'tsc'), '-p', 'tsconfig.test.json'] },
  { name: 'types of what runs in Node', command: [join(BIN, 'tsc'), '-p', 'tsconfig.node.json'] },
  { name: 'nothing unused', command: [join(BIN, 'knip')] },
  { name: 'checks', command: nodeTest('checks'), counts: true },
];
const SERVERS: Lane = [
  { name: 'command line', command: nodeTest('cli'), counts: true },
  { name: 'gateway', command: nodeTest('gateway'), counts: true },
];

const PLATFORM: Step = { name: 'local platform', command: nodeTest('platform'), counts: true };
const CHROMIUM: Step = {
  name: 'unit and component tests, in Chromium',
  command: [join(BIN, 'wtr')],
  counts: true,
};
const FIREFOX: Step = {
  name: 'unit and component tests, in Firefox',
  command: [join(BIN, 'wtr'), '--config', 'web-test-runner.firefox.config.js'],
  counts: true,
};
const WEBKIT: Step = {
  name: 'drawing and keyboard, in WebKitGTK',
  command: [join(BIN, 'wtr'), '--config', 'web-test-runner.webkit.config.js'],
  counts: true,
};
/** End-to-end files that listen, count memory, or hold a time: alone. The others mostly wait, and two of them use the machine. */
const ALONE = /^(conversation|faults-hang-up|faults-page-lifecycle|leaks)\.test\.ts$/;
const CALLS: Lane = [
  {
    name: 'end to end, in browsers',
    command: nodeTest('e2e', { concurrency: 2, where: (file) => !ALONE.test(file) }),
    counts: true,
  },
  {
    name: 'end to end, what is heard, counted and timed',
    command: nodeTest('e2e', { where: (file) => ALONE.test(file) }),
    counts: true,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'millis-test-'));
need('chromium', findChromium, 'set MILLIS_CHROMIUM to its path');
if (need('redis-server', () => findOnPath('redis-server'), 'put it on the PATH')) {
  // Installing it may have started one, and the tests start their own.
  spawnSync('service', ['redis-server', 'stop'], { stdio: 'ignore' });
}
need('curl', () => findOnPath('curl'), 'put it on the PATH');
const hasFirefox = offer('Firefox', findFirefox, ['firefox-esr'], 'set MILLIS_FIREFOX to its path');
const hasWebKit = offer(
  'WebKitGTK',
  () => findWebKitDriver() && findOnPath('Xvfb'),
  ['webkit2gtk-driver', 'xvfb'],
  'set MILLIS_WEBKIT_DRIVER to its path and put Xvfb on the PATH',
);

/**
 * Lanes of one stage run side by side: what works beside what mostly waits. WebKitGTK makes no calls; those of the other browsers
 * have the machine alone.
 */
const STAGES: readonly (readonly Lane[])[] = [
  [BUILD],
  [READING, SERVERS],
  [[CHROMIUM], [PLATFORM, ...(hasWebKit ? [WEBKIT] : [])]],
  hasFirefox ? [[FIREFOX]] : [],
  [CALLS],
  // Not here: `npm run test:network` (calls over a real link that goes bad), which takes two minutes more, and a network of its own.
];

const total = { passed: 0, failed: 0 };
const failedSteps: string[] = [];
for (const lanes of STAGES) {
  await Promise.all(
    lanes.map(async (steps) => {
      for (const step of steps) {
        const { passed, failed } = await run(step, lanes.length === 1);
        total.passed += passed;
        total.failed += failed;
        if (failed > 0) failedSteps.push(step.name);
      }
    }),
  );
}
rmSync(folder, { recursive: true });
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join('; ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

function nodeTest(
  name: string,
  { concurrency = 1, where = () => true }: { concurrency?: number; where?: (file: string) => boolean } = {},
): readonly string[] {
  const tests = join('test', name);
  const files = readdirSync(tests).filter((file) => file.endsWith('.test.ts') && where(file));
  return [
    process.execPath,
    '--import=tsx',
    '--test',
    '--test-reporter=./test/support/node/counting-node-reporter.js',
    '--test-reporter-destination=stdout',
    `--test-concurrency=${concurrency}`,
    ...files.map((file) => join(tests, file)),
  ];
}

/** The tests need real programs: where one is missing, Debian's is installed (then it is true), or the one command is said. */
function need(name: string, find: () => string | undefined, otherwise: string): boolean {
  if (find() !== undefined) return false;
  install(name, [name]);
  if (find() !== undefined) return true;
  console.error(`No ${name} found. Install one (Debian: apt-get install ${name}), or ${otherwise}.`);
  process.exit(1);
}

/** Other engines are a gain, and no need: where one is missing and cannot be installed, it is named, and the run goes on. */
function offer(
  name: string,
  find: () => string | undefined,
  packages: readonly string[],
  otherwise: string,
): boolean {
  if (find() === undefined) install(name, packages);
  const isThere = find() !== undefined;
  if (!isThere) {
    const command = `apt-get install ${packages.join(' ')}`;
    console.log(`No ${name} found: not tested in it. Install it (Debian: ${command}), or ${otherwise}.`);
  }
  return isThere;
}

/** Tries it, where there is Debian's installer and the right to use it. */
function install(name: string, packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log(`No ${name} found: installing the one of this system.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  spawnSync('apt-get', ['install', '-y', '-qq', ...packages], { stdio: 'inherit', env });
}

/** Steps that run beside others tell what they said when they are done. */
async function run({ name, command, counts = false }: Step, isAlone: boolean): Promise<Count> {
  const startedAt = performance.now();
  const file = join(folder, `${name.replaceAll(/\W/g, '-')}.json`);
  if (isAlone) console.log(`\n# ${name}`);
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    stdio: ['ignore', isAlone ? 'inherit' : 'pipe', isAlone ? 'inherit' : 'pipe'],
    env: { ...process.env, MILLIS_COUNT_FILE: file },
  });
  const said: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  const [code, how] = await new Promise<readonly [number, string]>((resolve) => {
    child.once('error', (error) => resolve([1, error.message]));
    child.once('close', (exitCode, signal) => resolve([exitCode ?? 1, signal ?? `exit code ${exitCode}`]));
  });
  if (!isAlone) console.log(`\n# ${name}\n${Buffer.concat(said).toString()}`.trimEnd());
  if (code !== 0) console.log(`  ended badly: ${how}`);
  console.log(`  ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  if (!counts) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  return readCount(file, code);
}
