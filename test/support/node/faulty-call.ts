import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Fault } from '../../faults/table.js';
import type { CallPage } from './call-page.js';
import type { SeenEvent } from './page/probe.js';
import type { Stage } from './stage.js';

/** What is expected of a failed attempt. */
type Failure = Required<Pick<Fault, 'code' | 'words'>>;

/** Longer than each deadline of a call. */
const LONGEST_MS = 25_000;

/** Between an offer that nobody answered and the second one, in milliseconds. */
export const RETRY_MS = [400, 1200] as const;

/** A visitor who pressed the button. */
export async function calling(stage: Stage, agentId: string): Promise<CallPage> {
  const call = await stage.open(agentId);
  await call.press();
  return call;
}

/** One test for each agent, named after the first two things in its row: one after the other, because rows run side by side. */
export async function eachAgent<Row extends readonly [agentId: string, ...unknown[]]>(
  context: TestContext,
  stage: Stage,
  rows: readonly Row[],
  test: (call: CallPage, row: Row) => Promise<void>,
): Promise<void> {
  for (const item of rows) {
    await context.test(`${item[0]}: ${String(item[1])}`, async () =>
      test(await calling(stage, item[0]), item),
    );
  }
}

/** Nothing is alive, and nothing was thrown. The page is closed. */
export async function assertRests(call: CallPage): Promise<void> {
  assert.deepEqual(await call.alive(), []);
  assert.deepEqual(call.complaints, []);
  await call.close();
}

/**
 * Waits for the failure: one error, of this code, told in these words, and nothing is alive but what it `listens` to while these are
 * shown. The error is given back.
 */
export async function assertFails(
  call: CallPage,
  { code, words }: Failure,
  { timeoutMs = LONGEST_MS, listens = /^$/ }: { timeoutMs?: number; listens?: RegExp } = {},
): Promise<NonNullable<SeenEvent['error']>> {
  await call.reaches('failed', timeoutMs);
  assert.deepEqual(
    (await call.alive()).filter((thing) => !listens.test(thing)),
    [],
  );
  const errors = (await call.events()).filter(({ type }) => type === 'error');
  assert.deepEqual(
    errors.map((event) => event.code),
    [code],
  );
  await call.reads(words);
  const [event] = errors;
  assert.ok(event?.error);
  return event.error;
}

/** The visitor ends the call, and nothing is left of it. */
export async function hangUp(call: CallPage): Promise<void> {
  await call.press();
  await call.reaches('ended');
  await assertRests(call);
}

/** Codes of what the page was told, in order. */
export async function codes(call: CallPage, type: 'error' | 'warning'): Promise<(string | undefined)[]> {
  return (await call.events()).filter((event) => event.type === type).map(({ code }) => code);
}

/** Milliseconds between the offers that the page sent. */
export async function offerGapsMs(call: CallPage): Promise<number[]> {
  const sent = await call.offersAtMs();
  return sent.slice(1).map((atMs, index) => atMs - (sent[index] ?? 0));
}

/** Between, with the milliseconds that a loaded machine takes on top of the most. */
export function assertWithin(ms: number | undefined, leastMs: number, mostMs: number, slackMs = 1_000): void {
  // Timers may fire a millisecond early.
  const isWithin = ms !== undefined && ms >= leastMs - 2 && ms <= mostMs + slackMs;
  assert.ok(isWithin, `${ms} ms is not between ${leastMs} and ${mostMs} ms.`);
}
