/** One side of the bench: the built gateway as its command line runs it, the same by `fetch`, or a handler that checks nothing. */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type * as gatewayEntry from '../../src/gateway.js';
import type * as nodeEntry from '../../src/gateway-node.js';
import { AGENTS, ORIGIN } from './gateway-load.js';
import { openTerminal } from '../../src/cli/terminal.js';
import { serve } from './gateway-serve.js';

const [kind, upstream = '', folder = ''] = process.argv.slice(2);
/** Of no account. */
const KEY = 'bench-key-0123456789abcdef';
/** The most that can be set. */
const MANY = { requests: 1_000_000, seconds: 60 };

function bare(): Server {
  const app = new Hono();
  app.post('/webrtc/offer', async ({ req, body }) => {
    const response = await fetch(`${upstream}/webrtc/offer`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: await req.text(),
    });
    return body(await response.text(), 200, { 'content-type': 'application/json' });
  });
  return createAdaptorServer({ fetch: app.fetch }) as Server;
}

async function guarded(): Promise<Server> {
  const { createGateway } = (await import(`${folder}/gateway.js`)) as typeof gatewayEntry;
  const { nodeSend } = (await import(`${folder}/gateway-node.js`)) as typeof nodeEntry;
  const terminal = openTerminal({ key: KEY, tokenSecret: undefined, redisUrl: undefined });
  const gateway = createGateway({
    privateKey: KEY,
    platform: upstream,
    origins: [ORIGIN],
    agents: AGENTS,
    trustedHops: 1,
    ...(kind === 'gateway' && { send: nodeSend() }),
    // As the command line does it.
    log: (line) => terminal.log(line),
    limits: { visitor: MANY, origin: MANY, agent: MANY, sessionsADay: MANY.requests },
  });
  return createAdaptorServer({
    fetch: (request, { incoming }) => gateway(request, { address: incoming.socket.remoteAddress }),
  }) as Server;
}

serve(kind === 'bare' ? bare() : await guarded());
