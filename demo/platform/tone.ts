import { SAMPLE_RATE_HZ } from './pcm.js';

const MS_PER_CHARACTER = 60;
const MIN_MS = 300;
const FREQUENCY_HZ = 330;
const PEAK = 5_000;
/** One rise and fall of loudness, about a syllable, so that it sounds spoken rather than rung. */
const SYLLABLE_MS = 240;

/** A soft tone as long as the line would take to say: the last resort of a machine without a voice. */
export function toneFor(line: string): Int16Array {
  const lengthMs = Math.max(MIN_MS, line.length * MS_PER_CHARACTER);
  return Int16Array.from({ length: (lengthMs * SAMPLE_RATE_HZ) / 1000 }, (_, index) => {
    const timeMs = (index * 1000) / SAMPLE_RATE_HZ;
    const ends = Math.min(1, timeMs / 40, (lengthMs - timeMs) / 40);
    const syllable = 0.6 - 0.4 * Math.cos((2 * Math.PI * timeMs) / SYLLABLE_MS);
    return Math.round(PEAK * ends * syllable * Math.sin((2 * Math.PI * FREQUENCY_HZ * timeMs) / 1000));
  });
}
