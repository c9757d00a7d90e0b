import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Run after `vite build --mode modules`. */
export const BIN = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** As long as a key of the platform, with characters that are others in a URL. */
export const KEY = 'abcdEFGH0123/+=ijklMNOP4567qrstU';

/** How a program ended, and what it said. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Surroundings {
  /** `MILLIS_PRIVATE_KEY`. */
  readonly key?: string;
  /** Further variables. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  /** JavaScript to be run before the program. */
  readonly preload?: string;
}

/** Runs the built program as a process of its own, and waits for its end. */
export async function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { key, environment = {}, stdin = '', preload } = surroundings;
  const early = preload === undefined ? [] : [`--import=data:text/javascript,${encodeURIComponent(preload)}`];
  const child = spawn(process.execPath, [...early, BIN, ...args], {
    // Not the one of whoever runs the tests.
    // What should have ended and did not must not hold the tests.
    timeout: 30_000,
    env: { ...process.env, REDIS_URL: undefined, MILLIS_PRIVATE_KEY: key, ...environment },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  // A program that does not want its input may be gone before it is written.
  child.stdin.on('error', () => undefined).end(stdin);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** A folder for files of tests. */
export interface Folder {
  readonly path: string;
  /** Writes a file, and gives its path. */
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

export function openFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'millis-cli-'));
  return {
    path,
    write: (name, content) => {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}
