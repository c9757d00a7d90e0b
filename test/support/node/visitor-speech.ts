import { readFile, writeFile } from 'node:fs/promises';
import { hasEspeak, speakWithEspeak } from '../../../demo/platform/espeak.js';
import { joinFrames, SAMPLE_RATE_HZ } from '../../../demo/platform/pcm.js';
import { resample } from '../../../demo/platform/resample.js';
import { SOUNDS_DIR } from '../../../demo/platform/shipped-sounds.js';
import { readWav, writeWav, type WavSound } from '../../../demo/platform/wav.js';

const WORDS = 'My tooth hurts, and I would like to see the dentist.';
/** For machines that cannot speak: any voice will do, only its sound matters. */
const SHIPPED = 'thank-you-i-have-booked-you-in-f-24de4c.wav';

interface SpeechOptions {
  /** Silence before the words. */
  readonly leadMs: number;
  /** How often they are said, silence first. Default once. */
  readonly times?: number;
}

/** Writes what a visitor says, and returns the words' samples at 48 kHz. */
export async function writeVisitorSpeech(
  file: string,
  { leadMs, times = 1 }: SpeechOptions,
): Promise<Int16Array> {
  const { samples, sampleRateHz } = await speak();
  const words = resample(samples, sampleRateHz, SAMPLE_RATE_HZ);
  const sound = joinFrames(Array.from({ length: times }, () => [silence(leadMs), words]).flat());
  await writeFile(file, writeWav({ samples: sound, sampleRateHz: SAMPLE_RATE_HZ }));
  return words;
}

async function speak(): Promise<WavSound> {
  return (await hasEspeak()) ? speakWithEspeak(WORDS) : readWav(await readFile(`${SOUNDS_DIR}${SHIPPED}`));
}

function silence(ms: number): Int16Array {
  return new Int16Array((ms * SAMPLE_RATE_HZ) / 1000);
}
