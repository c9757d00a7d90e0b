import {
  IDLE,
  isResting,
  reduce,
  type CallEvent,
  type CallPhase,
  type CallState,
} from '../domain/call-state.js';
import { NEW_SESSION, type Session } from '../domain/session.js';

/** Something to say while a step takes longer than a visitor expects. */
export type CallHint = 'microphone-prompt' | 'still-connecting';

/** Everything that an interface shows of a call. A new object for each change. */
export interface CallSnapshot extends Session {
  readonly state: CallState;
  readonly muted: boolean;
  /** The browser withholds the agent's sound until the visitor presses something: call `play()` then. */
  readonly playbackBlocked: boolean;
  readonly hint: CallHint | undefined;
  /** Messages of the platform that could not be understood. */
  readonly droppedMessages: number;
}

/** Called after a change with what is, and what was before it. */
export type CallListener = (snapshot: CallSnapshot, previous: CallSnapshot) => void;

const FRESH = {
  ...NEW_SESSION,
  playbackBlocked: false,
  hint: undefined,
  droppedMessages: 0,
} satisfies Partial<CallSnapshot>;

/** Holds the snapshot of a call, moves it by the reducer, and tells its listeners. */
export class CallStore {
  #snapshot: CallSnapshot = { ...FRESH, state: IDLE, muted: false };
  readonly #listeners = new Set<CallListener>();

  get snapshot(): CallSnapshot {
    return this.#snapshot;
  }

  /** Calls `listener` after each change, at once and in order. Returns the way to stop it. */
  subscribe(listener: CallListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** A new call forgets the last one's facts, except those that the visitor chose. */
  dispatch(event: CallEvent): void {
    const previous = this.#snapshot.state;
    const state = reduce(previous, event);
    if (state === previous) return;
    if (isResting(previous)) this.set({ ...FRESH, state });
    else this.set({ state, hint: undefined });
  }

  /** Says the hint, if the call is still in that phase. */
  hint(phase: CallPhase, hint: CallHint): void {
    if (this.#snapshot.state.phase === phase) this.set({ hint });
  }

  set(change: Partial<CallSnapshot>): void {
    const previous = this.#snapshot;
    this.#snapshot = { ...previous, ...change };
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.#snapshot, previous);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
