import { CallError, type CallErrorCode } from '../domain/call-error.js';
import { regionBaseUrl } from '../domain/region.js';
import { checkAnswer, offerRequestBody, parseErrorBody, parseOfferResponse } from '../protocol/offer.js';
import { within } from './lifetime.js';
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
 * The one exchange with the platform: `POST {server}/webrtc/offer` (API reference, "Create a WebRTC offer").
 *
 * @throws CallError `offline`, `server-unreachable`, `offer-timeout`, `answer-invalid`, or the one that the status stands for
 */
export function exchangeOffer(
  offer: RTCSessionDescriptionInit,
  { url, agentId, signal, authorize, timeoutMs }: OfferExchange,
): Promise<RTCSessionDescriptionInit> {
  const send = async (sending: AbortSignal) => {
    const headers = new Headers(await authorize?.({ url, agentId }));
    headers.set('content-type', 'application/json');
    const responding = fetch(url, {
      method: 'POST',
      headers,
      body: offerRequestBody(offer, agentId),
      signal: sending,
      credentials: 'omit',
      redirect: 'error',
    });
    // The first parse builds the parser, and there is time for that now.
    parseOfferResponse('');
    const response = await responding;
    const body = await readBody(response);
    if (body === undefined) throw new CallError('answer-invalid', `Over ${MAX_BODY_BYTES} bytes.`);
    if (!response.ok) throw responseError(response, body);
    return parseOfferResponse(body);
  };
  return exchange(signal, send, timeoutMs);
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
      if (cause instanceof CallError) throw cause;
      throw navigator.onLine
        ? new CallError('server-unreachable', `${String(cause)}: CORS, redirect, connect-src?`, { cause })
        : new CallError('offline', String(cause), { cause });
    }
  });
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
