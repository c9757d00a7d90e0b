import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';
import { Visitor } from './visitor.js';

const MAIN = fileURLToPath(new URL('../../demo/platform/main.ts', import.meta.url));

function start(...options: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', 'tsx', MAIN, ...options]);
}

async function outcome(
  program: ChildProcessWithoutNullStreams,
): Promise<{ code: number | null; out: string; err: string }> {
  let [out, err] = ['', ''];
  program.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  program.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(program, 'close')) as [number | null];
  return { code, out, err };
}

describe('the command line', { concurrency: true }, () => {
  it('says its options', async () => {
    const { code, out } = await outcome(start('--help'));
    assert.equal(code, 0);
    for (const option of ['--port', '--host', '--key', '--record', '--speech'])
      assert.ok(out.includes(option));
  });

  for (const [what, options] of [
    ['an unknown option', ['--prot', '1']],
    ['a port that is none', ['--port', '99999']],
    ['an unknown speech source', ['--speech', 'opera']],
    ['an address that is not ours', ['--port', '0', '--host', '192.0.2.77']],
  ] as const) {
    it(`refuses ${what} in one line`, async () => {
      const { code, err } = await outcome(start(...options));
      assert.equal(code, 1);
      assert.equal(err.trim().split('\n').length, 1, err);
    });
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`takes a call, and ends cleanly with ${signal} in the middle of it`, async () => {
      const program = start('--port', '0', '--speech', 'files', '--host', '127.0.0.1');
      const ending = outcome(program);
      const url = await new Promise<string>((resolve) => {
        createInterface(program.stdout).on('line', (line) => {
          const found = /^Local platform: (\S+)$/.exec(line)?.[1];
          if (found) resolve(found);
        });
      });
      const visitor = await Visitor.call({ url }, 'receptionist');
      program.kill(signal);
      const { code, out, err } = await ending;
      visitor.close();
      assert.equal(code, 0, err);
      assert.match(out, /Agents speak with the shipped sound files/);
      assert.match(out, /ended: api-ended/);
    });
  }
});
