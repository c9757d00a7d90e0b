import { readFileSync } from 'node:fs';

/** How many tests of a run passed, and how many did not. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** What a run wrote to its file of `MILLIS_COUNT_FILE`. One that ended badly, or counted nothing, is a failure even when each test that it counted passed. */
export function readCount(file: string, code: number | null): Count {
  try {
    const { passed, failed } = JSON.parse(readFileSync(file, 'utf8')) as Count;
    const endedBadly = failed === 0 && (code !== 0 || passed === 0);
    return { passed, failed: endedBadly ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
