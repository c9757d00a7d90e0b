/** `npm run test:nightly`: the property tests over embed configs, with 10,000 of them; as many races and messages as fit that. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const FILES = [
  'test/element/config.properties.test.ts',
  'test/faults/races.test.ts',
  'test/faults/messages.test.ts',
];

const { status } = spawnSync(
  join('node_modules', '.bin', 'wtr'),
  FILES.flatMap((file) => ['--files', file]),
  { stdio: 'inherit', env: { ...process.env, MILLIS_RUNS: process.env['MILLIS_RUNS'] ?? '10000' } },
);
process.exitCode = status ?? 1;
