import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { take, type Bucket } from '../../src/domain/token-bucket.js';

const RATE = { capacity: 10, perSecond: 5 };
const FULL: Bucket = { tokens: 10, at: 0 };

/** How many of the things that come at these times are let through. */
function admitted(atMs: readonly number[]): number {
  let bucket = FULL;
  let count = 0;
  for (const at of atMs) {
    const next = take(bucket, RATE, 1, at);
    if (!next) continue;
    bucket = next;
    count += 1;
  }
  return count;
}

describe('take', () => {
  it('lets through as much at once as the bucket holds, and no more', () => {
    expect(admitted(Array<number>(50).fill(0))).to.equal(10);
    expect(take(FULL, RATE, 10, 0)).to.deep.equal({ tokens: 0, at: 0 });
    expect(take(FULL, RATE, 10.5, 0)).to.equal(undefined);
  });

  it('fills again with the time', () => {
    const empty = { tokens: 0, at: 1000 };
    expect(take(empty, RATE, 1, 1199)).to.equal(undefined);
    expect(take(empty, RATE, 1, 1200)).to.deep.equal({ tokens: 0, at: 1200 });
    expect(take(empty, RATE, 5, 2000)).to.deep.equal({ tokens: 0, at: 2000 });
  });

  it('never holds more than its capacity, however long nothing came', () => {
    expect(take({ tokens: 3, at: 0 }, RATE, 4, 3_600_000)).to.deep.equal({ tokens: 6, at: 3_600_000 });
  });

  it('takes nothing for what was too much, so that what is less may still pass', () => {
    const bucket = { tokens: 2, at: 0 };
    expect(take(bucket, RATE, 3, 0)).to.equal(undefined);
    expect(bucket).to.deep.equal({ tokens: 2, at: 0 });
    expect(take(bucket, RATE, 2, 0)).to.deep.equal({ tokens: 0, at: 0 });
  });

  it('lets through what is free', () => {
    expect(take({ tokens: 0, at: 0 }, RATE, 0, 0)).to.deep.equal({ tokens: 0, at: 0 });
  });

  it('in any stretch of time lets through at most its capacity and what came in meanwhile', () => {
    const gaps = fc.array(fc.nat({ max: 400 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, (gapsMs) => {
        let at = 0;
        const atMs = gapsMs.map((gapMs) => (at += gapMs));
        expect(admitted(atMs)).to.be.at.most(RATE.capacity + (at / 1000) * RATE.perSecond + 1e-6);
      }),
    );
  });
});
