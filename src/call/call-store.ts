import type { CallWarningCode } from '../domain/call-error.js';
import {
  IDLE,
  isResting,
  reduce,
  type CallEvent,
  type CallPhase,
  type CallState,
} from '../domain/call-state.js';
import { NEW_SESSION, type Session } from '../domain/session.js';
import { foldTranscript } from '../domain/transcript.js';
import { after } from './lifetime.js';

/** Something to say, for a while, that asks nothing of the visitor but patience. */
export type CallHint = 'microphone-prompt' | 'still-connecting' | 'microphone-replaced';

/** When each step of a start was done, in milliseconds after it; `undefined` for what has not happened. */
export interface CallTimings {
  /** The start itself, in milliseconds since the epoch. */
  readonly startedAt?: number;
  readonly microphoneMs?: number;
  readonly offerMs?: number;
  readonly answerMs?: number;
  readonly connectedMs?: number;
  /** The agent's first packet of sound. */
  readonly packetMs?: number;
  /** The data channel is open. */
  readonly channelMs?: number;
}

type CallStep = Exclude<keyof CallTimings, 'startedAt'>;

/** Everything that an interface shows of a call. A new object for each change. */
export interface CallSnapshot extends Session {
  readonly state: CallState;
  readonly muted: boolean;
  /**
   * What is wrong just now, while the call goes on; the latest is the last. `playback-blocked` and `microphone-interrupted` ask for a
   * press: call `resume()` in it.
   */
  readonly warnings: readonly CallWarningCode[];
  readonly hint: CallHint | undefined;
  /** Messages of the platform that could not be understood. */
  readonly droppedMessages: number;
  readonly timings: CallTimings;
}

/** Called after a change with what is, and what was before it. */
export type CallListener = (snapshot: CallSnapshot, previous: CallSnapshot) => void;

const FRESH = {
  ...NEW_SESSION,
  warnings: [],
  hint: undefined,
  droppedMessages: 0,
  timings: {},
} satisfies Partial<CallSnapshot>;

const COUNTED_EVERY_MS = 100;

/** Holds the snapshot of a call, moves it by the reducer, and tells its listeners. */
export class CallStore {
  #snapshot: CallSnapshot = { ...FRESH, state: IDLE, muted: false };
  readonly #listeners = new Set<CallListener>();
  #dropped = 0;

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
    if (isResting(previous)) {
      this.#dropped = 0;
      this.set({ ...FRESH, state, timings: { startedAt: Date.now() } });
    } else this.set({ state, hint: undefined, ...(isResting(state) && { warnings: [] }) });
  }

  /** Says the hint, if the call is still in that phase; `undefined` says no more. */
  hint(phase: CallPhase, hint: CallHint | undefined): void {
    if (this.#snapshot.state.phase === phase) this.set({ hint });
  }

  /** Begins, or ends, to warn of something. Tells whether that is news. */
  warn(code: CallWarningCode, active = true): boolean {
    const { warnings } = this.#snapshot;
    if (warnings.includes(code) === active) return false;
    const others = warnings.filter((other) => other !== code);
    this.set({ warnings: active ? [...others, code] : others });
    return true;
  }

  /** What was being said is said: nothing more comes of it. */
  settle(): void {
    const transcript = foldTranscript(this.#snapshot.transcript, { type: 'settled' });
    if (transcript !== this.#snapshot.transcript) this.set({ transcript });
  }

  /** Notes when a step was first done. Nobody is told: it is there to be read beside what happens next. */
  mark(step: CallStep): void {
    const { timings } = this.#snapshot;
    const { startedAt, [step]: known } = timings;
    if (startedAt === undefined || known !== undefined) return;
    this.#snapshot = { ...this.#snapshot, timings: { ...timings, [step]: Date.now() - startedAt } };
  }

  /** Counts a message that was passed over. In a flood the count is told now and then, and not for each of them. */
  countDropped(signal: AbortSignal): void {
    this.#dropped += 1;
    if (this.#dropped > 1) return;
    const tell = () => {
      const droppedMessages = this.#snapshot.droppedMessages + this.#dropped;
      this.#dropped = 0;
      this.set({ droppedMessages });
    };
    after(COUNTED_EVERY_MS, signal, tell);
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
