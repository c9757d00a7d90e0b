import { expect } from '@open-wc/testing';
import { CallError, type CallErrorCode, type CallErrorDetails } from '../../src/domain/call-error.js';
import { nextDelayMs, retryDelayMs } from '../../src/domain/reconnect-policy.js';

function delayAfter(
  code: CallErrorCode,
  details: CallErrorDetails = {},
  elapsedMs = 100,
  random = 0,
): number | undefined {
  return retryDelayMs(new CallError(code, '', details), elapsedMs, random);
}

describe('retryDelayMs', () => {
  it('is 0.4 to 1.2 seconds where nobody answered', () => {
    expect(delayAfter('server-unreachable')).to.equal(400);
    expect(delayAfter('server-unreachable', {}, 100, 0.5)).to.equal(800);
    expect(delayAfter('server-unreachable', {}, 100, 1)).to.equal(1200);
  });

  it('is none where that was found out only after four seconds', () => {
    expect(delayAfter('server-unreachable', {}, 3999)).to.equal(400);
    expect(delayAfter('server-unreachable', {}, 4000)).to.equal(undefined);
  });

  for (const [status, ms] of [
    [500, undefined],
    [501, undefined],
    [502, 400],
    [503, 400],
    [504, 400],
    [505, undefined],
  ] as const) {
    it(`is ${ms ?? 'none'} after a ${status}, however long that took`, () => {
      expect(delayAfter('server-error', { status })).to.equal(ms);
      expect(delayAfter('server-error', { status }, 9000)).to.equal(ms);
    });
  }

  for (const [retryAfterMs, ms] of [
    [0, 0],
    [2000, 2000],
    [10_000, 10_000],
    [10_001, undefined],
    [86_400_000, undefined],
  ] as const) {
    it(`is ${ms ?? 'none'} where the server asks for ${retryAfterMs} ms`, () => {
      expect(delayAfter('rate-limited', { status: 429, retryAfterMs }, 100, 1)).to.equal(ms);
      expect(delayAfter('server-error', { status: 503, retryAfterMs }, 100, 1)).to.equal(ms);
    });
  }

  it('is none where a server limits the rate and does not say for how long', () => {
    expect(delayAfter('rate-limited', { status: 429 })).to.equal(undefined);
  });

  for (const code of [
    'offline',
    'offer-timeout',
    'answer-invalid',
    'connection-timeout',
    'internal',
  ] as const) {
    it(`is none after ${code}`, () => {
      expect(delayAfter(code)).to.equal(undefined);
    });
  }

  it('is none where another try cannot help, even if the server names a time', () => {
    expect(delayAfter('server-unreachable', { final: true })).to.equal(undefined);
    expect(delayAfter('offer-rejected', { status: 409, retryAfterMs: 1000 })).to.equal(undefined);
    expect(delayAfter('server-error', { status: 503, serverCode: 'quota' })).to.equal(undefined);
  });
});

describe('nextDelayMs', () => {
  it('is half a second and then two, with up to half a second more', () => {
    expect([nextDelayMs(0, 0), nextDelayMs(0, 1)]).to.deep.equal([500, 1000]);
    expect([nextDelayMs(1, 0), nextDelayMs(1, 1)]).to.deep.equal([2000, 2500]);
  });

  it('is none for a third fresh session', () => {
    expect(nextDelayMs(2, 0)).to.equal(null);
    expect(nextDelayMs(3, 0.5)).to.equal(null);
  });
});
