import { CallError, type CallErrorCode } from '../domain/call-error.js';
import { retryDelayMs } from '../domain/reconnect-policy.js';
import { regionBaseUrl } from '../domain/region.js';
import { checkAnswer, offerRequestBody, parseErrorBody, parseOfferResponse } from '../protocol/offer.js';
import { after, unlessAborted, within } from './lifetime.js';
import { natives } from './natives.js';
import { MAX_BODY_BYTES, readBody } from '../protocol/response-body.js';
import { parseRetryAfterMs } from '../protocol/retry-after.js';

/** Headers for a request to `server`, for example a short-lived token. Called before each request. */
export type Authorize = (request: {
  readonly url: string;
  readonly agentId: string;
}) => HeadersInit | Promise<HeadersInit>;

/** Exchanges the offer for an answer another way than by the platform's HTTP endpoint. */
export type Negotiate = (
  offer: RTCSessionDescriptionInit,
  call: { readonly agentId: string; readonly signal: AbortSignal },
) => Promise<RTCSessionDescriptionInit>;

/** Who is called, and how to reach them. */
export interface ExchangeOptions {
  readonly agentId: string;
  /** Base URL of a gateway or of the platform, absolute or relative to the page. Default: the platform of the region. */
  readonly server?: string | undefined;
  /** `us-west` (default) or `eu-west`. Says where the platform is called when there is no `server`. */
  readonly region?: string | undefined;
  readonly authorize?: Authorize | undefined;
  readonly negotiate?: Negotiate | undefined;
  /** Why no call may be made: each start fails with `config-invalid` and these words, before anything is opened. */
  readonly refusal?: string | undefined;
}

/** Sends an offer, once, and resolves with a checked answer. */
export type Exchange = (
  offer: RTCSessionDescriptionInit,
  signal: AbortSignal,
) => Promise<RTCSessionDescriptionInit>;

const TIMEOUT_MS = 10_000;
/** To find out whether HTTP works: Firefox first waits for a connection of the network that is gone. */
const REACH_MS = 1500;
/** Nobody waits longer, whatever a server asks. */
const DAY_MS = 86_400_000;

const CODES: ReadonlyMap<number, CallErrorCode> = new Map<number, CallErrorCode>([
  [401, 'unauthorized'],
  [402, 'payment-required'],
  [403, 'forbidden'],
  [404, 'agent-not-found'],
  [429, 'rate-limited'],
]);

/**
 * Checks the wiring before anything is opened, and returns the exchange.
 *
 * @throws CallError `agent-id-missing`, `region-unknown`, `config-invalid` (the server is no URL, or there is a `refusal`)
 */
export function prepareExchange({
  agentId,
  server,
  region,
  authorize,
  negotiate,
  refusal,
}: ExchangeOptions): Exchange {
  if (refusal) throw new CallError('config-invalid', refusal);
  if (agentId.trim() === '') throw new CallError('agent-id-missing', 'agent-id is empty.');
  if (negotiate)
    return (offer, signal) => exchange(signal, (sending) => negotiate(offer, { agentId, signal: sending }));
  const url = offerUrl(serverUrl(server, region));
  return (offer, signal) => exchangeOffer(offer, { url, agentId, authorize, signal });
}

interface OfferExchange {
  readonly url: string;
  readonly agentId: string;
  readonly signal: AbortSignal;
  readonly authorize?: Authorize | undefined;
  readonly timeoutMs?: number;
}

/**
 * The one exchange with the platform: `POST {server}/webrtc/offer` (API reference, "Create a WebRTC offer"). What another request
 * can mend is sent a second time (`domain/reconnect-policy.ts`).
 *
 * @throws CallError `offline`, `server-unreachable`, `offer-timeout`, `answer-invalid`, or the one that the status stands for
 */
export async function exchangeOffer(
  offer: RTCSessionDescriptionInit,
  { url, agentId, signal, authorize, timeoutMs }: OfferExchange,
): Promise<RTCSessionDescriptionInit> {
  const send = async (sending: AbortSignal) => {
    const headers = new Headers(await authorize?.({ url, agentId }));
    headers.set('content-type', 'application/json');
    const responding = request(url, {
      method: 'POST',
      headers,
      body: offerRequestBody(offer, agentId),
      signal: sending,
    });
    // The first parse builds the parser, and there is time for that now.
    parseOfferResponse('');
    const response = await responding;
    const body = await readBody(response);
    if (body === undefined) throw new CallError('answer-invalid', `Over ${MAX_BODY_BYTES} bytes.`);
    if (!response.ok) throw responseError(response, body);
    return parseOfferResponse(body);
  };
  const sentAt = performance.now();
  try {
    return await exchange(signal, send, timeoutMs);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const delayMs = retryDelayMs(error, performance.now() - sentAt, Math.random());
    if (delayMs === undefined) throw error;
    await unlessAborted(new Promise<void>((resolve) => after(delayMs, signal, resolve)), signal);
    return exchange(signal, send, timeoutMs);
  }
}

