import { writeFileSync } from 'node:fs';

/**
 * A reporter for `node --test` that says each failure, and writes `{ passed, failed }` to the file of `MILLIS_COUNT_FILE`.
 * Suites do not count; a test that is skipped or only planned counts as failed: there are none. (JavaScript, because Node loads
 * reporters before anything that reads TypeScript.)
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export default async function* countTests(events) {
  const count = { passed: 0, failed: 0 };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') continue;
    const passed = type === 'test:pass' && data.skip === undefined && data.todo === undefined;
    count[passed ? 'passed' : 'failed'] += 1;
    if (passed) continue;
    const { error } = data.details;
    yield `  FAILED ${data.name} (${data.file})\n    ${error?.cause?.stack ?? error?.cause ?? error ?? 'skipped'}\n`;
  }
  yield `  ${count.passed} passed, ${count.failed} failed\n`;
  const file = process.env.MILLIS_COUNT_FILE;
  if (file) writeFileSync(file, JSON.stringify(count));
}
