import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { installPackage } from '../support/node/packed-package.js';
import { BIN, openFolder } from './program.js';

const folder = openFolder();
after(() => folder.remove());

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', ['--offline', '--loglevel=error', ...args], { cwd, encoding: 'utf8' });
}

/** A site that has the packed package, and what it depends on. */
async function installPacked(): Promise<string> {
  await installPackage(folder.path);
  folder.write('package.json', '{ "private": true }');
  // Makes what an installation makes for `bin`.
  npm(folder.path, 'rebuild', 'millis-voice-agent', '--ignore-scripts');
  return folder.path;
}

it('the packed package is run by its name', async () => {
  const site = await installPacked();
  folder.write('embed.json', '{"size":64}');
  const npx = (...args: string[]): string =>
    npm(site, 'exec', '--no', '--', 'millis-voice-agent', ...args).trim();
  assert.match(npx('--version'), /^\d+\.\d+\.\d+$/);
  assert.equal(npx('embed', 'check', 'embed.json'), 'embed.json is good.');
});

/** All files that are loaded with one, and the packages that they name. */
function loadedWith(entry: string, pattern: RegExp): { files: Set<string>; packages: Set<string> } {
  const [files, packages] = [new Set<string>(), new Set<string>()];
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(pattern)) {
      if (name.startsWith('.')) visit(join(path, '..', name));
      else packages.add(name);
    }
  };
  visit(entry);
  return { files, packages };
}

const AT_ONCE = /^import [^;]*?["']([^"']+)["'];$/gm;
const AT_ONCE_OR_LATER = /(?:^import [^;]*?|\bimport\()["']([^"']+)["']/gm;

it('the program loads nothing for a gateway where none is wanted', () => {
  for (const name of loadedWith(BIN, AT_ONCE).packages) assert.match(name, /^(node:|zod\/mini$)/);
});

it('the program loads nothing that is made for a page', () => {
  const { files, packages } = loadedWith(BIN, AT_ONCE_OR_LATER);
  assert.ok(packages.has('@hono/node-server'));
  assert.ok(!packages.has('lit'));
  for (const path of files)
    assert.doesNotMatch(readFileSync(path, 'utf8'), /HTMLElement|RTCPeerConnection/, path);
});
