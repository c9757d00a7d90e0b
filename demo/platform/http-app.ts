import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { AgentCreate, AgentUpdate } from './agent-config.js';
import type { AgentRegistry } from './agent-registry.js';
import type { CallLog } from './call-log.js';
import { EmbedConfig } from './embed-config.js';
import { demandKey, httpError, parse, readBody } from './http-errors.js';
import { VOICES } from './voices.js';

const MAX_BODY_BYTES = 65_536;

const Offer = z.object({
  offer: z.object({ sdp: z.string(), type: z.string() }),
  agent_id: z.string(),
});
const SessionTerminateData = z.object({ message: z.string().max(10_000).nullish() });
const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  start_at: z.coerce.number().optional(),
});

/** Whoever sent an offer. */
export interface OfferClient {
  /** Aborted when they are gone. */
  readonly signal: AbortSignal;
  /** Closes their connection. */
  readonly reset: () => void;
}

/** What the HTTP surface speaks for. */
interface Backend {
  readonly key: string | undefined;
  readonly agents: AgentRegistry;
  readonly callLog: CallLog;
  /** Answers an offer that is well formed, or throws an `HTTPException`. */
  offer(offerSdp: string, agentId: string, client: OfferClient): Promise<Response>;
  /** Counts a request that reached the endpoint, whatever comes of it. */
  offerArrived(): void;
  /** Whether there is such a call. */
  terminate(sessionId: string, message: string | undefined): boolean;
  log(line: string): void;
}

/** The platform's HTTP surface, as its API reference describes it. */
export function createApp(backend: Backend): Hono {
  const app = new Hono();
  app.use(
    cors({
      origin: '*',
      allowHeaders: ['content-type', 'authorization'],
      exposeHeaders: ['retry-after'],
      maxAge: 7_200,
    }),
  );
  app.onError((error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    backend.log(`request failed: ${error.message}`);
    return context.json({ detail: 'Internal Server Error' }, 500);
  });
  app.notFound((context) => context.json({ detail: 'Not Found' }, 404));
  app.use('/webrtc/offer', async ({ req }, next) => {
    if (req.method === 'POST') backend.offerArrived();
    await next();
  });
  addOpenRoutes(app, backend);
  if (backend.key !== undefined) app.use(demandKey(backend.key));
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => tooLarge() }));
  addAgentRoutes(app, backend);
  addCallRoutes(app, backend);
  return app;
}

function tooLarge(): never {
  throw httpError(413, `Request body larger than ${MAX_BODY_BYTES} bytes.`);
}

/** Local only: the reference has no endpoint that reads an embed config back. A gateway's is open in the same way. */
function addOpenRoutes(app: Hono, { agents }: Backend): void {
  app.get('/agents/:agentId/embed', (context) => {
    const embed = agents.embed(context.req.param('agentId'));
    if (!embed) throw httpError(404, 'No embed config.');
    return context.json(embed);
  });
}

function addAgentRoutes(app: Hono, { agents }: Backend): void {
  const missing = (): never => {
    throw httpError(404, 'Agent not found.');
  };
  app.get('/agents', (context) => context.json(agents.list()));
  app.post('/agents', async (context) => {
    const { name, config } = await readBody(context, AgentCreate);
    const agent = agents.create(name, config);
    if (!agent) throw httpError(429, 'Too many agents.');
    return context.json(agent);
  });
  app.get('/agents/:agentId', (context) =>
    context.json(agents.find(context.req.param('agentId')) ?? missing()),
  );
  app.put('/agents/:agentId', async (context) => {
    const update = await readBody(context, AgentUpdate);
    return context.json(agents.update(context.req.param('agentId'), update) ?? missing());
  });
  app.delete('/agents/:agentId', (context) =>
    agents.delete(context.req.param('agentId')) ? context.json({ success: true }) : missing(),
  );
  app.post('/agents/:agentId/embed', async (context) => {
    const embed = await readBody(context, EmbedConfig);
    return agents.setEmbed(context.req.param('agentId'), embed) ? context.json({ success: true }) : missing();
  });
  app.get('/voices', (context) => context.json(VOICES));
}

function addCallRoutes(app: Hono, backend: Backend): void {
  app.post('/webrtc/offer', async (context) => {
    const { offer, agent_id: agentId } = await readBody(context, Offer);
    if (offer.type !== 'offer') throw httpError(400, 'offer.type must be "offer".');
    const { incoming } = context.env as HttpBindings;
    const reset = (): void => void incoming.socket.destroy();
    return backend.offer(offer.sdp, agentId, { signal: context.req.raw.signal, reset });
  });
  app.post('/sessions/:sessionId/terminate', async (context) => {
    const { message } = await readBody(context, SessionTerminateData);
    if (!backend.terminate(context.req.param('sessionId'), message ?? undefined)) {
      throw httpError(404, 'Session not found.');
    }
    return context.json({ success: true });
  });
  app.get('/call-logs', (context) => {
    const { limit, start_at: startAt } = parse(PageQuery, context.req.query(), 'query');
    return context.json(backend.callLog.page(limit, startAt));
  });
  app.get('/call-logs/:sessionId', (context) => {
    const history = backend.callLog.find(context.req.param('sessionId'));
    if (!history) throw httpError(404, 'Call not found.');
    return context.json(history);
  });
}
