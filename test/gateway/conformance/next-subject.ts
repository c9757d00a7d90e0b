import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNoLeak } from '../../support/node/canary.js';
import { commands, writeRecipe } from '../recipes.js';
import { runCommand, serveCommand, subjectOf } from './process-subject.js';
import type { Sites } from './site.js';
import type { Kind } from './subject.js';
import { basePathOf, voiceFile } from './voice-file.js';

const PACKAGES = ['next', 'react', 'react-dom', 'zod', 'rate-limiter-flexible', 'ipaddr.js'];

/** An app of Next.js, built and started. */
export function nextKind(sites: Promise<Sites>, differences: Kind['differences'] = {}): Kind {
  return {
    name: 'a route of Next.js',
    knowsPeer: false,
    differences,
    start: async (upstream) => {
      const { open, path } = await sites;
      const cwd = await open('next', PACKAGES);
      await writeRecipe('next', cwd, { 'voice.js': voiceFile(upstream) });
      const [build = '', start = ''] = commands('next/run');
      await runCommand(build, { cwd, path });
      await searchBuild(join(cwd, '.next'));
      const program = await serveCommand(start, { cwd, path });
      return subjectOf([program], (gateway) => ({ program, basePath: basePathOf(gateway) }));
    },
  };
}

/** The key was there while it was built. */
async function searchBuild(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) assertNoLeak(await readFile(file, 'latin1'), file);
  }
}
