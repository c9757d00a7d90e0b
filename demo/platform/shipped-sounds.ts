import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readWav, type WavSound } from './wav.js';

/** The folder of the sounds that come with the project. `make-sounds.ts` fills it. */
export const SOUNDS_DIR = fileURLToPath(new URL('./sounds/', import.meta.url));

/** Rate of the shipped files: enough for speech, and a third of the bytes. */
export const SHIPPED_RATE_HZ = 16_000;

/** The file of a line: readable, and another one as soon as a letter of the line changes. Agents share their lines. */
export function soundFileName(line: string): string {
  const slug = line
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 32);
  return `${slug}-${createHash('sha256').update(line).digest('hex').slice(0, 6)}.wav`;
}

/** The shipped recording of a line, or `undefined` when there is none. */
export async function readShippedSound(line: string): Promise<WavSound | undefined> {
  const file = await readFile(`${SOUNDS_DIR}${soundFileName(line)}`).catch(() => undefined);
  return file && readWav(file);
}
