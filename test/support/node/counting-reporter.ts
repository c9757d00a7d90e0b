import { writeFileSync } from 'node:fs';
import type { Reporter, TestSuiteResult } from '@web/test-runner';

/** Writes `{ passed, failed }` of a run to `file`, so that a larger run can add it up. A file that did not load is a failure. */
export function countingReporter(file: string | undefined): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      if (!file) return;
      const count = { passed: 0, failed: 0 };
      for (const { testResults, errors } of sessions) {
        count.failed += errors.length;
        if (testResults) countSuite(testResults, count);
      }
      writeFileSync(file, JSON.stringify(count));
    },
  };
}

function countSuite({ suites, tests }: TestSuiteResult, count: { passed: number; failed: number }): void {
  for (const { passed } of tests) count[passed ? 'passed' : 'failed'] += 1;
  for (const suite of suites) countSuite(suite, count);
}
