import { FRAME_SAMPLES, joinFrames, levelDb } from '../../../demo/platform/pcm.js';
import type { HeardChunk } from './page/heard.js';

/** Louder than this is sound that somebody made; what a codec makes of silence is far below. */
const SOUND_DB = -50;

/** What came out of a page's loudspeaker: silence where the element held it back. */
export class HeardSound {
  readonly samples: Int16Array;
  private readonly chunks: readonly { readonly atMs: number; readonly samples: Int16Array }[];

  constructor(chunks: readonly HeardChunk[]) {
    this.chunks = chunks.map(({ atMs, audible, pcm }) => {
      const bytes = Buffer.from(pcm, 'base64');
      const samples = Int16Array.from({ length: bytes.length / 2 }, (_, index) =>
        bytes.readInt16LE(index * 2),
      );
      return { atMs, samples: audible ? samples : samples.fill(0) };
    });
    this.samples = joinFrames(this.chunks.map(({ samples }) => samples));
  }

  /** How long there was sound between two moments of the page's clock, in steps of 50 ms. */
  soundMs(fromMs: number, toMs = Infinity): number {
    return this.sounding(fromMs, toMs).length * 50;
  }

  /** When the page was first heard, by its clock, or `undefined` when it never was. */
  get firstSoundAtMs(): number | undefined {
    return this.sounding(0, Infinity)[0]?.atMs;
  }

  private sounding(fromMs: number, toMs: number): { readonly atMs: number }[] {
    return this.chunks.filter(
      ({ atMs, samples }) => atMs > fromMs && atMs <= toMs && levelDb(samples) > SOUND_DB,
    );
  }
}

/** Where a sound begins, in milliseconds, or `undefined` when it is silence throughout. */
export function firstSoundMs(samples: Int16Array): number | undefined {
  for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
    if (levelDb(samples.subarray(at, at + FRAME_SAMPLES)) > SOUND_DB) return (at / FRAME_SAMPLES) * 10;
  }
  return undefined;
}
