/** `npm test`: everything, from formatting to calls in a real browser. Ends with `N passed, N failed`, counted from the runs. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './support/node/browser-path.js';

/** One command. What counts tests writes its numbers to the file of `MILLIS_COUNT_FILE`; anything else is one check. */
interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly counts?: boolean;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const BIN = join('node_modules', '.bin');
const STEPS: readonly Step[] = [
  { name: 'format', command: [join(BIN, 'prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'lint', command: [join(BIN, 'eslint'), '.'] },
  { name: 'types of src', command: [join(BIN, 'tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of the browser tests', command: [join(BIN, 'tsc'), '-p', 'tsconfig.test.json'] },
  { name: 'types of what runs in Node', command: [join(BIN, 'tsc'), '-p', 'tsconfig.node.json'] },
  { name: 'nothing unused', command: [join(BIN, 'knip')] },
  {
    name: 'build of the npm files',
    command: [join(BIN, 'vite'), 'build', '--mode=modules', '--logLevel=warn'],
  },
  {
    name: 'build of the script file',
    command: [join(BIN, 'vite'), 'build', '--mode=script-tag', '--logLevel=warn'],
  },
  { name: 'declarations', command: [join(BIN, 'tsc'), '-p', 'tsconfig.build.json'] },
  { name: 'size', command: [join(BIN, 'size-limit')] },
  { name: 'checks', command: nodeTest('checks'), counts: true },
  { name: 'unit and component tests, in Chromium', command: [join(BIN, 'wtr')], counts: true },
  { name: 'local platform', command: nodeTest('platform'), counts: true },
  { name: 'command line', command: nodeTest('cli'), counts: true },
  { name: 'end to end, in Chromium', command: nodeTest('e2e'), counts: true },
];

const folder = mkdtempSync(join(tmpdir(), 'millis-test-'));
provideChromium();
const total = { passed: 0, failed: 0 };
for (const step of STEPS) {
  const { passed, failed } = await run(step);
  total.passed += passed;
  total.failed += failed;
}
rmSync(folder, { recursive: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

function nodeTest(name: string): readonly string[] {
  const tests = join('test', name);
  const files = readdirSync(tests).filter((file) => file.endsWith('.test.ts'));
  return [
    process.execPath,
    '--import=tsx',
    '--test',
    '--test-reporter=./test/support/node/counting-node-reporter.js',
    '--test-reporter-destination=stdout',
    ...files.map((file) => join(tests, file)),
  ];
}

/** The tests need a real browser: where there is none, Debian's is installed, or the one command is said. */
function provideChromium(): void {
  if (findChromium() !== undefined) return;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('No Chromium found: installing the one of this system.');
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'inherit' });
  }
  if (findChromium() !== undefined) return;
  console.error(
    'No Chromium found. Install one (Debian: apt-get install chromium), or set MILLIS_CHROMIUM to its path.',
  );
  process.exit(1);
}

async function run({ name, command, counts = false }: Step): Promise<Count> {
  const startedAt = performance.now();
  const file = join(folder, `${name.replaceAll(/\W/g, '-')}.json`);
  console.log(`\n# ${name}`);
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, MILLIS_COUNT_FILE: file },
  });
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  console.log(`  ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  if (!counts) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  return readCount(file, code);
}

/** A run that ended badly, or counted nothing, is a failure even when each test that it counted passed. */
function readCount(file: string, code: number): Count {
  try {
    const { passed, failed } = JSON.parse(readFileSync(file, 'utf8')) as Count;
    const endedBadly = failed === 0 && (code !== 0 || passed === 0);
    return { passed, failed: endedBadly ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
