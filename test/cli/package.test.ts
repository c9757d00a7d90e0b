import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BIN, openFolder } from './program.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = openFolder();
after(() => folder.remove());

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', ['--offline', '--loglevel=error', ...args], { cwd, encoding: 'utf8' });
}

/** A site that has the packed package, and what it depends on. Nothing is downloaded. */
function installPacked(): string {
  const [packed] = JSON.parse(
    npm(ROOT, 'pack', '--json', '--ignore-scripts', `--pack-destination=${folder.path}`),
  ) as [{ readonly filename: string }];
  const modules = join(folder.path, 'node_modules');
  const home = join(modules, 'millis-voice-agent');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder.path, packed.filename), '-C', home, '--strip-components=1']);
  const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies))
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  folder.write('package.json', '{ "private": true }');
  // Makes what an installation makes for `bin`.
  npm(folder.path, 'rebuild', 'millis-voice-agent', '--ignore-scripts');
  return folder.path;
}

it('the packed package is run by its name', () => {
  const site = installPacked();
  folder.write('embed.json', '{"size":64}');
  const npx = (...args: string[]): string =>
    npm(site, 'exec', '--no', '--', 'millis-voice-agent', ...args).trim();
  assert.match(npx('--version'), /^\d+\.\d+\.\d+$/);
  assert.equal(npx('embed', 'check', 'embed.json'), 'embed.json is good.');
});

it('the program loads nothing that is made for a page', () => {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const imports = [...readFileSync(path, 'utf8').matchAll(/^import [^;]*?["']([^"']+)["'];$/gm)].map(
      ([, name = '']) => name,
    );
    for (const name of imports) {
      if (name.startsWith('.')) visit(join(path, '..', name));
      else assert.match(name, /^(node:|zod\/mini$)/);
    }
  };
  visit(BIN);
  assert.ok(seen.size >= 2);
  for (const path of seen)
    assert.doesNotMatch(readFileSync(path, 'utf8'), /HTMLElement|RTCPeerConnection/, path);
});
