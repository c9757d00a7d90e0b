import { readOfferRequest } from '../protocol/offer-request.js';
import { DeadlineError, withDeadline } from './deadline.js';
import type { Limiter } from './limiter.js';
import { readText } from './read-text.js';
import { Refusal, type RefusalCode, retryAfter } from './refusal.js';
import { json, type RouteAnswer } from './responses.js';
import type { Agent, Settings } from './settings.js';
import { askPlatform } from './upstream.js';
import { visitorKey } from './visitor.js';

/** A request for a call, from an origin that is listed. */
export interface OfferCall {
  readonly request: Request;
  /** `undefined`: the gateway's own origin, by a browser that says so. */
  readonly origin: string | undefined;
  /** The visitor's, as far as it can be believed. */
  readonly address: string | undefined;
  /** Is told which agent is called, as soon as one is known to be listed. */
  onAgent(agent: Agent): void;
}

const MOST_BODY_BYTES = 32_768;
const AUTHORIZE_TIMEOUT_MS = 5000;
/** Without a limiter that knows better. */
const DEFAULT_WAIT_MS = 60_000;
const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
/** The platform said no, so no session was opened that the site would pay for. */
const NO_SESSION: readonly RefusalCode[] = [
  'misconfigured',
  'quota',
  'agent-not-found',
  'offer-refused',
  'busy',
];

/**
 * `POST /webrtc/offer`, cheap checks first. Limits of an agent are counted only after it was looked up, so that nobody fills those
 * of one that does not exist.
 *
 * @throws Refusal
 */
export async function answerOffer(call: OfferCall, settings: Settings): Promise<RouteAnswer> {
  const { request, origin, address } = call;
  const { limiters } = settings;
  checkContentType(request.headers);
  const body = await readJson(request, settings.bodyTimeoutMs);
  await count(limiters.visitor, visitorKey(address));
  await count(limiters.origin, origin ?? 'same-origin');
  await authorize(call, body, settings);
  const offer = readOfferRequest(body);
  if (typeof offer === 'string') throw new Refusal('offer-invalid', `${offer}.`);
  const agent = settings.agents.get(offer.agentId);
  if (!agent) throw new Refusal('agent-not-found', 'There is no such agent.');
  call.onAgent(agent);
  await count(limiters.agent, agent.alias);
  await count(limiters.sessionsADay, agent.alias, 'daily-limit');
  try {
    return json({ answer: await askPlatform(agent, offer.sdp, settings, request.signal) });
  } catch (error) {
    const isFree = error instanceof Refusal && NO_SESSION.includes(error.code);
    // The visitor is told what went wrong, not that it could not be counted.
    if (isFree) await limiters.sessionsADay?.refund?.({ key: agent.alias }).catch(() => undefined);
    throw error;
  }
}

/** Any other type could be sent without a preflight (Fetch standard, "CORS-safelisted request-header"). */
function checkContentType(headers: Headers): void {
  if (!JSON_TYPE.test(headers.get('content-type') ?? '')) {
    throw new Refusal('content-type', 'The Content-Type has to be application/json.');
  }
  if (!/^(identity)?$/i.test(headers.get('content-encoding') ?? '')) {
    throw new Refusal('content-type', 'The body must not be encoded.');
  }
}

async function readJson(request: Request, timeoutMs: number): Promise<unknown> {
  const text = await readInTime(request, timeoutMs);
  if (text === undefined) {
    throw new Refusal('body-too-large', `The body is longer than ${MOST_BODY_BYTES} bytes.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('offer-invalid', 'The body is not JSON.');
  }
}

async function readInTime(request: Request, timeoutMs: number): Promise<string | undefined> {
  if (request.bodyUsed) throw bodyIsGone();
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BODY_BYTES) return undefined;
  try {
    return await withDeadline(timeoutMs, request.signal, (signal) =>
      readText(request, MOST_BODY_BYTES, signal),
    );
  } catch (error) {
    if (error instanceof DeadlineError) {
      throw new Refusal('body-timeout', 'The body did not come in time.');
    }
    if (request.signal.aborted) throw new Refusal('aborted', 'The visitor went away.');
    throw bodyIsGone();
  }
}

function bodyIsGone(): Refusal {
  // It may be broken, or a framework took it: nobody can tell from here.
  return new Refusal('offer-invalid', 'The body cannot be read. Did something read it before the gateway?');
}

async function count(
  limiter: Limiter | undefined,
  key: string,
  code: RefusalCode = 'rate-limited',
): Promise<void> {
  const { success, retryAfterMs = DEFAULT_WAIT_MS } = (await limiter?.limit({ key })) ?? { success: true };
  if (!success) throw new Refusal(code, 'Too many requests.', retryAfter(retryAfterMs));
}

async function authorize(call: OfferCall, body: unknown, { authorize: ask }: Settings): Promise<void> {
  if (!ask) return;
  const { request, address } = call;
  const given: unknown = typeof body === 'object' && body !== null && 'agent_id' in body ? body.agent_id : '';
  const agentId = typeof given === 'string' ? given : '';
  const allowed = await withDeadline(AUTHORIZE_TIMEOUT_MS, request.signal, async () =>
    ask(request, { agentId, address }),
  ).catch((error: unknown) => {
    if (request.signal.aborted) throw new Refusal('aborted', 'The visitor went away.');
    // Not its message: that may quote the visitor's token.
    const why = error instanceof DeadlineError ? error.message : `it threw ${nameOf(error)}`;
    const detail = 'Whether this visitor may call could not be found out.';
    throw new Refusal('authorize-failed', detail, {}, `authorize failed: ${why}.`);
  });
  // A function without types may answer with anything.
  if ((allowed as unknown) !== true) throw new Refusal('not-authorized', 'This visitor may not call.');
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'something that is no error';
}
