import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { framesDue, nextFrameInMs, startPacer } from '../../demo/platform/pacer.js';

describe('framesDue', () => {
  for (const [what, elapsedMs, given, expected] of [
    ['nothing yet', 9.9, 0, { due: 0, given: 0 }],
    ['one frame', 10, 0, { due: 1, given: 1 }],
    ['nothing twice', 19, 1, { due: 0, given: 1 }],
    ['what a late timer owes', 42, 1, { due: 3, given: 4 }],
    ['five after a long pause, and the rest skipped', 1_000, 10, { due: 5, given: 100 }],
  ] as const) {
    it(`gives ${what}`, () => {
      assert.deepEqual(framesDue(elapsedMs, given), expected);
    });
  }

  it('does not drift when every timer is late', () => {
    let given = 0;
    let frames = 0;
    for (let elapsedMs = 0; elapsedMs <= 60_000; elapsedMs += 11.3) {
      const step = framesDue(elapsedMs, given);
      given = step.given;
      frames += step.due;
    }
    assert.ok(Math.abs(frames - 6_000) <= 2, `${frames} frames in a minute`);
  });

  it('aims at the next frame, not at ten milliseconds from now', () => {
    assert.equal(nextFrameInMs(13, 1), 7);
    assert.equal(nextFrameInMs(25, 1), 1);
  });
});

describe('startPacer', () => {
  it('keeps real time, and stops when aborted', async () => {
    const ending = new AbortController();
    const startedMs = performance.now();
    let frames = 0;
    await new Promise<void>((resolve) => {
      startPacer(() => {
        frames += 1;
        if (frames < 30) return;
        // In the middle of a burst, where the machine is busy.
        ending.abort();
        resolve();
      }, ending.signal);
    });
    const elapsedMs = performance.now() - startedMs;
    assert.ok(elapsedMs >= 299, `30 frames in ${elapsedMs} ms`);
    assert.equal(frames, 30);
  });

  it('does nothing for a signal that is aborted already', () => {
    startPacer(() => assert.fail('called'), AbortSignal.abort());
  });
});
