// Renders every line of the shipped agents into `sounds/`, with espeak-ng: `npx tsx demo/platform/make-sounds.ts`.
// Run it after a line has changed. Files of lines that nobody says any more are removed.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { shippedLines } from './agent-registry.js';
import { speakWithEspeak } from './espeak.js';
import { resample } from './resample.js';
import { SHIPPED_RATE_HZ, soundFileName, SOUNDS_DIR } from './shipped-sounds.js';
import { writeWav } from './wav.js';

const lines = await shippedLines();
const names = new Set(lines.map(soundFileName));
await mkdir(SOUNDS_DIR, { recursive: true });
for (const file of await readdir(SOUNDS_DIR)) {
  if (!names.has(file)) await rm(`${SOUNDS_DIR}${file}`);
}
let bytes = 0;
for (const line of lines) {
  const { samples, sampleRateHz } = await speakWithEspeak(line);
  const file = writeWav({
    samples: resample(samples, sampleRateHz, SHIPPED_RATE_HZ),
    sampleRateHz: SHIPPED_RATE_HZ,
  });
  await writeFile(`${SOUNDS_DIR}${soundFileName(line)}`, file);
  bytes += file.length;
}
console.log(`${lines.length} lines, ${Math.round(bytes / 1000)} kB`);
