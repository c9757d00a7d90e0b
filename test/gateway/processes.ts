import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CANARY_KEY, CANARY_SECRET } from '../support/node/canary.js';

/** Run after `vite build --mode modules`. */
const BIN = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const TOO_LONG_MS = 20_000;

/** How a process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of a test. It ends with the test's file at the latest. */
export interface TestProcess {
  /** All that it printed so far, to both streams. */
  output(): string;
  /** Resolves when the output holds a text so many times. Rejects when it ends before. */
  printed(text: string, times?: number): Promise<void>;
  /** Resolves when it ended. */
  readonly ended: Promise<End>;
  kill(signal: NodeJS.Signals): void;
}

/** The program `millis-voice-agent gateway`, with the canary as its key. */
export interface GatewayProcess extends TestProcess {
  readonly url: string;
  /** The folder with its files. */
  readonly folder: string;
  /** Ends it as a supervisor does. */
  stop(): Promise<void>;
}

/** What a gateway is started with. */
export interface GatewayStart {
  /** `gateway.json`. It listens on a free port of this machine. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Files beside it. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Options of Node itself; `FOLDER` in them stands for the folder. */
  readonly nodeOptions?: readonly string[];
}

/** Starts a gateway, and resolves when it listens. */
export async function startGateway(start: GatewayStart): Promise<GatewayProcess> {
  const { settings, files = {}, environment = {}, nodeOptions = [] } = start;
  const folder = await mkdtemp(join(tmpdir(), 'millis-gateway-'));
  const config = join(folder, 'gateway.json');
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await writeFile(config, JSON.stringify({ host: '127.0.0.1', port: 0, ...settings }));
  const options = nodeOptions.map((option) => option.replace('FOLDER', folder));
  const args = [...options, BIN, 'gateway', '--config', config];
  const child = open(process.execPath, args, {
    ...process.env,
    MILLIS_PRIVATE_KEY: CANARY_KEY,
    MILLIS_TOKEN_SECRET: CANARY_SECRET,
    ...environment,
  });
  await child.printed('Listening on ');
  const [, url = ''] = /Listening on (http:\S+)/.exec(child.output()) ?? [];
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await child.ended;
    await rm(folder, { recursive: true });
  };
  return { ...child, url, folder, stop };
}

/** A `redis-server` of the test's own, which keeps nothing on disk. */
export interface RedisProcess extends TestProcess {
  readonly url: string;
  /** It ends as it does for a restart of its machine. */
  stop(): Promise<void>;
}

/** With characters that are others in a URL. */
export const REDIS_PASSWORD = 'redis/Password+61f0c9';

/** Starts one, and resolves when it answers. */
export async function startRedis(port: number): Promise<RedisProcess> {
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', requirepass: REDIS_PASSWORD };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = open('redis-server', [...args, '--dir', tmpdir()], process.env);
  await child.printed('Ready to accept connections');
  const url = `redis://default:${encodeURIComponent(REDIS_PASSWORD)}@127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    await child.ended;
  };
  return { ...child, url, stop };
}

function open(command: string, args: readonly string[], env: NodeJS.ProcessEnv): TestProcess {
  // A test that failed in the middle may leave one behind.
  const limit = { timeout: 60_000, killSignal: 'SIGKILL' } as const;
  const child = spawn(command, args, { ...limit, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const killed = (): void => void child.kill('SIGKILL');
  process.once('exit', killed);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      child.emit('printed');
    });
  }
  const ended = endOf(child).finally(() => process.off('exit', killed));
  // Whoever waits for something else is told by that.
  ended.catch(() => undefined);
  const printed = (wanted: string, times = 1): Promise<void> => {
    const isThere = (): boolean => text.split(wanted).length > times;
    const tooSoon = ended.then(() => {
      if (!isThere()) throw new Error(`${command} ended without saying "${wanted}":\n${text}`);
    });
    return Promise.race([whenPrinted(child, isThere, `"${wanted}" of ${command}`), tooSoon]);
  };
  return { output: () => text, printed, ended, kill: (signal) => void child.kill(signal) };
}

async function whenPrinted(child: ChildProcess, isThere: () => boolean, what: string): Promise<void> {
  const signal = AbortSignal.timeout(TOO_LONG_MS);
  while (!isThere()) {
    await once(child, 'printed', { signal }).catch(() => {
      throw new Error(`Waited ${TOO_LONG_MS} ms in vain for ${what}.`);
    });
  }
}

async function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve, reject) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', ({ message }) => {
      reject(new Error(`${message}. It is needed; on Debian: apt-get install ${child.spawnfile}.`));
    });
  });
}
