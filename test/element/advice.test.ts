import { expect } from '@open-wc/testing';
import { CallError } from '../../src/domain/call-error.js';
import { deniedLabel, waitWords } from '../../src/element/advice.js';
import { ENGLISH } from '../../src/element/labels.js';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';

describe('where a refused microphone is allowed again', () => {
  for (const [browser, userAgent, words] of [
    ['Chrome', `${MAC} Chrome/156.0.0.0 Safari/537.36`, /icon beside the address, allow/],
    ['Edge', `${MAC} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0`, /icon beside the address, allow/],
    ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', /crossed-out/],
    ['Safari', 'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15', /menu Safari/],
    ['Safari on a phone', `${PHONE} Version/18.5 Mobile/15E148 Safari/604.1`, /Website Settings/],
    ['Chrome on a phone', `${ANDROID} Chrome/156.0.0.0 Mobile Safari/537.36`, /Permissions/],
  ] as const) {
    it(`is told as in ${browser}`, () => {
      const label = deniedLabel(new CallError('microphone-denied', ''), userAgent);
      const labels: Readonly<Record<string, string>> = { ...ENGLISH };
      expect(labels[label] ?? ENGLISH['microphone-denied']).to.match(words);
    });
  }

  it('is in the system where that refuses it', () => {
    const error = new CallError('microphone-denied', '', { deniedBy: 'system' });
    expect(deniedLabel(error, PHONE)).to.equal('microphone-denied-system');
  });
});

describe('how long a visitor is asked to wait', () => {
  const words = (retryAfterMs: number | undefined, code: 'rate-limited' | 'offline' = 'rate-limited') =>
    waitWords(new CallError(code, '', { retryAfterMs }), { ...ENGLISH });

  for (const [ms, time] of [
    [11_000, 'in 11 seconds'],
    [59_001, 'in 60 seconds'],
    [60_000, 'in 1 minute'],
    [61_000, 'in 2 minutes'],
    [86_400_000, 'in 24 hours'],
  ] as const) {
    it(`is told: ${ms} ms are ${time}`, () => {
      expect(words(ms)).to.equal(`Many people are calling. Please try again ${time}.`);
    });
  }

  it('is not told where it is short, unknown, or of an error without such words', () => {
    expect([words(10_000), words(undefined), words(60_000, 'offline')]).to.deep.equal(
      Array<undefined>(3).fill(undefined),
    );
  });
});
