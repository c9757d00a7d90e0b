import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { AgentRegistry } from './agent-registry.js';
import { scriptLines } from './agent-script.js';
import { type CallHistory, CallLog } from './call-log.js';
import { createApp } from './http-app.js';
import { OpenCalls } from './open-calls.js';
import { openSpeech, type SpeechMode } from './speech.js';

/** Longer than a visitor looks at a page before pressing: a connection that the browser opened early is still warm. */
const KEEP_ALIVE_MS = 75_000;

export interface PlatformOptions {
  /** Absent or 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Demanded in `Authorization` when given. */
  readonly key?: string;
  /** A folder that gets both sides of each call as WAV. */
  readonly recordDir?: string;
  /** Gets one line for each event; never an SDP, never the key. */
  readonly log?: (line: string) => void;
  /** Default `auto`. */
  readonly speech?: SpeechMode;
}

/** A running local platform. */
export interface Platform {
  readonly url: string;
  readonly port: number;
  /** Where the agents' voice comes from, in words. */
  readonly speechSource: string;
  /** Calls that have not ended, connected or not. */
  openCalls(): number;
  /** POSTs that reached `/webrtc/offer`, accepted or not. */
  offers(): number;
  /** The call log, newest first: the same as `GET /call-logs`, without the pages. */
  sessions(): readonly CallHistory[];
  /** Resolves when the spoken lines of all agents have been rendered. Calls do not have to wait for it. */
  readonly warmed: Promise<void>;
  /** Ends all calls and stops listening. The process can then exit. */
  close(): Promise<void>;
}

/** Starts the local platform. Rejects when the port is taken or the speech source is missing. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const { host = '127.0.0.1', port = 0, key, recordDir, log = () => undefined } = options;
  const closing = new AbortController();
  const speech = await openSpeech(options.speech ?? 'auto', closing.signal);
  const agents = await AgentRegistry.load();
  const callLog = new CallLog();
  const calls = new OpenCalls({ speech, recordDir, log }, callLog, closing.signal);
  let offers = 0;
  const app = createApp({
    key,
    agents,
    callLog,
    log,
    offerArrived: () => (offers += 1),
    offer: (sdp, agentId, client) => calls.offer(sdp, agents.script(agentId), client),
    terminate: (sessionId, message) => calls.terminate(sessionId, message),
  });
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
  }) as Server;
  const boundPort = await listen(server, port, host);
  const warmed = speech.warm(agents.scripts().flatMap(scriptLines));
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    port: boundPort,
    speechSource: speech.source,
    openCalls: () => calls.size,
    offers: () => offers,
    sessions: () => callLog.page(Infinity).histories,
    warmed,
    close: async () => {
      closing.abort();
      await calls.endAll();
      await stop(server);
      await warmed;
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
