import {
  IDLE,
  isResting,
  liveSince,
  type CallPhase,
  type CallState,
} from '../../../src/domain/call-state.js';
import type { MillisVoiceAgent } from '../../../src/element/millis-voice-agent.js';

/** The ways from one phase to the next that there are. */
const WAYS: Readonly<Record<CallPhase, readonly CallPhase[]>> = {
  idle: ['requesting-microphone'],
  'requesting-microphone': ['connecting', 'ending', 'failed'],
  connecting: ['live', 'ending', 'failed'],
  live: ['reconnecting', 'ending', 'failed'],
  reconnecting: ['live', 'ending', 'failed'],
  ending: ['ended'],
  ended: ['requesting-microphone'],
  failed: ['requesting-microphone'],
};

/** How long a phase may last; those without an entry last as long as the visitor likes. Milliseconds, with a busy machine's share. */
const LASTS_MS: Partial<Record<CallPhase, number>> = {
  connecting: 35_000,
  reconnecting: 13_000,
  ending: 1_000,
};

/** What an element told of its latest attempt. */
interface Told {
  errors: number;
  starts: number;
  ends: number;
}

/** Listens to an element, and says what it should not have done. */
export class RaceWatch {
  readonly #element: MillisVoiceAgent;
  readonly #wrong: string[] = [];
  #state: CallState = IDLE;
  #since = performance.now();
  #wasLive = false;
  #told: Told = { errors: 0, starts: 0, ends: 0 };

  constructor(element: MillisVoiceAgent) {
    this.#element = element;
    element.addEventListener('millis-state-change', ({ state, previous }) => this.#move(state, previous));
    element.addEventListener('millis-error', ({ error }) => {
      this.#told.errors += 1;
      if (this.#state.phase !== 'failed' || this.#state.error !== error)
        this.#wrong.push('an error of another state');
      // Nothing that a visitor, a browser or a platform does may come as a surprise.
      if (error.code === 'internal') this.#wrong.push(`it did not expect ${String(error.cause)}`);
    });
    element.addEventListener('millis-call-start', () => (this.#told.starts += 1));
    element.addEventListener('millis-call-end', () => (this.#told.ends += 1));
  }

  /** One line for each thing that is wrong just now, or was. Nothing of the element may be running when this is asked. */
  wrong(): string[] {
    const { phase } = this.#element;
    const { errors, starts, ends } = this.#told;
    const expected = {
      errors: phase === 'failed' ? 1 : 0,
      starts: this.#wasLive ? 1 : 0,
      ends: phase === 'ended' || (phase === 'failed' && this.#wasLive) ? 1 : 0,
    };
    const lastsMs = performance.now() - this.#since;
    return [
      ...this.#wrong,
      ...(phase === this.#state.phase ? [] : [`it is ${phase}, and told of ${this.#state.phase}`]),
      ...(phase === (this.#element.dataset['phase'] ?? 'idle') ? [] : ['it does not show its phase']),
      ...differences({ errors, starts, ends }, expected).map((what) => `${phase} with ${what}`),
      ...(lastsMs > (LASTS_MS[phase] ?? Infinity) ? [`${phase} for ${Math.round(lastsMs)} ms`] : []),
    ];
  }

  #move(state: CallState, previous: CallState): void {
    if (previous !== this.#state) this.#wrong.push('a state was left out');
    if (!WAYS[previous.phase].includes(state.phase))
      this.#wrong.push(`it went from ${previous.phase} to ${state.phase}`);
    if (isResting(previous)) {
      this.#told = { errors: 0, starts: 0, ends: 0 };
      this.#wasLive = false;
    }
    if (liveSince(state) !== undefined) this.#wasLive = true;
    this.#state = state;
    this.#since = performance.now();
  }
}

function differences(told: Told, expected: Told): string[] {
  return (['errors', 'starts', 'ends'] as const)
    .filter((what) => told[what] !== expected[what])
    .map((what) => `${told[what]} ${what} instead of ${expected[what]}`);
}
