import { EmbedRoute } from './embed-route.js';
import { answerOffer } from './offer-route.js';
import type { GatewayOptions } from './options.js';
import { Refusal } from './refusal.js';
import { requestLine, warningLine } from './request-log.js';
import { commonHeaders, json, preflight, type RouteAnswer } from './responses.js';
import { readSettings, type Settings } from './settings.js';
import { visitorAddress } from './visitor.js';

/**
 * Answers a request as the platform would, for pages that have no key. Never rejects. `context.address` is the address of the
 * TCP connection, where the runtime knows it; whatever else a framework hands over as a second argument is passed over.
 */
export type Gateway = (request: Request, context?: unknown) => Promise<Response>;

interface Exchange {
  readonly request: Request;
  readonly peer: string | undefined;
  readonly requestId: string;
  /** The one that is listed, if the request's is. */
  readonly origin: string | undefined;
  /** For the log. */
  route: string | null;
  agent: string | null;
}

const READ_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const OFFER_METHODS = ['POST', 'OPTIONS'];

/**
 * Makes the gateway: a handler of web-standard requests that adds the platform's private key, and lets only the site's own pages
 * and agents through.
 *
 * @throws GatewayOptionsError that names all that is wrong with the options
 */
export function createGateway(options: GatewayOptions): Gateway {
  const handler = new Handler(readSettings(options));
  return (request, context) => handler.answer(request, peerOf(context));
}

class Handler {
  readonly #settings: Settings;
  readonly #embed: EmbedRoute;
  #knowsVisitors = true;
  /** A site that is not set up well is told so once, and again when it worked in between. */
  #lastWarning: string | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#embed = new EmbedRoute(settings.key);
  }

  async answer(request: Request, peer: string | undefined): Promise<Response> {
    const startedAt = performance.now();
    const origin = request.headers.get('origin');
    const exchange: Exchange = {
      request,
      peer,
      requestId: crypto.randomUUID(),
      origin: origin !== null && this.#settings.origins.has(origin) ? origin : undefined,
      route: null,
      agent: null,
    };
    const { status, code, response } = await this.#respond(exchange);
    const { requestId, route, agent } = exchange;
    const ms = performance.now() - startedAt;
    this.#settings.log(
      requestLine({ requestId, method: request.method, route, origin, agent, status, code, ms }),
    );
    return response;
  }

  async #respond(
    exchange: Exchange,
  ): Promise<{ readonly status: number; readonly code: string | null; readonly response: Response }> {
    let answer: RouteAnswer;
    let code: string | null = null;
    try {
      answer = await this.#route(exchange);
      if (exchange.route === 'offer' && answer.status === 200) this.#lastWarning = undefined;
    } catch (error) {
      const refusal = this.#refusalOf(error);
      const { message: detail, status, headers } = refusal;
      code = refusal.code;
      answer = json({ detail, code, request_id: exchange.requestId }, status, headers);
    }
    const { status, body, headers } = answer;
    // Whether the gateway runs is for load balancers, not for pages.
    const origin = exchange.route === 'healthz' ? undefined : exchange.origin;
    const response = new Response(exchange.request.method === 'HEAD' ? null : body, {
      status,
      headers: { ...commonHeaders(origin, exchange.requestId), ...headers },
    });
    if (body === null) response.headers.delete('content-type');
    return { status, code, response };
  }

  #refusalOf(error: unknown): Refusal {
    if (!(error instanceof Refusal)) {
      this.#warn(`Unforeseen: ${String(error)}`);
      return new Refusal('internal', 'Something went wrong.');
    }
    const { warning } = error;
    if (warning !== undefined && warning !== this.#lastWarning) {
      this.#lastWarning = warning;
      this.#warn(warning);
    }
    return error;
  }

  async #route(exchange: Exchange): Promise<RouteAnswer> {
    const { request } = exchange;
    const { basePath } = this.#settings;
    const { pathname } = new URL(request.url);
    const path = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : '';
    const [, name] = /^\/agents\/([^/]+)\/embed$/.exec(path) ?? [];
    if (path === '/healthz') {
      exchange.route = 'healthz';
      checkMethod(request, READ_METHODS.slice(0, 2));
      return json({ status: 'ok' });
    }
    if (path === '/webrtc/offer') return this.#offer(exchange);
    if (name !== undefined) return this.#serveEmbed(exchange, decode(name));
    throw new Refusal('not-found', 'There is nothing at this address.');
  }

  async #offer(exchange: Exchange): Promise<RouteAnswer> {
    const { request, origin, peer } = exchange;
    exchange.route = 'offer';
    checkMethod(request, OFFER_METHODS);
    checkOrigin(exchange, request.headers.get('sec-fetch-site') === 'same-origin');
    if (request.method === 'OPTIONS') return preflight(OFFER_METHODS, this.#settings);
    const address = visitorAddress(request.headers, peer, this.#settings);
    if (address === undefined && this.#knowsVisitors) {
      this.#knowsVisitors = false;
      this.#warn(
        'The address of visitors is not known, so all of them share one limit. Set trustedHops or addressHeader.',
      );
    }
    const onAgent = ({ alias }: { readonly alias: string }) => (exchange.agent = alias);
    return answerOffer({ request, origin, address, onAgent }, this.#settings);
  }

  async #serveEmbed(exchange: Exchange, name: string): Promise<RouteAnswer> {
    const { request } = exchange;
    exchange.route = 'embed';
    checkMethod(request, READ_METHODS);
    // A config is no secret: what has no origin is no page of somebody else.
    checkOrigin(exchange, request.method !== 'OPTIONS');
    if (request.method === 'OPTIONS') return preflight(READ_METHODS, this.#settings);
    const agent = this.#settings.agents.get(name);
    exchange.agent = agent?.alias ?? null;
    return this.#embed.answer(agent, request.headers);
  }

  #warn(message: string): void {
    this.#settings.log(warningLine(message, this.#settings.key));
  }
}

function checkMethod({ method }: Request, methods: readonly string[]): void {
  if (methods.includes(method)) return;
  throw new Refusal('method-not-allowed', `${methods.join(' or ')} is wanted here.`, {
    allow: methods.join(', '),
  });
}

/** Exactly as listed: no suffix, no other port, and no `null`, which any sandboxed frame has. */
function checkOrigin({ request, origin }: Exchange, mayBeMissing: boolean): void {
  if (origin !== undefined || (mayBeMissing && request.headers.get('origin') === null)) return;
  throw new Refusal('origin-forbidden', 'Pages of this origin may not call here.');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal('not-found', 'There is nothing at this address.');
  }
}

function peerOf(context: unknown): string | undefined {
  if (typeof context !== 'object' || context === null || !('address' in context)) return undefined;
  return typeof context.address === 'string' ? context.address : undefined;
}
