import { execFile } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const NAME = 'millis-voice-agent';
const run = promisify(execFile);

/** A small app: its files by name, one of them `main.js`, and what it imports beside the widget and its dependencies. */
interface App {
  readonly files: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
}

/** The package as npm would publish it, unpacked. */
export interface PackedPackage {
  /** Builds an app that installed the package, and resolves with its script. */
  buildApp(app: App): Promise<string>;
  remove(): Promise<void>;
}

/** Packs what `npm run build` made. */
export async function packPackage(): Promise<PackedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'millis-packed-'));
  await installPackage(folder);
  return {
    buildApp: (app) => buildApp(join(folder, 'node_modules'), app),
    remove: () => rm(folder, { recursive: true }),
  };
}

/**
 * Unpacks the package, as npm would publish it, into `node_modules` of a folder, beside what it depends on and `packages`, which
 * are links into this repository's. Nothing is downloaded.
 */
export async function installPackage(folder: string, packages: readonly string[] = []): Promise<void> {
  await access(join(ROOT, 'dist/define.js')).catch(() => {
    throw new Error('dist/define.js is missing. Build it: npm run build');
  });
  const modules = join(folder, 'node_modules');
  const home = join(modules, NAME);
  await mkdir(home, { recursive: true });
  const options = ['--json', '--ignore-scripts', '--offline', '--no-update-notifier'];
  const { stdout } = await run('npm', ['pack', ...options, `--pack-destination=${folder}`], { cwd: ROOT });
  const [packed] = JSON.parse(stdout) as [{ readonly filename: string }];
  await run('tar', ['-xzf', join(folder, packed.filename), '-C', home, '--strip-components=1']);
  const { dependencies } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  await linkPackages(modules, [...Object.keys(dependencies), ...packages]);
}

async function linkPackages(modules: string, packages: readonly string[]): Promise<void> {
  for (const name of packages) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  }
}

async function buildApp(installed: string, { files, packages }: App): Promise<string> {
  const root = await mkdtemp(join(dirname(installed), 'app-'));
  const modules = join(root, 'node_modules');
  await mkdir(modules);
  await cp(join(installed, NAME), join(modules, NAME), { recursive: true });
  await linkPackages(modules, ['lit', 'zod', ...packages]);
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  const output = await build({
    root,
    logLevel: 'silent',
    build: { write: false, rolldownOptions: { input: join(root, 'main.js') } },
  });
  const [built] = [output].flat();
  const chunk = built && 'output' in built ? built.output[0] : undefined;
  if (!chunk) throw new Error('The app could not be built.');
  return chunk.code;
}
