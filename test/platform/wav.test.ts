import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readWav, writeWav } from '../../demo/platform/wav.js';

const sound = { samples: Int16Array.of(0, 1, -1, 32_767, -32_768, 12_345), sampleRateHz: 16_000 };

describe('wav', () => {
  it('reads what it wrote', () => {
    assert.deepEqual(readWav(writeWav(sound)), sound);
  });

  it('takes a length that exceeds the file as "to the end", as espeak-ng writes it to a pipe', () => {
    const file = writeWav(sound);
    file.writeUInt32LE(0x7ffff000, 40);
    assert.deepEqual(readWav(file), sound);
  });

  it('skips sections that it does not know', () => {
    const file = writeWav(sound);
    const list = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
    assert.deepEqual(readWav(Buffer.concat([file.subarray(0, 36), list, file.subarray(36)])), sound);
  });

  const stereo = writeWav(sound);
  stereo.writeUInt16LE(2, 22);
  for (const [what, file] of [
    ['nothing', Buffer.alloc(0)],
    ['a web page', Buffer.from('<!doctype html><title>no</title>')],
    ['a header without sound', writeWav(sound).subarray(0, 36)],
    ['stereo', stereo],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readWav(file), Error);
    });
  }
});
