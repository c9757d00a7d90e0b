import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { CANARY_KEY, CANARY_SECRET } from '../../support/node/canary.js';
import { sendRaw } from './raw-http.js';
import type { GatewayName, Subject } from './subject.js';

const TOO_LONG_MS = 30_000;

/** A program that runs. */
export interface Running {
  readonly port: number;
  readonly output: () => string;
  /** Asks it to end as a supervisor does, and resolves with its exit code once it did. */
  readonly stop: () => Promise<number | null>;
}

/** What a program is run in. */
export interface Surroundings {
  readonly cwd: string;
  /** For `PATH`. */
  readonly path: string;
  /** Where it serves, where the command itself decides. */
  readonly port?: number;
  /** The user that runs it. */
  readonly uid?: number;
}

/** Runs a command of a recipe to its end, and gives what it printed. Rejects when it fails. */
export async function runCommand(command: string, surroundings: Surroundings): Promise<string> {
  const { child, output } = open(command, surroundings, 0);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}:\n${output()}`);
  return output();
}

/** Runs a command of a recipe that serves at `$PORT`, and resolves when somebody answers there. */
export async function serveCommand(
  command: string | ((port: number) => string),
  surroundings: Surroundings,
): Promise<Running> {
  const { port = await freePort() } = surroundings;
  const { child, output } = open(typeof command === 'string' ? command : command(port), surroundings, port);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const stop = async (): Promise<number | null> => {
    signal(child, 'SIGTERM');
    const timer = new AbortController();
    const late = setTimeout(TOO_LONG_MS / 3, undefined, timer).then(
      () => signal(child, 'SIGKILL'),
      () => undefined,
    );
    const [code] = await closed;
    timer.abort();
    await late;
    return code;
  };
  const ended = closed.then(([code]) => {
    throw new Error(`It ended with ${String(code)}:\n${output()}`);
  });
  await Promise.race([answers(port), ended]).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  ended.catch(() => undefined);
  return { port, output, stop };
}

/** A subject of programs: where a gateway of the suite is, the program and its base path. */
export function subjectOf(
  programs: readonly Running[],
  locate: (name: GatewayName) => { readonly program: Running; readonly basePath: string },
): Subject {
  return {
    send: ({ gateway = 'main', path = '/', ...request }) => {
      const { program, basePath } = locate(gateway);
      return sendRaw(program.port, { ...request, path: basePath + path });
    },
    output: () => programs.map((program) => program.output()).join('\n'),
    close: async () => {
      await Promise.all(programs.map((program) => program.stop()));
    },
  };
}

function open(
  command: string,
  { cwd, path, uid }: Surroundings,
  port: number,
): { readonly child: ChildProcess; readonly output: () => string } {
  const child = spawn('sh', ['-c', `exec ${command}`], {
    cwd,
    ...(uid !== undefined && { uid }),
    // A group of its own: `npx` and `next` start further processes.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: path,
      HOME: cwd,
      PORT: String(port),
      NEXT_TELEMETRY_DISABLED: '1',
      DENO_NO_UPDATE_CHECK: '1',
      npm_config_offline: 'true',
      npm_config_update_notifier: 'false',
      MILLIS_PRIVATE_KEY: CANARY_KEY,
      MILLIS_TOKEN_SECRET: CANARY_SECRET,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return { child, output: () => text };
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name);
  } catch {
    // It is over already.
  }
}

/** Resolves when something at that port speaks HTTP. */
async function answers(port: number): Promise<void> {
  const deadlineMs = performance.now() + TOO_LONG_MS;
  for (;;) {
    try {
      const { status } = await sendRaw(port, { path: '/' });
      if (status > 0) return;
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
    }
    await setTimeout(50);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
