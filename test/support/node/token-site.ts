import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { mintPageToken } from '../../../src/gateway.js';
import type { PageServer } from './page-server.js';

/** A site with a server part: the pages of another one, and at `/token?agent=…` a page token. An origin of its own. */
export async function startTokenSite(pages: PageServer, secret: string): Promise<PageServer> {
  const app = new Hono();
  app.get('/token', async ({ req, text }) =>
    text(await mintPageToken({ secret, agentId: req.query('agent') ?? '' })),
  );
  app.get('*', ({ req }) => fetch(`${pages.url}${req.path}`));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    add: (...page) => pages.add(...page).replace(pages.url, url),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
