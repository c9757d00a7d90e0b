import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { heardText, hearingText, InterimText, wordsBegun } from '../../demo/platform/interim-text.js';

describe('InterimText', () => {
  for (const [habit, expected] of [
    ['grows', ['Good', 'Good day', 'Good day to you']],
    ['pieces', ['Good', ' day', ' to you']],
  ] as const) {
    it(`sends what ${habit}, and nothing twice`, () => {
      const sent: string[] = [];
      const interim = new InterimText(habit, (text) => sent.push(text));
      for (const text of ['Good', 'Good', 'Good day', 'Good', 'Good day to you']) interim.grow(text);
      assert.deepEqual(sent, expected);
      assert.equal(interim.text, 'Good day to you');
    });
  }
});

describe('wordsBegun', () => {
  for (const [share, expected] of [
    [0, 'How'],
    [0.2, 'How'],
    [0.35, 'How are'],
    [0.7, 'How are you?'],
    [1, 'How are you?'],
  ] as const) {
    it(`at ${share} has begun "${expected}"`, () => {
      assert.equal(wordsBegun('How are you?', share), expected);
    });
  }
});

describe('the text of what was heard', () => {
  for (const [ms, expected] of [
    [2_149, '[speech, 2.1 seconds]'],
    [1_000, '[speech, 1 second]'],
    [260, '[speech, 0.3 seconds]'],
  ] as const) {
    it(`is ${expected} for ${ms} ms`, () => {
      assert.equal(heardText(ms), expected);
    });
  }

  it('only grows while it is being said', () => {
    let before = '';
    for (let ms = 0; ms < 5_000; ms += 10) {
      const text = hearingText(ms);
      assert.ok(text.startsWith(before));
      before = text;
    }
    assert.equal(before, '[speech……………');
  });
});
