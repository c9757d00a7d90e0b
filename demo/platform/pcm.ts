/** Everything inside the platform is mono, 16 bit, at this rate, in frames of 10 ms. */
export const SAMPLE_RATE_HZ = 48_000;
export const FRAME_MS = 10;
export const FRAME_SAMPLES = (SAMPLE_RATE_HZ * FRAME_MS) / 1000;

/** One frame of silence. Never written to. */
export const SILENCE: Int16Array = new Int16Array(FRAME_SAMPLES);

/** Length of mono sound at the platform's rate, in milliseconds. */
export function durationMs(samples: Int16Array): number {
  return (samples.length * 1000) / SAMPLE_RATE_HZ;
}

/** Level of a frame in dB below full scale: 0 is the loudest, −100 stands for silence. */
export function levelDb(samples: Int16Array): number {
  if (samples.length === 0) return -100;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / samples.length) / 32_768;
  return rms > 1e-5 ? 20 * Math.log10(rms) : -100;
}

/** All the frames in one piece. */
export function joinFrames(frames: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(frames.reduce((length, frame) => length + frame.length, 0));
  let position = 0;
  for (const frame of frames) {
    joined.set(frame, position);
    position += frame.length;
  }
  return joined;
}

/** The frame of 10 ms that starts at `position`, filled up with silence at the end of the sound. */
export function frameAt(samples: Int16Array, position: number): Int16Array {
  const frame = new Int16Array(FRAME_SAMPLES);
  frame.set(samples.subarray(position, position + FRAME_SAMPLES));
  return frame;
}

/** The frame, falling to silence from its start to its end: a cut without a click. */
export function fadedOut(frame: Int16Array): Int16Array {
  return frame.map((sample, index) => Math.round(sample * (1 - index / frame.length)));
}

/** Mixes interleaved channels down to one. */
export function toMono(samples: Int16Array, channelCount: number): Int16Array {
  if (channelCount <= 1) return samples;
  const mono = new Int16Array(Math.floor(samples.length / channelCount));
  for (let index = 0; index < mono.length; index += 1) {
    let sum = 0;
    for (let channel = 0; channel < channelCount; channel += 1) {
      sum += samples[index * channelCount + channel] ?? 0;
    }
    mono[index] = Math.round(sum / channelCount);
  }
  return mono;
}
