import { FRAME_SAMPLES } from '../../../demo/platform/pcm.js';

/**
 * How alike the loudness of two sounds runs, in steps of 10 ms, at the shift where it is most so: 1 is the same, 0 is unrelated.
 * Not the waves themselves: noise suppression and a jitter buffer that stretches time change those, and no ear notices.
 */
export function likeness(heard: Int16Array, said: Int16Array): number {
  const heardLoudness = loudness(heard);
  const saidLoudness = loudness(said);
  let best = 0;
  for (let shift = 0; shift + saidLoudness.length <= heardLoudness.length; shift += 1) {
    const window = heardLoudness.subarray(shift, shift + saidLoudness.length);
    best = Math.max(best, correlation(window, saidLoudness));
  }
  return best;
}

function loudness(samples: Int16Array): Float64Array {
  return Float64Array.from({ length: Math.floor(samples.length / FRAME_SAMPLES) }, (_, frame) => {
    let power = 0;
    for (let at = frame * FRAME_SAMPLES; at < (frame + 1) * FRAME_SAMPLES; at += 1)
      power += (samples[at] ?? 0) ** 2;
    return Math.sqrt(power / FRAME_SAMPLES);
  });
}

/** Pearson's. */
function correlation(a: Float64Array, b: Float64Array): number {
  const meanA = mean(a);
  const meanB = mean(b);
  let product = 0;
  let powerA = 0;
  let powerB = 0;
  for (let index = 0; index < b.length; index += 1) {
    const fromA = (a[index] ?? 0) - meanA;
    const fromB = (b[index] ?? 0) - meanB;
    product += fromA * fromB;
    powerA += fromA ** 2;
    powerB += fromB ** 2;
  }
  return powerA === 0 || powerB === 0 ? 0 : product / Math.sqrt(powerA * powerB);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
