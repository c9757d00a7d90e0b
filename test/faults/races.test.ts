import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import '../../src/define.js';
import { alive, widgetPeers } from '../support/browser/ledger.js';
import { nextTask } from '../support/browser/next-task.js';
import { anyMove, type Move } from '../support/browser/race-moves.js';
import { RaceStage, type Manners } from '../support/browser/race-stage.js';
import { collectWarnings } from '../support/browser/warnings.js';
import { RaceWatch } from '../support/browser/race-watch.js';

declare const __MILLIS_RUNS__: number;
declare const __MILLIS_SEED__: number;

/** A race takes some hundred times as long as a config. */
const RUNS = Math.ceil(__MILLIS_RUNS__ / 10);
/** With a counterexample that has to be shrunk. */
const MOST_MS_PER_RUN = 2_000;
/** The promise is a tenth of a second; a loaded machine gets more before it is called a leak. */
const PATIENCE_MS = 1_000;
/** A connection of two peers in one page is made in a tenth of this. */
const MOMENT_MS = 300;

/** The platform's end of a call; and an element that shows a failure waits until its cause is gone. */
const OF_OTHERS = /far-end|doctor-controller/;

/** How long it takes until the next thing happens. */
type Pause = 'nothing' | 'a microtask' | 'a task' | `${number} ms` | 'a moment';

interface Step {
  readonly move: Move;
  readonly pause: Pause;
}

const anyPause: fc.Arbitrary<Pause> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Pause>('nothing', 'a microtask', 'a task') },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 }).map((ms): Pause => `${ms} ms`) },
  { weight: 4, arbitrary: fc.constant<Pause>('a moment') },
);
/** Both do it by themselves more often than not, or few calls would get far. */
const byItself = fc.constantFrom(true, true, false);
const anyManners: fc.Arbitrary<Manners> = fc.record({
  grants: byItself,
  known: fc.boolean(),
  answers: byItself,
});
const anySteps = fc.array(fc.record<Step>({ move: anyMove, pause: anyPause }), {
  minLength: 5,
  maxLength: 30,
  size: 'max',
});

/** One run: what happens to whom, and whether all promises are kept meanwhile. */
class Race {
  readonly #stage: RaceStage;
  readonly #watches: readonly RaceWatch[];
  /** Whose each peer is: of the element that something happened to when it was opened, or of the one that is calling. */
  readonly #owners = new Map<RTCPeerConnection, number>();

  constructor(manners: Manners) {
    this.#stage = new RaceStage(manners);
    this.#watches = this.#stage.elements.map((element) => new RaceWatch(element));
  }

  async run(steps: readonly Step[]): Promise<void> {
    try {
      for (const { move, pause } of steps) {
        move.run(this.#stage);
        this.#own(move.of);
        this.#expectKept();
        await this.#pass(pause);
        this.#own();
        this.#expectKept();
        if (pause !== 'nothing' && pause !== 'a microtask') await this.#expectRest();
      }
    } finally {
      await this.#stage.finish();
    }
    await this.#expectRest();
    this.#expectKept();
    const settlements = () => this.#stage.starts.map(({ settled }) => settled);
    await patiently(() => !settlements().includes(undefined));
    expect(settlements().filter((way) => way !== 'live' && way !== 'failed')).to.deep.equal([]);
    this.#stage.remove();
    await patiently(() => alive().length === 0);
    expect(alive(), 'alive when all is over').to.deep.equal([]);
  }

  #calling(): number {
    return this.#stage.elements.findIndex(({ active }) => active);
  }

  #own(of = Math.max(0, this.#calling())): void {
    for (const peer of widgetPeers()) if (!this.#owners.has(peer)) this.#owners.set(peer, of);
  }

  /** What holds at any moment. */
  #expectKept(): void {
    const { elements } = this.#stage;
    expect(elements.filter(({ active }) => active).length, 'calls at a time').to.be.at.most(1);
    const owners = widgetPeers().map((peer) => this.#owners.get(peer));
    expect(owners, 'owners of open peers').to.have.lengthOf(new Set(owners).size);
    const prepared = owners.filter((owner) => owner !== this.#calling());
    expect(prepared.length, 'peers that are prepared').to.be.at.most(1);
    expect(this.#watches.map((watch) => watch.wrong())).to.deep.equal([[], []]);
  }

  /** What holds soon: what is at rest has nothing open, but for a peer that was prepared. */
  async #expectRest(): Promise<void> {
    const left = () => {
      const things = alive().filter((thing) => thing !== 'peer' && !OF_OTHERS.test(thing));
      if (this.#calling() < 0 && widgetPeers().length === 0) return things;
      const sounding = things.filter((thing) => /^(track|audio)/.test(thing));
      return this.#calling() < 0 ? sounding : sounding.slice(2);
    };
    await patiently(() => left().length === 0);
    expect(left(), 'alive at rest').to.deep.equal([]);
  }

  async #pass(pause: Pause): Promise<void> {
    switch (pause) {
      case 'nothing':
        return;
      case 'a microtask':
        return Promise.resolve();
      case 'a task':
        return nextTask();
      case 'a moment':
        return patiently(() => {
          const calling = this.#stage.elements[this.#calling()];
          return this.#stage.awaited || !calling || calling.phase === 'live';
        }, MOMENT_MS);
      default:
        return new Promise((resolve) => setTimeout(resolve, Number.parseInt(pause)));
    }
  }
}

/** Resolves when `condition` holds, and at the latest when patience is at its end. */
async function patiently(condition: () => boolean, ms = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + ms;
  while (!condition() && performance.now() < deadline) await nextTask();
}

/** A run that went wrong, as it can be read, and repeated. */
function inWords(manners: Manners, steps: readonly Step[], seed: number, path: string | null): string {
  const { grants, known, answers } = manners;
  const lines = steps.map(({ move, pause }) => `  ${move.words}, then ${pause}`);
  return [
    `the visitor ${grants ? 'allows the microphone by himself' : 'is waited for'}, ${known ? 'and did before' : 'and never did before'};`,
    `the platform ${answers ? 'answers by itself' : 'is waited for'};`,
    ...lines,
    `(MILLIS_SEED=${seed}, path ${path ?? 'none'})`,
  ].join('\n');
}

describe('calls, whatever happens in whatever order', function () {
  this.timeout(15_000 + MOST_MS_PER_RUN * RUNS);

  it('rest with nothing alive, have one peer, and tell each end once', async () => {
    collectWarnings();
    const property = fc.asyncProperty(anyManners, anySteps, (manners, steps) => new Race(manners).run(steps));
    const given = Number.isNaN(__MILLIS_SEED__) ? {} : { seed: __MILLIS_SEED__ };
    const { counterexample, errorInstance, seed, counterexamplePath } = await fc.check(property, {
      numRuns: RUNS,
      ...given,
    });
    if (!counterexample) return;
    const [manners, steps] = counterexample;
    const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    throw new Error(`${reason}\n${inWords(manners, steps, seed, counterexamplePath)}`, {
      cause: errorInstance,
    });
  });
});
