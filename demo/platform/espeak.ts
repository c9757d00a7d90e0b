import { spawn } from 'node:child_process';
import { readWav, type WavSound } from './wav.js';

const PROGRAM = 'espeak-ng';
const TIMEOUT_MS = 5_000;
/** A sentence of a few hundred characters takes about 2 MB; more than this is not a line of a conversation. */
const MAX_OUTPUT_BYTES = 16_000_000;

/** Whether the machine can speak. */
export async function hasEspeak(): Promise<boolean> {
  return run(['--version'], '').then(
    () => true,
    () => false,
  );
}

/** The line, spoken by espeak-ng at the rate that its voice has. Rejects when the program fails or takes too long. */
export async function speakWithEspeak(line: string): Promise<WavSound> {
  return readWav(await run(['-v', 'en-gb', '-s', '170', '--stdin', '--stdout'], line));
}

/** The text goes in by stdin: nothing in it can be an option, and there is no shell. */
async function run(options: readonly string[], text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const program = spawn(PROGRAM, options, { stdio: ['pipe', 'pipe', 'ignore'], timeout: TIMEOUT_MS });
    const chunks: Buffer[] = [];
    let size = 0;
    program.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_OUTPUT_BYTES) program.kill();
      else chunks.push(chunk);
    });
    program.on('error', reject);
    program.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks));
      else reject(new Error(`${PROGRAM} ended with ${code ?? 'a signal'}.`));
    });
    // A program that ends without reading its input is reported by `close`, not by the broken pipe.
    program.stdin.on('error', () => undefined);
    program.stdin.end(`${text}\n`);
  });
}
