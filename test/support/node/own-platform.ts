import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CallHistory } from '../../../demo/platform/call-log.js';

const PROGRAM = fileURLToPath(new URL('platform-process.ts', import.meta.url));
const ENDS_MS = 10_000;

/** What the process gets at its start. */
export interface PlatformSettings {
  /** Demanded in `Authorization` when given. */
  readonly key?: string;
  /** A folder that gets both sides of each call as WAV. */
  readonly recordDir?: string;
  /** Whether its lines are told. */
  readonly logs?: boolean;
}

interface PlatformState {
  readonly openCalls: number;
  readonly offers: number;
  readonly sessions: readonly CallHistory[];
}

/** What the process tells: where it listens, once; its state, when asked; a line of its log. */
export type PlatformReport = { readonly url: string } | { readonly line: string } | PlatformState;

/**
 * A local platform in a process of its own: it has a WebRTC library's threads and an event loop that nothing else keeps busy, as a
 * real server has, and when it crashes a test says so.
 */
export interface OwnPlatform {
  readonly url: string;
  /** Calls that have not ended, connected or not. */
  openCalls(): Promise<number>;
  /** POSTs that reached `/webrtc/offer`, accepted or not. */
  offers(): Promise<number>;
  /** The call log, newest first. */
  sessions(): Promise<readonly CallHistory[]>;
  /** Ends all calls and the process. Rejects when it had ended by itself. */
  close(): Promise<void>;
}

/** Starts one, and waits until the spoken lines of all agents are ready. `log` gets its lines. */
export async function startOwnPlatform(
  settings: Omit<PlatformSettings, 'logs'> = {},
  log?: (line: string) => void,
): Promise<OwnPlatform> {
  const child = fork(PROGRAM, [JSON.stringify({ ...settings, logs: log !== undefined })], {
    execArgv: ['--import=tsx'],
  });
  child.on('message', (report: PlatformReport) => {
    if ('line' in report) log?.(report.line);
  });
  const { url } = await next(child, (report) => 'url' in report);
  const ask = (): Promise<PlatformState> => {
    const state = next(child, (report) => 'offers' in report);
    child.send('state');
    return state;
  };
  return {
    url,
    openCalls: async () => (await ask()).openCalls,
    offers: async () => (await ask()).offers,
    sessions: async () => (await ask()).sessions,
    close: async () => {
      if (hasEnded(child)) throw new Error(endOf(child));
      const ended = once(child, 'exit');
      const giveUp = setTimeout(() => child.kill('SIGKILL'), ENDS_MS);
      child.send('close');
      await ended;
      clearTimeout(giveUp);
    },
  };
}

/** The next report of a kind. Rejects when the process ends instead. */
function next<T extends PlatformReport>(
  child: ChildProcess,
  isOfKind: (report: PlatformReport) => report is T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error(endOf(child)));
    if (hasEnded(child)) end();
    child.once('exit', end);
    child.on('message', function hear(report: PlatformReport) {
      if (!isOfKind(report)) return;
      child.off('message', hear).off('exit', end);
      resolve(report);
    });
  });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function endOf({ exitCode, signalCode }: ChildProcess): string {
  return `The platform's process ended: ${signalCode ?? `code ${exitCode}`}.`;
}
