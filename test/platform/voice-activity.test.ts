import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hearFrame, QUIET } from '../../demo/platform/voice-activity.js';

/** A level in dB below full scale, and how long it lasts. */
type Stretch = readonly [db: number, ms: number];

/** What was decided, and when, in milliseconds. */
function decisions(stretches: readonly Stretch[], raisedDb = 0): string[] {
  let state = QUIET;
  let nowMs = 0;
  const decided: string[] = [];
  for (const [db, ms] of stretches) {
    for (let end = nowMs + ms; nowMs < end;) {
      nowMs += 10;
      state = hearFrame(state, db, raisedDb);
      if (state.decision !== 'none') decided.push(`${state.decision} ${nowMs}`);
    }
  }
  return decided;
}

describe('hearFrame', () => {
  for (const [what, stretches, expected] of [
    ['silence', [[-100, 3_000]], []],
    ['a quiet room', [[-60, 3_000]], []],
    [
      'a click',
      [
        [-100, 500],
        [-10, 40],
        [-100, 1_000],
      ],
      [],
    ],
    [
      'clicks far apart',
      [
        [-10, 50],
        [-100, 300],
        [-10, 50],
        [-100, 300],
        [-10, 50],
        [-100, 300],
        [-10, 50],
      ],
      [],
    ],
    [
      'speech after silence',
      [
        [-100, 500],
        [-20, 1_000],
        [-100, 1_000],
      ],
      ['started 700', 'ended 2100'],
    ],
    [
      'speech in a quiet room',
      [
        [-60, 500],
        [-25, 1_000],
        [-60, 1_000],
      ],
      ['started 700', 'ended 2100'],
    ],
    [
      'two words with a pause',
      [
        [-20, 300],
        [-100, 400],
        [-20, 300],
        [-100, 700],
      ],
      ['started 200', 'ended 1600'],
    ],
    [
      'two sentences',
      [
        [-20, 300],
        [-100, 900],
        [-20, 300],
        [-100, 700],
      ],
      ['started 200', 'ended 900', 'started 1400', 'ended 2100'],
    ],
    [
      'syllables',
      [
        [-20, 90],
        [-100, 60],
        [-20, 90],
        [-100, 60],
        [-20, 120],
        [-100, 700],
      ],
      ['started 380', 'ended 1020'],
    ],
    ['speech to the end', [[-20, 5_000]], ['started 200']],
    [
      'speech over steady noise',
      [
        [-48, 5_000],
        [-20, 1_000],
        [-48, 1_000],
      ],
      ['started 5200', 'ended 6600'],
    ],
  ] as const satisfies readonly (readonly [string, readonly Stretch[], readonly string[]])[]) {
    it(`hears ${what}`, () => {
      assert.deepEqual(decisions(stretches), expected);
    });
  }

  it('comes to take a noise that never ends for the room', () => {
    assert.equal(
      decisions([[-35, 20_000]])
        .at(-1)
        ?.startsWith('ended'),
      true,
    );
  });

  it('asks for more loudness while the agent speaks', () => {
    assert.deepEqual(decisions([[-42, 1_000]]), ['started 200']);
    assert.deepEqual(decisions([[-42, 1_000]], 6), []);
  });
});
