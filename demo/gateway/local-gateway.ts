import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createGateway, type GatewayOptions } from '../../src/gateway.js';

/** Longer than a visitor looks at a page before pressing: a connection that the browser opened early is still warm. */
const KEEP_ALIVE_MS = 75_000;

/** A running gateway. */
export interface LocalGateway {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a gateway on any free port of this machine: an origin of its own, as on a real site.
 *
 * @throws GatewayOptionsError
 */
export async function startLocalGateway(options: GatewayOptions): Promise<LocalGateway> {
  const gateway = createGateway(options);
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => gateway(request, { address: incoming.socket.remoteAddress }),
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
