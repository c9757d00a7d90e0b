/** `npm run test:nightly`: the property tests over embed configs, with 10,000 of them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { status } = spawnSync(
  join('node_modules', '.bin', 'wtr'),
  ['--files', 'test/element/config.properties.test.ts'],
  { stdio: 'inherit', env: { ...process.env, MILLIS_RUNS: process.env['MILLIS_RUNS'] ?? '10000' } },
);
process.exitCode = status ?? 1;
