import { expect } from '@open-wc/testing';
import { CallError } from '../../src/domain/call-error.js';
import {
  durationMs,
  IDLE,
  isResting,
  liveSince,
  reduce,
  type CallEvent,
  type CallPhase,
  type CallState,
} from '../../src/domain/call-state.js';

const earlier = new CallError('offline', 'the call before');
const error = new CallError('connection-lost', 'this call');

/** One state of each phase; where the call has been audible, it has been since 1,000. */
const STATES: { readonly [Phase in CallPhase]: Extract<CallState, { phase: Phase }> } = {
  idle: { phase: 'idle' },
  'requesting-microphone': { phase: 'requesting-microphone' },
  connecting: { phase: 'connecting' },
  live: { phase: 'live', liveAt: 1000 },
  reconnecting: { phase: 'reconnecting', liveAt: 1000 },
  ending: { phase: 'ending', reason: 'user', liveAt: 1000 },
  ended: { phase: 'ended', reason: 'user', durationMs: 7 },
  failed: { phase: 'failed', error: earlier, durationMs: 8 },
};

/** One event of each type; those with a time happen at 4,000. */
const EVENTS: { readonly [Type in CallEvent['type']]: Extract<CallEvent, { type: Type }> } = {
  start: { type: 'start' },
  'microphone-granted': { type: 'microphone-granted' },
  connected: { type: 'connected', at: 4000 },
  interrupted: { type: 'interrupted' },
  resumed: { type: 'resumed' },
  end: { type: 'end', reason: 'removed' },
  closed: { type: 'closed', at: 4000 },
  failed: { type: 'failed', error, at: 4000 },
};

const requesting: CallState = { phase: 'requesting-microphone' };

/** What every event does in every phase. What is not listed does nothing. */
const MOVES: Readonly<Record<CallPhase, Partial<Record<CallEvent['type'], CallState>>>> = {
  idle: { start: requesting },
  'requesting-microphone': {
    'microphone-granted': { phase: 'connecting' },
    end: { phase: 'ending', reason: 'removed', liveAt: undefined },
    failed: { phase: 'failed', error, durationMs: 0 },
  },
  connecting: {
    connected: { phase: 'live', liveAt: 4000 },
    end: { phase: 'ending', reason: 'removed', liveAt: undefined },
    failed: { phase: 'failed', error, durationMs: 0 },
  },
  live: {
    interrupted: { phase: 'reconnecting', liveAt: 1000 },
    end: { phase: 'ending', reason: 'removed', liveAt: 1000 },
    failed: { phase: 'failed', error, durationMs: 3000 },
  },
  reconnecting: {
    resumed: { phase: 'live', liveAt: 1000 },
    end: { phase: 'ending', reason: 'removed', liveAt: 1000 },
    failed: { phase: 'failed', error, durationMs: 3000 },
  },
  ending: { closed: { phase: 'ended', reason: 'user', durationMs: 3000 } },
  ended: { start: requesting },
  failed: { start: requesting },
};

const RESTING: readonly CallPhase[] = ['idle', 'ended', 'failed'];

describe('reduce', () => {
  for (const state of Object.values(STATES)) {
    for (const event of Object.values(EVENTS)) {
      const next = MOVES[state.phase][event.type];
      if (next) {
        it(`${state.phase}: ${event.type} leads to ${next.phase}`, () => {
          expect(reduce(state, event)).to.deep.equal(next);
        });
      } else {
        it(`${state.phase}: ${event.type} changes nothing`, () => {
          expect(reduce(state, event)).to.equal(state);
        });
      }
    }
  }

  it('keeps the error itself, not a copy', () => {
    const state = reduce(STATES.live, EVENTS.failed);
    expect(state).to.have.property('error', error);
  });

  it('ends a call that was never audible after no time at all', () => {
    const ending = reduce(STATES.connecting, EVENTS.end);
    expect(reduce(ending, EVENTS.closed)).to.deep.equal({ phase: 'ended', reason: 'removed', durationMs: 0 });
  });

  for (const type of ['closed', 'failed'] as const) {
    it(`${type}: a clock that was set back makes no negative duration`, () => {
      const state = type === 'closed' ? STATES.ending : STATES.live;
      expect(reduce(state, { ...EVENTS[type], at: 1 })).to.have.property('durationMs', 0);
    });
  }
});

describe('isResting', () => {
  for (const state of [IDLE, ...Object.values(STATES)]) {
    const resting = RESTING.includes(state.phase);
    it(`${state.phase} is ${resting ? 'at rest' : 'under way'}`, () => {
      expect(isResting(state)).to.equal(resting);
    });
  }
});

describe('liveSince and durationMs', () => {
  for (const [phase, since, duration] of [
    ['idle', undefined, 0],
    ['requesting-microphone', undefined, 0],
    ['connecting', undefined, 0],
    ['live', 1000, 1500],
    ['reconnecting', 1000, 1500],
    ['ending', 1000, 1500],
    ['ended', undefined, 7],
    ['failed', undefined, 8],
  ] as const) {
    it(`${phase}: audible since ${since ?? 'never'}, for ${duration} ms`, () => {
      expect(liveSince(STATES[phase])).to.equal(since);
      expect(durationMs(STATES[phase], 2500)).to.equal(duration);
    });
  }

  it('is never negative, whatever the clock says', () => {
    expect(durationMs(STATES.live, 999)).to.equal(0);
  });
});
