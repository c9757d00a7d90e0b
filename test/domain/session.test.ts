import { expect } from '@open-wc/testing';
import {
  foldSession,
  NEW_SESSION,
  type AgentState,
  type Session,
  type SessionEvent,
} from '../../src/domain/session.js';

const AT = 5000;

function after(...events: readonly SessionEvent[]): Session {
  return events.reduce((session, event) => foldSession(session, event, AT), NEW_SESSION);
}

function says(role: 'user' | 'agent', text: string, final = false): SessionEvent {
  return { type: 'text', role, text, final };
}

function told({ transcript }: Session): readonly (readonly [string, string, boolean])[] {
  return transcript.turns.map(({ role, text, final }) => [role, text, final] as const);
}

const READY: SessionEvent = { type: 'ready', sessionId: 'session-1' };

describe('foldSession', () => {
  it('knows nothing of a new session', () => {
    expect(NEW_SESSION).to.include({ sessionId: undefined, agentState: undefined });
    expect(NEW_SESSION.transcript.turns).to.deep.equal([]);
  });

  for (const [what, events, agentState] of [
    ['listens when the session is ready', [READY], 'listening'],
    ['speaks on, when ready comes after its first words', [says('agent', 'Hello'), READY], 'speaking'],
    ['speaks while its text is interim', [READY, says('agent', 'Hello')], 'speaking'],
    ['listens when its text is final', [says('agent', 'Hello'), says('agent', 'Hello.', true)], 'listening'],
    ['goes on listening while the visitor speaks', [READY, says('user', 'Hi')], 'listening'],
    [
      'goes on speaking while the visitor speaks too',
      [says('agent', 'Hello'), says('user', 'Hi')],
      'speaking',
    ],
    ['thinks before it answers', [READY, says('user', 'Hi', true), { type: 'answering' }], 'thinking'],
    ['listens when it is interrupted', [says('agent', 'Hello'), { type: 'interrupted' }], 'listening'],
    ['is paused', [says('agent', 'Hello'), { type: 'paused' }], 'paused'],
    ['goes on after a pause', [{ type: 'paused' }, { type: 'unpaused' }], 'speaking'],
    [
      'does what it did, when a function is called',
      [{ type: 'paused' }, { type: 'function', name: 'f', params: {} }],
      'paused',
    ],
    ['is unknown while nobody said what it does', [says('user', 'Hi')], undefined],
  ] as readonly (readonly [string, readonly SessionEvent[], AgentState | undefined])[]) {
    it(`the agent ${what}`, () => {
      expect(after(...events).agentState).to.equal(agentState);
    });
  }

  it('takes the id of the session', () => {
    expect(after(READY).sessionId).to.equal('session-1');
  });

  it('takes a session without an id', () => {
    expect(after({ type: 'ready', sessionId: undefined })).to.include({
      sessionId: undefined,
      agentState: 'listening',
    });
  });

  it('keeps the id of the session whatever comes later', () => {
    const later: readonly SessionEvent[] = [
      says('agent', 'Hello'),
      { type: 'interrupted' },
      { type: 'answering' },
      { type: 'paused' },
      { type: 'unpaused' },
      { type: 'ended' },
    ];
    expect(after(READY, ...later).sessionId).to.equal('session-1');
  });

  it('writes both sides down, with the time they began', () => {
    const session = foldSession(after(says('user', 'Hi', true)), says('agent', 'Hello'), AT + 1);
    expect(told(session)).to.deep.equal([
      ['user', 'Hi', true],
      ['agent', 'Hello', false],
    ]);
    expect(session.transcript.turns.map(({ startedAt }) => startedAt)).to.deep.equal([AT, AT + 1]);
  });

  it('ends an interrupted turn where it was cut', () => {
    const session = after(
      says('agent', 'Good day'),
      { type: 'interrupted' },
      says('agent', 'Good day to you'),
    );
    expect(told(session)).to.deep.equal([['agent', 'Good day', true]]);
  });

  it('remembers when a turn was interrupted, to tell late text from the next answer', () => {
    const cut = after(says('agent', 'Good day'), { type: 'interrupted' });
    expect(told(foldSession(cut, says('agent', 'to you'), AT + 500))).to.have.lengthOf(1);
    expect(told(foldSession(cut, says('agent', 'Yes?'), AT + 2000))).to.have.lengthOf(2);
  });

  it('puts a visitor’s text that comes late before the answer', () => {
    const session = after({ type: 'answering' }, says('agent', 'Sure'), says('user', 'A table', true));
    expect(told(session).map(([role]) => role)).to.deep.equal(['user', 'agent']);
  });

  for (const event of [
    { type: 'ended' },
    { type: 'function', name: 'book', params: { day: 1 } },
    { type: 'ignored' },
  ] as const) {
    it(`${event.type} changes nothing that is shown`, () => {
      const session = after(READY, says('agent', 'Hello'));
      expect(foldSession(session, event, AT)).to.equal(session);
    });
  }
});
