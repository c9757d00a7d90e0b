import { SAMPLE_RATE_HZ } from '../../demo/platform/pcm.js';

/** A sine of full volume times `level`. */
export function sine(lengthMs: number, frequencyHz = 440, level = 0.3): Int16Array {
  return Int16Array.from({ length: (lengthMs * SAMPLE_RATE_HZ) / 1000 }, (_, index) =>
    Math.round(32_767 * level * Math.sin((2 * Math.PI * frequencyHz * index) / SAMPLE_RATE_HZ)),
  );
}

/** A sound that is like no other part of itself, and passes a speech codec: a tone that rises and swells. */
export function chirp(lengthMs: number): Int16Array {
  const length = (lengthMs * SAMPLE_RATE_HZ) / 1000;
  let phase = 0;
  return Int16Array.from({ length }, (_, index) => {
    const share = index / length;
    phase += (2 * Math.PI * (250 + 900 * share)) / SAMPLE_RATE_HZ;
    return Math.round(9_000 * (0.7 + 0.3 * Math.sin(2 * Math.PI * 3 * share)) * Math.sin(phase));
  });
}

/**
 * How alike the loudness of two sounds runs, and how alike their waves are, at the best shift: 1 is the same. The shift is
 * searched in steps of one sample around the best coarse one.
 */
export function bestCorrelation(heard: Int16Array, said: Int16Array): { correlation: number; at: number } {
  let best = { correlation: 0, at: 0 };
  const search = (from: number, to: number, step: number, stride: number): void => {
    for (let at = Math.max(0, from); at <= Math.min(heard.length - said.length, to); at += step) {
      const correlation = correlationAt(heard, said, at, stride);
      if (correlation > best.correlation) best = { correlation, at };
    }
  };
  search(0, heard.length, 12, 37);
  search(best.at - 12, best.at + 12, 1, 5);
  return best;
}

function correlationAt(heard: Int16Array, said: Int16Array, at: number, stride: number): number {
  let product = 0;
  let heardPower = 0;
  let saidPower = 0;
  for (let index = 0; index < said.length; index += stride) {
    const a = heard[at + index] ?? 0;
    const b = said[index] ?? 0;
    product += a * b;
    heardPower += a * a;
    saidPower += b * b;
  }
  return heardPower === 0 || saidPower === 0 ? 0 : product / Math.sqrt(heardPower * saidPower);
}
