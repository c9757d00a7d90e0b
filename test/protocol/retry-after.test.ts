import { expect } from '@open-wc/testing';
import { parseRetryAfterMs } from '../../src/protocol/retry-after.js';

const NOW = Date.UTC(2030, 0, 1, 12, 0, 0);

describe('a Retry-After header', () => {
  for (const [value, ms] of [
    ['0', 0],
    ['7', 7000],
    [' 120 ', 120_000],
    ['Tue, 01 Jan 2030 12:00:09 GMT', 9000],
    ['Tue, 01 Jan 2030 11:00:00 GMT', 0],
    [null, undefined],
    ['', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2030', 2_030_000],
  ] as const) {
    it(`${JSON.stringify(value)} means ${ms} ms`, () => {
      expect(parseRetryAfterMs(value, NOW)).to.equal(ms);
    });
  }
});
