/** Mono 16-bit sound with its rate. */
export interface WavSound {
  readonly samples: Int16Array;
  readonly sampleRateHz: number;
}

/** Bytes before the samples in a file that `wavHeader` starts. */
export const WAV_HEADER_BYTES = 44;

/** The header of a mono 16-bit PCM file with `sampleCount` samples. */
export function wavHeader(sampleCount: number, sampleRateHz: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + sampleCount * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(sampleCount * 2, 40);
  return header;
}

/** The samples as little-endian bytes. */
export function pcmBytes(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => bytes.writeInt16LE(sample, index * 2));
  return bytes;
}

/** A whole file. */
export function writeWav(sound: WavSound): Buffer {
  return Buffer.concat([wavHeader(sound.samples.length, sound.sampleRateHz), pcmBytes(sound.samples)]);
}

/**
 * Reads a mono 16-bit PCM file. A length that exceeds the file, as programs write it that stream to a pipe, means "to the
 * end". Throws an `Error` for any other kind of file.
 */
export function readWav(file: Buffer): WavSound {
  if (
    file.length < 12 ||
    file.toString('latin1', 0, 4) !== 'RIFF' ||
    file.toString('latin1', 8, 12) !== 'WAVE'
  ) {
    throw new Error('Not a WAV file.');
  }
  let sampleRateHz: number | undefined;
  for (let at = 12; at + 8 <= file.length;) {
    const id = file.toString('latin1', at, at + 4);
    const start = at + 8;
    const end = Math.min(start + file.readUInt32LE(at + 4), file.length);
    if (id === 'fmt ' && end - start >= 16) sampleRateHz = formatRateHz(file, start);
    if (id === 'data') {
      if (sampleRateHz === undefined) break;
      return { samples: samplesOf(file.subarray(start, end)), sampleRateHz };
    }
    at = end + (end % 2);
  }
  throw new Error('A WAV file without a format or without sound.');
}

function formatRateHz(file: Buffer, start: number): number {
  const [format, channels, bits] = [0, 2, 14].map((offset) => file.readUInt16LE(start + offset));
  if (format !== 1 || channels !== 1 || bits !== 16) throw new Error('Only mono 16-bit PCM is read.');
  return file.readUInt32LE(start + 4);
}

function samplesOf(bytes: Buffer): Int16Array {
  return Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) =>
    bytes.readInt16LE(index * 2),
  );
}
