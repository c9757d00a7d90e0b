import { hasEspeak, speakWithEspeak } from './espeak.js';
import { SAMPLE_RATE_HZ } from './pcm.js';
import { resample } from './resample.js';
import { readShippedSound } from './shipped-sounds.js';
import { toneFor } from './tone.js';
import type { WavSound } from './wav.js';

/** Where spoken lines come from. `auto` takes the best that the machine has, line by line. */
export type SpeechMode = 'auto' | 'espeak' | 'files' | 'tone';

/** What turns lines into sound. */
export interface Speech {
  /** Where the sound comes from, in words for the log. */
  readonly source: string;
  /** The line as mono sound at the platform's rate. Never rejects: a line that cannot be spoken becomes a tone. */
  render(line: string): Promise<Int16Array>;
  /** Renders lines one after the other in the background, so that they are there when they are needed. */
  warm(lines: readonly string[]): Promise<void>;
}

type Voice = (line: string) => Promise<WavSound | undefined>;

const MAX_CACHED_LINES = 200;
/** About a minute. A longer text of an agent that somebody made is cut, not refused. */
const MAX_SPOKEN_CHARS = 1_000;

/** Finds out what the machine has. Throws when `espeak` is demanded and missing. */
export async function openSpeech(mode: SpeechMode, signal: AbortSignal): Promise<Speech> {
  const espeak = mode === 'tone' || mode === 'files' ? false : await hasEspeak();
  if (mode === 'espeak' && !espeak)
    throw new Error('espeak-ng is not installed: choose another speech source.');
  if (espeak) {
    return speechFrom('espeak-ng', [speakWithEspeak, ...(mode === 'auto' ? [readShippedSound] : [])], signal);
  }
  if (mode === 'tone') return speechFrom('a tone', [], signal);
  return speechFrom('the shipped sound files, a tone for other lines', [readShippedSound], signal);
}

function speechFrom(source: string, voices: readonly Voice[], signal: AbortSignal): Speech {
  const cache = new Map<string, Promise<Int16Array>>();
  const render = (line: string): Promise<Int16Array> => {
    const sound = cache.get(line) ?? speakWith(voices, line.slice(0, MAX_SPOKEN_CHARS));
    // Taken out and put back: the oldest entry is then the one that nobody asked for longest.
    cache.delete(line);
    cache.set(line, sound);
    const [oldest] = cache.keys();
    if (cache.size > MAX_CACHED_LINES && oldest !== undefined) cache.delete(oldest);
    return sound;
  };
  const warm = async (lines: readonly string[]): Promise<void> => {
    for (const line of lines) {
      if (signal.aborted) return;
      await render(line);
    }
  };
  return { source, render, warm };
}

async function speakWith(voices: readonly Voice[], line: string): Promise<Int16Array> {
  for (const voice of voices) {
    const sound = await voice(line).catch(() => undefined);
    if (sound && sound.samples.length > 0) return resample(sound.samples, sound.sampleRateHz, SAMPLE_RATE_HZ);
  }
  return toneFor(line);
}
