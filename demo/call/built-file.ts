import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the script file when it is missing or older than what it is built from. Says so. */
export async function buildIfNeeded(): Promise<void> {
  const [built = 0, ...sources] = await Promise.all(
    ['dist/millis-voice-agent.js', 'vite.config.ts', 'package.json', ...(await sourceFiles())].map(
      changedAtMs,
    ),
  );
  if (sources.every((source) => source <= built)) return;
  console.log('Building dist/millis-voice-agent.js');
  await build({ root: ROOT, mode: 'script-tag', logLevel: 'error' });
}

async function sourceFiles(): Promise<string[]> {
  const names = await readdir(`${ROOT}src`, { recursive: true });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `src/${name}`);
}

/** 0 for a file that is not there. */
async function changedAtMs(path: string): Promise<number> {
  return stat(ROOT + path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
