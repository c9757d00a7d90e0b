import { execFile } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPackage } from '../../support/node/packed-package.js';

const PACKAGE = 'millis-voice-agent';
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** A folder in which sites have the packed package installed. */
export interface Sites {
  /** A folder for one site. `copied`: packages that it gets as files of its own, for a bundler that follows no link out of it. */
  readonly open: (name: string, copied?: readonly string[]) => Promise<string>;
  /** Programs that a site's commands may call. */
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Installs the packed package, and what the recipes import, above all sites. Nothing is downloaded. */
export async function openSites(): Promise<Sites> {
  const root = await mkdtemp(join(tmpdir(), 'millis-sites-'));
  await installPackage(root, ['express']);
  const bin = join(root, 'node_modules', '.bin');
  await mkdir(bin);
  // As an installation does it.
  await chmod(join(root, 'node_modules/millis-voice-agent/dist/cli.js'), 0o755);
  await symlink('../millis-voice-agent/dist/cli.js', join(bin, 'millis-voice-agent'));
  return {
    open: async (name, copied = []) => {
      const folder = join(root, name);
      await mkdir(folder);
      if (copied.length > 0) await copyPackages(join(root, 'node_modules', PACKAGE), folder, copied);
      return folder;
    },
    path: [bin, ...(await binaries()), process.env['PATH'] ?? ''].join(':'),
    remove: () => rm(root, { recursive: true }),
  };
}

/** Hard links where the file system has them, and no megabytes then. */
async function copyPackages(unpacked: string, folder: string, names: readonly string[]): Promise<void> {
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '.bin'), { recursive: true });
  await copyFolder(unpacked, join(modules, PACKAGE));
  for (const name of closure(names)) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await copyFolder(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const name of names) {
    const program = join(ROOT, 'node_modules/.bin', name);
    if (existsSync(program))
      await symlink(
        join('..', relative(join(ROOT, 'node_modules'), realpathSync(program))),
        join(modules, '.bin', name),
      );
  }
}

async function copyFolder(source: string, target: string): Promise<void> {
  await run('cp', ['-al', source, target]).catch(() => run('cp', ['-a', source, target]));
}

function closure(names: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  const visit = (name: string): void => {
    const file = join(ROOT, 'node_modules', name, 'package.json');
    // What is optional may not be there, and what is nested comes with its package.
    if (all.has(name) || !existsSync(file)) return;
    all.add(name);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly dependencies?: object;
      readonly optionalDependencies?: object;
    };
    const compilers = Object.keys(optionalDependencies).filter((each) => each.startsWith('@next/'));
    [...Object.keys(dependencies), ...compilers].forEach(visit);
  };
  names.forEach(visit);
  return all;
}

/** The folders of `deno` and `bun`, whatever this machine is: their packages bring one program for it. */
async function binaries(): Promise<readonly string[]> {
  const folders = await Promise.all(
    ['@deno', '@oven'].map(async (scope) => {
      const packages = await readdir(join(ROOT, 'node_modules', scope));
      return packages.flatMap((name) => [
        join(ROOT, 'node_modules', scope, name),
        join(ROOT, 'node_modules', scope, name, 'bin'),
      ]);
    }),
  );
  return folders.flat();
}