/** Whether HTTP gets through to where the offers go. Never throws; a server that is not reached by HTTP is taken as reached. */
export async function isServerReachable(
  { server, region, negotiate }: ExchangeOptions,
  signal: AbortSignal,
): Promise<boolean> {
  if (negotiate) return navigator.onLine;
  const { fetch } = natives;
  const timeout = () => new Error('late');
  const ask = (asking: AbortSignal) =>
    fetch(offerUrl(serverUrl(server, region)), {
      // Any answer will do, so it needs no permission of the server's.
      method: 'HEAD',
      mode: 'no-cors',
      cache: 'no-store',
      credentials: 'omit',
      signal: asking,
    });
  return within(REACH_MS, signal, timeout, ask).then(
    () => true,
    () => false,
  );
}

/**
 * `fetch` that says more of what went wrong. It is told nothing but "failed" itself (Fetch standard, "network error"): for a policy of the
 * page there is an event, and a redirect is visible when it is not followed.
 *
 * @throws CallError `offline`, `server-unreachable`; an `AbortError`
 */
async function request(url: string, init: RequestInit): Promise<Response> {
  const { fetch } = natives;
  const listening = new AbortController();
  let directive: string | undefined;
  document.addEventListener(
    'securitypolicyviolation',
    ({ blockedURI, effectiveDirective, disposition }) => {
      if (disposition === 'enforce' && url.startsWith(blockedURI)) directive = effectiveDirective;
    },
    { signal: listening.signal },
  );
  try {
    const response = await fetch(url, { ...init, credentials: 'omit', redirect: 'manual' });
    if (response.type !== 'opaqueredirect') return response;
  } catch (cause) {
    // The event is a task of its own, and may come after the rejection.
    await new Promise<void>((resolve) => after(0, listening.signal, resolve));
    if (directive === undefined) throw unreachable(cause);
  } finally {
    listening.abort();
  }
  const why = directive
    ? `The page's Content-Security-Policy forbids it: add ${new URL(url).origin} to ${directive}`
    : 'It answered with a redirect, which is not followed';
  throw new CallError('server-unreachable', `${why}.`, { final: true });
}

/** Whatever else goes wrong on the way means, to the visitor, that nobody was reached. */
function exchange(
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<unknown>,
  timeoutMs = TIMEOUT_MS,
): Promise<RTCSessionDescriptionInit> {
  const timeout = () => new CallError('offer-timeout', `No answer within ${timeoutMs} ms.`);
  return within(timeoutMs, signal, timeout, async (sending) => {
    try {
      return checkAnswer(await send(sending));
    } catch (cause) {
      throw cause instanceof CallError ? cause : unreachable(cause);
    }
  });
}

function unreachable(cause: unknown): CallError {
  const hints =
    'Is its name right, its certificate valid, this origin allowed by CORS, no blocker in between?';
  return navigator.onLine
    ? new CallError('server-unreachable', `The server was not reached (${String(cause)}). ${hints}`, {
        cause,
      })
    : new CallError('offline', String(cause), { cause });
}

/**
 * The base URL to call.
 *
 * @throws CallError `region-unknown`
 */
export function serverUrl(server = '', region = ''): string {
  if (server !== '') return server;
  const url = regionBaseUrl(region);
  if (url === undefined) throw new CallError('region-unknown', `Unknown region "${region}".`);
  return url;
}

/** An address below `server`, which may be relative to the page. Throws a `TypeError` where that is no URL. */
export function addressBelow(server: string, path: string): string {
  return new URL(`${server.replace(/\/+$/, '')}/${path}`, location.href).href;
}

function offerUrl(server: string): string {
  try {
    return addressBelow(server, 'webrtc/offer');
  } catch (cause) {
    throw new CallError('config-invalid', `The server "${server}" is not a URL.`, { cause });
  }
}

function responseError({ status, headers }: Response, text: string): CallError {
  const code = CODES.get(status) ?? (status >= 500 ? 'server-error' : 'offer-rejected');
  const { detail, code: serverCode } = parseErrorBody(text);
  const asked = parseRetryAfterMs(headers.get('retry-after'), Date.now());
  const retryAfterMs = asked === undefined ? undefined : Math.min(asked, DAY_MS);
  return new CallError(code, `${status} ${detail ?? ''}`, { status, detail, retryAfterMs, serverCode });
}
