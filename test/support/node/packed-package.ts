import { execFile } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
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
  await access(join(ROOT, 'dist/define.js')).catch(() => {
    throw new Error('dist/define.js is missing. Build it: npm run build');
  });
  const folder = await mkdtemp(join(tmpdir(), 'millis-packed-'));
  const options = ['--ignore-scripts', '--offline', '--no-update-notifier', '--pack-destination', folder];
  await run('npm', ['pack', ...options], { cwd: ROOT });
  await run('sh', ['-c', 'tar -xzf *.tgz'], { cwd: folder });
  return {
    buildApp: (app) => buildApp(folder, app),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function buildApp(folder: string, { files, packages }: App): Promise<string> {
  const root = await mkdtemp(join(folder, 'app-'));
  const modules = join(root, 'node_modules');
  await mkdir(modules);
  await cp(join(folder, 'package'), join(modules, NAME), { recursive: true });
  for (const name of ['lit', 'zod', ...packages]) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  }
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
