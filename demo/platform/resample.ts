/** Zero crossings of the kernel on each side: enough that nothing audible folds back. */
const HALF_TAPS = 16;

/**
 * The same sound at another sample rate, by a windowed-sinc filter bank with one set of taps per phase. Meant for whole
 * sounds, not for a stream: both ends are padded with silence.
 */
export function resample(samples: Int16Array, fromHz: number, toHz: number): Int16Array {
  if (fromHz === toHz || samples.length === 0) return samples;
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const step = fromHz / divisor;
  const phases = toHz / divisor;
  // Below the lower of the two Nyquist frequencies, or the rest would fold back as noise.
  const cutoff = Math.min(1, toHz / fromHz);
  const reach = Math.ceil(HALF_TAPS / cutoff);
  const bank = Array.from({ length: phases }, (_, phase) => taps(phase / phases, cutoff, reach));
  // Padded, so that the inner loop never reads outside: that is twice as fast.
  const padded = new Float64Array(samples.length + 2 * reach);
  padded.set(samples, reach);
  const output = new Int16Array(Math.round((samples.length * toHz) / fromHz));
  for (let index = 0; index < output.length; index += 1) {
    const kernel = bank[(index * step) % phases];
    if (kernel === undefined) continue;
    const first = Math.floor((index * step) / phases) + 1;
    let sum = 0;
    for (let tap = 0; tap < kernel.length; tap += 1) sum += (padded[first + tap] ?? 0) * (kernel[tap] ?? 0);
    output[index] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
  return output;
}

/** The filter for a point that lies `fraction` of a sample after the input sample at tap `reach − 1`. Sums to one. */
function taps(fraction: number, cutoff: number, reach: number): Float64Array {
  const kernel = new Float64Array(2 * reach);
  let sum = 0;
  for (let tap = 0; tap < kernel.length; tap += 1) {
    const distance = tap - (reach - 1) - fraction;
    const value = sinc(distance * cutoff) * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
    kernel[tap] = value;
    sum += value;
  }
  return kernel.map((value) => value / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
