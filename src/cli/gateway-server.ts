import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Gateway } from '../gateway.js';

/** Where a gateway listens, and how patient it is. */
export interface ServerOptions {
  readonly port: number;
  readonly host: string;
  /** How long the head of a request may take, in milliseconds. Default 10 s. */
  readonly headersTimeoutMs?: number;
  /** How long a connection is kept for a next request, in milliseconds. Default 75 s: longer than the proxies in front keep theirs. */
  readonly keepAliveTimeoutMs?: number;
}

/** A gateway that listens. */
export interface RunningServer {
  readonly url: string;
  /** Takes no more requests, and resolves when the running ones are answered. What takes longer than `ms` is cut off. */
  drain(ms: number): Promise<void>;
}

/** The gateway's own limit for a body is at most 30 s; this one is for what does not even get there. */
const REQUEST_TIMEOUT_MS = 45_000;

const NOT_FOR_CACHES = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Hands the requests of a port to a gateway. Rejects with the system's error where the port cannot be had. */
export async function startServer(gateway: Gateway, options: ServerOptions): Promise<RunningServer> {
  const { port, host, headersTimeoutMs = 10_000, keepAliveTimeoutMs = 75_000 } = options;
  const listener = listenerOf(gateway);
  const server = createServer(
    {
      keepAliveTimeout: keepAliveTimeoutMs,
      headersTimeout: headersTimeoutMs,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // Node looks only every 30 s otherwise, so that half a request would be held for as long.
      connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  const connections = new Connections(server);
  server.listen(port, host);
  await once(server, 'listening');
  return {
    url: urlOf(server.address() as AddressInfo),
    drain: async (ms) => {
      const closed = once(server, 'close');
      server.close();
      connections.finish();
      const timer = setTimeout(() => server.closeAllConnections(), ms);
      await closed;
      clearTimeout(timer);
    },
  };
}

function listenerOf(gateway: Gateway): ReturnType<typeof getRequestListener> {
  return getRequestListener(
    (request, { incoming }) =>
      gateway(request, 'socket' in incoming ? { address: incoming.socket.remoteAddress } : {}),
    // A request line or a `Host` of which no URL can be made. The gateway itself never fails.
    { errorHandler: () => new Response(null, { status: 400, headers: NOT_FOR_CACHES }) },
  );
}

/** Knows which connections have an exchange running. Node counts one that has not said a word yet among them. */
class Connections {
  readonly #all = new Set<Socket>();
  readonly #running = new Set<ServerResponse>();
  #finishing = false;

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#all.add(socket);
      socket.once('close', () => this.#all.delete(socket));
    });
    server.on('request', ({ socket }, response) => {
      this.#running.add(response);
      if (this.#finishing) response.shouldKeepAlive = false;
      response.once('close', () => {
        this.#running.delete(response);
        if (this.#finishing) socket.destroySoon();
      });
    });
  }

  /** Closes each connection, at once or as soon as its answer is out. */
  finish(): void {
    this.#finishing = true;
    const busy = new Set<Socket | null>();
    for (const response of this.#running) {
      response.shouldKeepAlive = false;
      busy.add(response.socket);
    }
    for (const socket of this.#all) if (!busy.has(socket)) socket.destroy();
  }
}

function urlOf({ address, port, family }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
