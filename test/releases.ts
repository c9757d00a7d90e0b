/**
 * `npm run test:releases`: takes away each line that releases something, one at a time and in a copy, and sees that the tests
 * go red. A leak test that cannot fail is worth nothing. Takes some minutes.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A line of `src/call` that releases something, and what stands there when it does not. */
const RELEASES: readonly (readonly [what: string, file: string, line: string, without: string])[] = [
  [
    'the microphone at the end',
    'microphone.ts',
    "signal.addEventListener('abort', () => track.stop(), { once: true });",
    '',
  ],
  ['a microphone granted too late', 'microphone.ts', 'if (signal.aborted) track.stop();', ''],
  ['the peer', 'peer.ts', "signal.addEventListener('abort', () => connection.close(), { once: true });", ''],
  ['the audio element', 'speaker.ts', 'audio.srcObject = null;', ''],
  [
    'the listener of pagehide',
    'voice-call.ts',
    "void this.end('page-hidden'), { signal }",
    "void this.end('page-hidden')",
  ],
  ['a timer', 'lifetime.ts', 'const cancel = () => clearTimeout(timer);', 'const cancel = () => undefined;'],
  ['an interval', 'lifetime.ts', '() => clearInterval(timer)', '() => undefined'],
  ['the frames of the level meter', 'level-meter.ts', 'cancelAnimationFrame(frame);', ''],
];

const COPIED = ['src', 'test', 'demo', 'package.json', 'tsconfig.json', 'web-test-runner.config.js'];

const folder = mkdtempSync(join(tmpdir(), 'millis-releases-'));
for (const name of COPIED) cpSync(name, join(folder, name), { recursive: true });
symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));

let unnoticed = 0;
for (const [what, file, line, without] of RELEASES) {
  const path = join(folder, 'src', 'call', file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(line))
    throw new Error(`${file} has no line that releases ${what}: change this list with it.`);
  writeFileSync(path, text.replace(line, without));
  const { status } = spawnSync(
    join('node_modules', '.bin', 'wtr'),
    ['--files', 'test/call/voice-call.test.ts'],
    {
      cwd: folder,
    },
  );
  writeFileSync(path, text);
  console.log(`${status === 0 ? 'NOT NOTICED' : 'noticed'}  ${what} (${file})`);
  if (status === 0) unnoticed += 1;
}
rmSync(folder, { recursive: true });
console.log(`\n${RELEASES.length - unnoticed} passed, ${unnoticed} failed`);
process.exitCode = unnoticed === 0 ? 0 : 1;
