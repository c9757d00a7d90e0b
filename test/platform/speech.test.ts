import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { shippedLines } from '../../demo/platform/agent-registry.js';
import { durationMs, levelDb, SAMPLE_RATE_HZ } from '../../demo/platform/pcm.js';
import { resample } from '../../demo/platform/resample.js';
import { SHIPPED_RATE_HZ, soundFileName, SOUNDS_DIR } from '../../demo/platform/shipped-sounds.js';
import { openSpeech } from '../../demo/platform/speech.js';
import { readWav } from '../../demo/platform/wav.js';

const { signal } = new AbortController();

describe('the shipped sounds', () => {
  it('are one file for each line that a shipped agent says, and no other', async () => {
    const names = (await shippedLines()).map(soundFileName).sort();
    assert.deepEqual((await readdir(SOUNDS_DIR)).sort(), names);
  });

  it('can be heard, and are small', async () => {
    let bytes = 0;
    for (const line of await shippedLines()) {
      const path = `${SOUNDS_DIR}${soundFileName(line)}`;
      const { samples, sampleRateHz } = readWav(await readFile(path));
      assert.equal(sampleRateHz, SHIPPED_RATE_HZ);
      assert.ok(levelDb(samples) > -35, `${line} is silent`);
      bytes += (await stat(path)).size;
    }
    assert.ok(bytes < 1_500_000, `${bytes} bytes`);
  });
});

describe('openSpeech', () => {
  for (const mode of ['auto', 'files', 'tone'] as const) {
    it(`speaks with ${mode}, whatever the machine has`, async () => {
      const speech = await openSpeech(mode, signal);
      const sound = await speech.render('Say something.');
      assert.ok(durationMs(sound) > 400, `${durationMs(sound)} ms`);
      assert.ok(levelDb(sound) > -35);
      assert.equal(await speech.render('Say something.'), sound, 'rendered once');
    });
  }

  it('gives a line without a file a tone of its length', async () => {
    const speech = await openSpeech('files', signal);
    assert.equal(durationMs(await speech.render('x'.repeat(50))), 3_000);
  });

  it('cuts a text that nobody would listen to', async () => {
    const speech = await openSpeech('tone', signal);
    assert.equal(durationMs(await speech.render('x'.repeat(9_000))), 60_000);
  });
});

describe('resample', () => {
  for (const [fromHz, toHz] of [
    [22_050, 48_000],
    [16_000, 48_000],
    [48_000, 16_000],
    [48_000, 48_000],
  ] as const) {
    it(`keeps a tone from ${fromHz} to ${toHz} Hz`, () => {
      const output = resample(toneAt(fromHz), fromHz, toHz);
      const expected = toneAt(toHz);
      assert.equal(output.length, expected.length);
      const middle = expected.slice(500, -500);
      const worst = middle.reduce(
        (most, value, index) => Math.max(most, Math.abs(value - (output[index + 500] ?? 0))),
        0,
      );
      assert.ok(worst < 10, `off by ${worst}`);
    });
  }

  it('lets nothing fold back that the lower rate cannot hold', () => {
    assert.ok(levelDb(resample(toneAt(SAMPLE_RATE_HZ, 12_000), SAMPLE_RATE_HZ, 16_000)) < -50);
  });
});

function toneAt(rateHz: number, frequencyHz = 1_000): Int16Array {
  return Int16Array.from({ length: rateHz / 2 }, (_, index) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * frequencyHz * index) / rateHz)),
  );
}
