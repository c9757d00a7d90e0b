import { expect } from '@open-wc/testing';
import { CallError, type CallErrorCode } from '../../src/domain/call-error.js';

/** Every code of the contract: a new one does not compile until it is decided here. */
const RETRYABLE: Readonly<Record<CallErrorCode, boolean>> = {
  'agent-id-missing': false,
  'config-invalid': false,
  'region-unknown': false,
  'browser-unsupported': false,
  'insecure-context': false,
  'microphone-denied': true,
  'microphone-dismissed': true,
  'microphone-blocked': false,
  'microphone-missing': true,
  'microphone-busy': true,
  offline: true,
  'server-unreachable': true,
  unauthorized: false,
  'payment-required': false,
  forbidden: false,
  'agent-not-found': false,
  'offer-rejected': false,
  'rate-limited': true,
  'server-error': true,
  'offer-timeout': true,
  'answer-invalid': true,
  'connection-timeout': true,
  'connection-failed': true,
  'connection-lost': true,
  internal: true,
};

describe('CallError', () => {
  for (const [code, retryable] of Object.entries(RETRYABLE) as [CallErrorCode, boolean][]) {
    it(`${code}: another press of the button ${retryable ? 'can' : 'cannot'} help`, () => {
      expect(new CallError(code, 'why')).to.include({ code, retryable });
    });
  }

  for (const [serverCode, retryable] of [
    ['misconfigured', false],
    ['quota', false],
    ['daily-limit', false],
    ['not-authorized', false],
    ['busy', true],
    ['upstream-timeout', true],
    ['upstream-failed', true],
    ['not-misconfigured', true],
    ['quota-', true],
  ] as const) {
    it(`server-error with ${serverCode}: another press of the button ${retryable ? 'can' : 'cannot'} help`, () => {
      expect(new CallError('server-error', 'why', { serverCode })).to.include({ serverCode, retryable });
    });
  }

  it('stays what it is where the gateway has a code that says nothing of a second try', () => {
    expect(new CallError('forbidden', 'why', { serverCode: 'busy' }).retryable).to.equal(false);
  });

  it('keeps all that is known of the failure', () => {
    const cause = new TypeError('Failed to fetch');
    const error = new CallError('rate-limited', 'Slow down.', {
      cause,
      status: 429,
      retryAfterMs: 1500,
      detail: 'too many calls',
      serverCode: 'rate-limited',
    });
    expect(error).to.be.instanceOf(Error);
    expect(error).to.include({
      name: 'CallError',
      message: 'Slow down.',
      status: 429,
      retryAfterMs: 1500,
      detail: 'too many calls',
      serverCode: 'rate-limited',
    });
    expect(error.cause).to.equal(cause);
    expect(String(error)).to.equal('CallError: Slow down.');
  });

  it('leaves undefined what is not known', () => {
    const { cause, status, retryAfterMs, detail, serverCode, phase } = new CallError('internal', 'why');
    expect([cause, status, retryAfterMs, detail, serverCode, phase]).to.deep.equal(Array(6).fill(undefined));
  });

  it('learns the phase that it happened in from the call', () => {
    const error = new CallError('connection-lost', 'why');
    error.phase = 'live';
    expect(error.phase).to.equal('live');
  });
});
