import { writeFileSync } from 'node:fs';

/** Of what a process said before it ended. */
const COMPLAINT_CHARS = 2_000;

/**
 * A reporter for `node --test` that says each failure, and writes `{ passed, failed }` to the file of `MILLIS_COUNT_FILE`.
 * Suites do not count, unless what is before or after their tests fails; a test that is skipped or only planned counts as failed: there are none. Where a process ended badly, how it
 * ended and the last that it said are told. (JavaScript, because Node loads reporters before anything that reads TypeScript.)
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export default async function* countTests(events) {
  const count = { passed: 0, failed: 0 };
  /** @type {Map<string | undefined, string>} */
  const complaints = new Map();
  for await (const { type, data } of events) {
    if (type === 'test:stderr') {
      complaints.set(data.file, ((complaints.get(data.file) ?? '') + data.message).slice(-COMPLAINT_CHARS));
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { error } = data.details;
    if (data.details.type === 'suite' && error?.failureType !== 'hookFailed') continue;
    const passed = type === 'test:pass' && data.skip === undefined && data.todo === undefined;
    count[passed ? 'passed' : 'failed'] += 1;
    if (passed) continue;
    yield `  FAILED ${data.name} (${data.file})\n    ${error?.cause?.stack ?? error?.cause ?? error ?? 'skipped'}\n`;
    if (error?.exitCode !== undefined) {
      yield `    exit code ${error.exitCode}, signal ${error.signal}\n${complaints.get(data.file) ?? ''}\n`;
    }
  }
  yield `  ${count.passed} passed, ${count.failed} failed\n`;
  const file = process.env.MILLIS_COUNT_FILE;
  if (file) writeFileSync(file, JSON.stringify(count));
}
