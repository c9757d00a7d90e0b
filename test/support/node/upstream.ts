import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer as the platform gives it. */
export const ANSWER_SDP =
  'v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n' +
  'c=IN IP4 0.0.0.0\r\na=mid:0\r\na=sendrecv\r\na=setup:active\r\na=rtpmap:111 opus/48000/2\r\n';

/** One request that came in, as far as it was read. */
export interface UpstreamRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  /** Of the agent that the body names, `''` where it names none. */
  readonly agentId: string;
  /** The connection was closed before the answer was complete. */
  readonly gone: boolean;
}

/** A server that plays the platform, and misbehaves as the agent's id says. */
export interface Upstream {
  readonly url: string;
  /** All requests so far, oldest first. */
  readonly requests: readonly UpstreamRequest[];
  /** The first request for an agent, once it is there. */
  request(agentId: string): Promise<UpstreamRequest>;
  /** Resolves when the connection of the request for an agent was closed before it was answered. */
  gone(agentId: string): Promise<void>;
  /** Lets the request of an agent `held…` be answered. */
  release(agentId: string): void;
  close(): Promise<void>;
}

interface Seen extends UpstreamRequest {
  gone: boolean;
}

type Behaviour = (response: ServerResponse, argument: string, request: UpstreamRequest) => void;

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const answer = (response: ServerResponse, { type = 'answer', sdp = ANSWER_SDP } = {}): void =>
  // More than is asked for, as a platform may say tomorrow. None of it may reach a visitor.
  json(response, 200, { answer: { type, sdp, extra: 'surplus' }, session_id: 'surplus' });

/** By the agent's id up to its first hyphen. The word after that is the argument; what follows is a name of the test's own. */
const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  /** `status-402`: that status, with what a platform says beside it. */
  status: (response, status) =>
    json(response, Number(status), { detail: `upstream detail of ${status}`, code: 'upstream-code' }),
  /** `retry-7`: 429 with `Retry-After: 7`. */
  retry: (response, after) => {
    response.setHeader('retry-after', after);
    json(response, 429, { detail: 'busy' });
  },
  html: (response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Hi</title>'),
  empty: (response) => response.end(),
  null: (response) => json(response, 200, null),
  list: (response) => json(response, 200, [{ answer: { type: 'answer', sdp: ANSWER_SDP } }]),
  bare: (response) => json(response, 200, { type: 'answer', sdp: ANSWER_SDP }),
  offer: (response) => answer(response, { type: 'offer' }),
  number: (response) => json(response, 200, { answer: { type: 'answer', sdp: 5 } }),
  garbage: (response) => answer(response, { sdp: '<script>alert(1)</script>' }),
  /** Says back the key that it was sent. */
  echo: (response, _, { headers }) =>
    answer(response, { sdp: `${ANSWER_SDP}a=x:${String(headers.authorization)}\r\n` }),
  silent: (response) => answer(response, { sdp: ANSWER_SDP.replace('sendrecv', 'recvonly') }),
  noaudio: (response) => answer(response, { sdp: ANSWER_SDP.replace('m=audio', 'm=application') }),
  huge: (response) => answer(response, { sdp: ANSWER_SDP + 'a=x:y\r\n'.repeat(10_000) }),
  endless: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (response.writable && response.write(' '.repeat(16_384)));
    };
    response.on('drain', more);
    more();
  },
  redirect: (response) => response.writeHead(307, { location: '/redirected' }).end(),
  reset: (response) => void response.socket?.resetAndDestroy(),
  /** Says that there will be more, and goes. */
  half: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"answer":{"type":"answer",', () => response.socket?.destroy());
  },
  /** Begins an answer that never ends. */
  stall: (response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).write('{"answer":'),
  hang: () => undefined,
};

/** Starts it on a free port of this machine. Any agent that is not named after a behaviour is answered well. */
export async function startUpstream(): Promise<Upstream> {
  const requests: Seen[] = [];
  const held = new Map<string, () => void>();
  const listeners = new Set<() => void>();
  const changed = (): void => [...listeners].forEach((listener) => listener());
  const server = createServer((message, response) => {
    void read(message).then(
      (seen) => {
        requests.push(seen);
        response.once('close', () => {
          seen.gone = !response.writableFinished;
          changed();
        });
        changed();
        const [name = '', argument = ''] = seen.agentId.split('-');
        if (name === 'held') held.set(seen.agentId, () => answer(response));
        else (BEHAVIOURS[name] ?? ((sent) => answer(sent)))(response, argument, seen);
      },
      () => undefined,
    );
  });
  const when = <T>(found: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const check = (): void => {
        const value = found();
        if (value === undefined) return;
        listeners.delete(check);
        resolve(value);
      };
      listeners.add(check);
      check();
    });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    request: (agentId) => when(() => requests.find((seen) => seen.agentId === agentId)),
    gone: async (agentId) => {
      await when(() => requests.find((seen) => seen.agentId === agentId && seen.gone));
    },
    release: (agentId) => held.get(agentId)?.(),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function read(message: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const { method, url: path, headers, rawHeaders } = message;
  return { method, path, headers, rawHeaders, body, agentId: agentOf(body), gone: false };
}

function agentOf(body: string): string {
  try {
    const { agent_id: agentId } = JSON.parse(body) as { readonly agent_id?: unknown };
    return typeof agentId === 'string' ? agentId : '';
  } catch {
    return '';
  }
}
