import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { startUpstream } from '../../support/node/upstream.js';
import { bodyRows } from './body-rows.js';
import { limitRows } from './limit-rows.js';
import { logRows } from './log-rows.js';
import { pageRows } from './page-rows.js';
import { requestRows } from './request-rows.js';
import { streamRows } from './stream-rows.js';
import type { Kind } from './subject.js';
import { type Row, Talk } from './talk.js';
import { tokenRows } from './token-rows.js';
import { upstreamRows } from './upstream-rows.js';

/** How many rows are under way at a time: those that wait for a time-out should not add up. */
const AT_A_TIME = 12;

/**
 * Registers the whole suite for one kind of subject. It runs at once, side by side with other kinds; each test waits for its row.
 *
 * @param ready when the subject may be started
 */
export function conformance(kind: Kind, ready: Promise<unknown> = Promise.resolve()): void {
  const talk = new Talk(kind);
  const rows = collect(talk, [
    streamRows,
    upstreamRows,
    requestRows,
    bodyRows,
    tokenRows,
    pageRows,
    limitRows,
  ]);
  const endRows = collect(talk, [logRows]);
  const started = ready.then(startUpstream).then(async (upstream) => {
    await talk.start(upstream);
    // The first call makes a runtime compile and connect, which no deadline of a row should have to cover.
    await talk.offer({ agent: 'good' });
  });
  const run = started.then(() => runAll(rows, AT_A_TIME));
  const runEnd = run.then(() => runAll(endRows, 1));
  // Each test says it again.
  runEnd.catch(() => undefined);

  describe(`the gateway as ${kind.name}`, () => {
    after(() => talk.close());
    it('starts', () => started);
    for (const { title, outcome } of [...rows, ...endRows]) {
      it(title, async () => {
        await started.catch(() => assert.fail('It did not start.'));
        await outcome;
      });
    }
    it('has no difference in its table that no test knows', () => {
      const names = talk.rows.map(({ name }) => name);
      assert.deepEqual(
        Object.keys(kind.differences ?? {}).filter((name) => !names.includes(name)),
        [],
      );
    });
  });
}

interface RunRow {
  readonly title: string;
  readonly outcome: Promise<void>;
  readonly run: () => Promise<void>;
}

function collect(talk: Talk, groups: readonly ((talk: Talk) => void)[]): readonly RunRow[] {
  const before = talk.rows.length;
  for (const group of groups) group(talk);
  return talk.rows.slice(before).map(runRow);
}

/** A row whose outcome can be awaited before it was run. */
function runRow({ title, run }: Row): RunRow {
  let begin = (): void => undefined;
  const outcome = new Promise<void>((resolve) => (begin = resolve)).then(() => run());
  outcome.catch(() => undefined);
  const settled = (): Promise<void> => outcome.catch(() => undefined);
  return { title, outcome, run: () => (begin(), settled()) };
}

async function runAll(rows: readonly RunRow[], atATime: number): Promise<void> {
  const left = [...rows];
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row; row = left.shift()) await row.run();
  };
  await Promise.all(Array.from({ length: atATime }, work));
}
