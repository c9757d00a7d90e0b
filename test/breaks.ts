/**
 * `npm run test:breaks`: breaks the code that each row of the table of faults guards, one break at a time and in a copy, and sees that
 * the test of that row goes red. `npm run test:breaks -- 12 31` does so for some rows only. Takes about ten seconds for each.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Break } from './faults/breaks/break.js';

const COPIED = ['src', 'test', 'demo', 'dist', 'package.json', 'tsconfig.json', 'vite.config.ts'];
const BIN = join('node_modules', '.bin');
/** Of the tests that run in WebKitGTK. */
const WEBKIT_CONFIG = 'web-test-runner.webkit.config.js';

const wanted = process.argv.slice(2).map(Number);
const breaks = (await readBreaks())
  .filter(({ row }) => wanted.length === 0 || wanted.includes(row))
  .sort((one, other) => one.row - other.row);
const folder = mkdtempSync(join(tmpdir(), 'millis-breaks-'));
for (const name of [...COPIED, 'web-test-runner.config.js', WEBKIT_CONFIG]) {
  cpSync(name, join(folder, name), { recursive: true });
}
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));

let unnoticed = 0;
for (const { row, file, from, to, test } of breaks) {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from))
    throw new Error(`${file} has no ${JSON.stringify(from)}: change the list with it.`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  const isNoticed = fails(row, test);
  writeFileSync(path, text);
  console.log(`${isNoticed ? 'noticed' : 'NOT NOTICED'}  row ${row}: ${file}: ${from.split('\n')[0] ?? ''}`);
  if (!isNoticed) unnoticed += 1;
}
rmSync(folder, { recursive: true });
console.log(`\n${breaks.length - unnoticed} passed, ${unnoticed} failed`);
process.exitCode = unnoticed === 0 ? 0 : 1;

async function readBreaks(): Promise<readonly Break[]> {
  const files = readdirSync('test/faults/breaks').filter((file) => file !== 'break.ts');
  const lists = await Promise.all(
    files.map((file) => import(`./faults/breaks/${file}`) as Promise<{ readonly breaks: readonly Break[] }>),
  );
  return lists.flatMap((list) => list.breaks);
}

/** Whether the row's test, run alone in the copy, ends red. */
function fails(row: number, test: string): boolean {
  const inPage = !/test\/(e2e|network)\//.test(test);
  const config = test.startsWith('test/engines/') ? ['--config', WEBKIT_CONFIG] : [];
  if (inPage) return run(join(BIN, 'wtr'), ...config, '--files', test) !== 0;
  const pattern = `--test-name-pattern=^row ${row}:`;
  run(join(BIN, 'vite'), 'build', '--mode=script-tag', '--logLevel=silent');
  // These need a network of their own, which the program around them makes.
  const runner = test.startsWith('test/network/') ? 'test/network/run.ts' : '--test';
  return run(process.execPath, '--import=tsx', runner, pattern, test) !== 0;

  function run(program: string, ...args: readonly string[]): number | null {
    const env = { ...process.env, MILLIS_GREP: `row ${row}:` };
    return spawnSync(program, args, { cwd: folder, env }).status;
  }
}
