import { expect } from '@open-wc/testing';
import { CallStore, type CallSnapshot } from '../../src/call/call-store.js';
import { CallError, type CallErrorCode } from '../../src/domain/call-error.js';
import { ENGLISH } from '../../src/element/labels.js';
import { currentNotice } from '../../src/element/notice-view.js';
import { DENIED_WORDS } from '../support/browser/engine.js';

function snapshot(change: Partial<CallSnapshot>): CallSnapshot {
  return { ...new CallStore().snapshot, ...change };
}

function failed(code: CallErrorCode): CallSnapshot {
  return snapshot({ state: { phase: 'failed', error: new CallError(code, ''), durationMs: 0 } });
}

describe('currentNotice', () => {
  it('is none when all is well', () => {
    expect(currentNotice(snapshot({}), ENGLISH)).to.equal(undefined);
  });

  for (const [code, action] of [
    ['microphone-denied', 'retry'],
    ['connection-lost', 'callAgain'],
    ['rate-limited', 'retry'],
    ['insecure-context', undefined],
    ['payment-required', undefined],
    ['microphone-blocked', undefined],
  ] as const) {
    it(`after ${code} says why, at once, ${action ? 'with' : 'without'} a second try`, () => {
      const text = code === 'microphone-denied' ? DENIED_WORDS : ENGLISH[code];
      expect(currentNotice(failed(code), ENGLISH)).to.include({ text, urgent: true, action });
    });
  }

  for (const [serverCode, text, action] of [
    ['misconfigured', 'Voice is not set up correctly on this page.', undefined],
    ['quota', 'The agent is not available.', undefined],
    ['daily-limit', 'The agent is not available.', undefined],
    ['not-authorized', 'Please reload the page, then try again.', undefined],
    ['upstream-timeout', "The agent isn't responding.", 'retry'],
    ['busy', 'The agent is not available. Please try again in a moment.', 'retry'],
    // Names of other words, and of no words at all.
    ['idle', 'The agent is not available. Please try again in a moment.', 'retry'],
    ['constructor', 'The agent is not available. Please try again in a moment.', 'retry'],
    ['you-have-won', 'The agent is not available. Please try again in a moment.', 'retry'],
  ] as const) {
    it(`after a gateway's ${serverCode} says: ${text}`, () => {
      const error = new CallError('server-error', '', { serverCode, detail: 'You have won.' });
      const notice = currentNotice(snapshot({ state: { phase: 'failed', error, durationMs: 0 } }), ENGLISH);
      expect(notice).to.include({ text, urgent: true, action });
    });
  }

  it("has words of a site's own for a gateway's code", () => {
    const error = new CallError('server-error', '', { serverCode: 'quota' });
    const state = { phase: 'failed', error, durationMs: 0 } as const;
    const labels = { ...ENGLISH, 'gateway-quota': 'Rufen Sie uns an.' };
    expect(currentNotice(snapshot({ state }), labels)).to.have.property('text', 'Rufen Sie uns an.');
  });

  it('offers to turn the sound on when the browser blocked it', () => {
    const notice = currentNotice(snapshot({ warnings: ['playback-blocked'] }), ENGLISH);
    expect(notice).to.include({ text: 'Tap to hear the agent.', urgent: true, action: 'playSound' });
  });

  it('says a hint without urgency', () => {
    const notice = currentNotice(snapshot({ hint: 'still-connecting' }), ENGLISH);
    expect(notice).to.include({ text: 'Still connecting…', urgent: false, action: undefined });
  });

  it('has words for every code', () => {
    for (const [name, words] of Object.entries(ENGLISH)) {
      if (!/^status-(idle|failed)$/.test(name)) expect(words, name).to.match(/\w/);
    }
  });
});
