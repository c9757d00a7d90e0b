import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** What a process of the bench costs, after its garbage was collected. */
export interface Cost {
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** Processor time since its start. */
  readonly cpuMs: number;
}

/** A server of the bench, in a process of its own. */
export interface BenchProcess {
  readonly url: string;
  cost(): Promise<Cost>;
  stop(): Promise<void>;
}

const SUBJECT_CORE = '0';
const LOAD_CORE = '1';

/**
 * Puts this process, and all that it starts, on a core of its own, so that the subject has one for itself. Returns in words what
 * was done.
 */
export function pinLoad(): { readonly isPinned: boolean; readonly words: string } {
  if (availableParallelism() < 2) return { isPinned: false, words: 'Not pinned: there is one core only.' };
  const { status } = spawnSync('taskset', [
    '--all-tasks',
    '--cpu-list',
    '--pid',
    LOAD_CORE,
    `${process.pid}`,
  ]);
  if (status !== 0) return { isPinned: false, words: 'Not pinned: there is no taskset.' };
  return { isPinned: true, words: `Each subject on core ${SUBJECT_CORE}, all else on core ${LOAD_CORE}.` };
}

interface StartOptions {
  /** A file of this folder. */
  readonly file: string;
  readonly args?: readonly string[];
  /** On the subject's core. */
  readonly isAlone?: boolean;
  /** Options of Node. */
  readonly nodeArgs?: readonly string[];
}

/** Starts a file of this folder. What it prints goes through a pipe to a process that throws it away, as a log goes to a collector. */
export async function startProcess(options: StartOptions): Promise<BenchProcess> {
  const { file, args = [], isAlone = false, nodeArgs = [] } = options;
  const sink = spawn('cat', [], { stdio: ['pipe', 'ignore', 'inherit'] });
  const path = fileURLToPath(new URL(file, import.meta.url));
  const command = [process.execPath, '--expose-gc', ...nodeArgs, '--import=tsx', path, ...args];
  const pinned = isAlone ? ['taskset', '--cpu-list', SUBJECT_CORE, ...command] : command;
  const [program = '', ...rest] = pinned;
  const child = spawn(program, rest, { stdio: ['ignore', sink.stdin, 'inherit', 'ipc'] });
  sink.stdin.destroy();
  const { url } = await reply<{ readonly url: string }>(child);
  return {
    url,
    cost: () => {
      child.send('cost');
      return reply<Cost>(child);
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.send('stop');
      await exited;
    },
  };
}

async function reply<Message>(child: ChildProcess): Promise<Message> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const died = once(child, 'exit', { signal }).then(() => {
    throw new Error('A process of the bench ended.');
  });
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), died])) as [Message];
    return message;
  } finally {
    // The other one is waited for no more.
    died.catch(() => undefined);
    waiting.abort();
  }
}
