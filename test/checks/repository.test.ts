import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const ROOT = new URL('../../', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

describe('the repository', () => {
  it('has a lock file without addresses of a registry', () => {
    assert.doesNotMatch(read('package-lock.json'), /"resolved"|https?:\/\/[^"]*registry/);
  });

  it('has a lock file that names every optional package, so that npm ci takes it on every system', () => {
    interface Locked {
      readonly optionalDependencies?: Readonly<Record<string, string>>;
    }
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
    const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    assert.deepEqual(
      wanted.filter((name) => !locked.has(name)),
      [],
    );
  });

  it('has a continuous integration that runs what the README says', () => {
    const [command = ''] = /^npm ci && npm test$/m.exec(read('README.md')) ?? [];
    assert.notEqual(command, '', 'the README names the test command on a line of its own');
    assert.ok(read('.ci/run').split('\n').includes(command));
  });

  it('has a changelog entry for the version of the package', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    assert.ok(read('CHANGELOG.md').includes(`## ${version}`));
  });
});
