import type { ConfigProblem } from '../../src/protocol/embed-config.js';
import type { Choice } from './choice.js';
import { ownerOf, problemsOf } from './problems.js';
import type { Sample } from './samples.js';

/** All that the page shows, at one moment. */
export interface View {
  readonly choice: Choice;
  readonly sample: Sample;
  /** The widget gets no look from here, so that it shows the one that the platform keeps. */
  readonly storedLook: boolean;
  /** What cannot be used, by the path of its field. */
  readonly problems: ReadonlyMap<string, readonly ConfigProblem[]>;
}

/** What the person has chosen so far. One for the page: whoever changes it, everyone is told. */
export class ChoiceStore {
  #view: View;
  /** What was wrong in a pasted config. It is not in the choice, so it stays until its field is edited. */
  #pasted: readonly ConfigProblem[] = [];
  readonly #listeners = new Set<(view: View) => void>();

  constructor(choice: Choice, sample: Sample) {
    this.#view = { choice, sample, storedLook: false, problems: new Map() };
    this.#update({});
  }

  get view(): View {
    return this.#view;
  }

  /** Calls the listener now and after each change. */
  subscribe(listener: (view: View) => void): void {
    this.#listeners.add(listener);
    listener(this.#view);
  }

  /** The person edited the field of that path. */
  edit(path: string, choice: Choice): void {
    this.#pasted = this.#pasted.filter(({ field }) => ownerOf(field) !== path);
    this.#update({ choice });
  }

  /** The whole choice is another one; `problems` are of what was left out of it. */
  replace(choice: Choice, problems: readonly ConfigProblem[] = []): void {
    this.#pasted = problems;
    this.#update({ choice });
  }

  show(part: Partial<Pick<View, 'sample' | 'storedLook'>>): void {
    this.#update(part);
  }

  #update(part: Partial<View>): void {
    const view = { ...this.#view, ...part };
    const problems = new Map<string, ConfigProblem[]>();
    for (const problem of [...this.#pasted, ...problemsOf(view.choice)]) {
      const field = ownerOf(problem.field);
      const known = problems.get(field) ?? [];
      if (!known.some(({ expected }) => expected === problem.expected))
        problems.set(field, [...known, problem]);
    }
    this.#view = { ...view, problems };
    for (const listener of this.#listeners) listener(this.#view);
  }
}
