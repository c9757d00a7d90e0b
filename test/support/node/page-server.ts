import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { WIDGET_PATH } from './page-scripts.js';

const DIST = new URL('../../../dist/', import.meta.url);
const BUILT_FILE = new URL('millis-voice-agent.js', DIST);
/** What the script file imports from beside itself while somebody debugs. */
const DEBUG_FILE = 'millis-voice-agent.debug.js';

/** A site that embeds the widget, on a free port of this machine: plain files, no dev server. */
export interface PageServer {
  /** Serves `html` at an address of its own, and returns the address. */
  add(html: string | Buffer, contentType?: string, headers?: Readonly<Record<string, string>>): string;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a site with the built script file at `WIDGET_PATH`. */
export async function startPageServer(): Promise<PageServer> {
  const script = await readFile(BUILT_FILE).catch(() => {
    throw new Error('dist/millis-voice-agent.js is missing. Build it: npx vite build --mode script-tag');
  });
  const pages: { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> }[] = [];
  const app = new Hono();
  app.get(WIDGET_PATH, (context) =>
    context.body(new Uint8Array(script), 200, { 'content-type': 'text/javascript' }),
  );
  app.get(`/${DEBUG_FILE}`, async (context) =>
    context.body(new Uint8Array(await readFile(new URL(DEBUG_FILE, DIST))), 200, {
      'content-type': 'text/javascript',
      // A script of another origin is taken by a tag as it is; a module only where its server allows it.
      'access-control-allow-origin': '*',
    }),
  );
  app.get('/page/:number', (context) => {
    const page = pages[Number(context.req.param('number'))];
    return page ? context.body(page.body, 200, page.headers) : context.notFound();
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    add: (html, contentType = 'text/html', headers = {}) => {
      const body = new Uint8Array(typeof html === 'string' ? Buffer.from(html) : html);
      return `${url}/page/${pages.push({ body, headers: { ...headers, 'content-type': contentType } }) - 1}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
