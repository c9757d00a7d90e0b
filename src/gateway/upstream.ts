import { CallError } from '../domain/call-error.js';
import { checkAnswer, offerRequestBody, parseOfferResponse } from '../protocol/offer.js';
import { MAX_BODY_BYTES } from '../protocol/response-body.js';
import { parseRetryAfterMs } from '../protocol/retry-after.js';
import { DeadlineError, withDeadline } from './deadline.js';
import { Refusal, retryAfter } from './refusal.js';
import type { Agent, Settings } from './settings.js';

const KEY_REFUSED = (status: number) =>
  `The platform refuses the private key (${status}). Compare it with the one in your account; if it is right, set authorization to "bare".`;

/** Seconds that a visitor is asked to wait, whatever the platform says. */
const LEAST_WAIT_MS = 1000;
const MOST_WAIT_MS = 60_000;
const DEFAULT_WAIT_MS = 5000;

/**
 * The one exchange with the platform (API reference, "Create a WebRTC offer"). Of the visitor's request only the SDP goes there,
 * and only a checked answer comes back.
 *
 * @throws Refusal that never blames a visitor for what the site or the platform did
 */
export async function askPlatform(
  agent: Agent,
  sdp: string,
  { key, scheme, send, upstreamTimeoutMs }: Settings,
  visitor: AbortSignal,
): Promise<RTCSessionDescriptionInit> {
  try {
    return await withDeadline(upstreamTimeoutMs, visitor, async (signal) => {
      const { status, retryAfter, text } = await send({
        url: `${agent.baseUrl}/webrtc/offer`,
        headers: {
          authorization: key.authorization(scheme),
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: offerRequestBody({ type: 'offer', sdp }, agent.id),
        maxBytes: MAX_BODY_BYTES,
        signal: signal(),
      });
      if (status < 200 || status > 299) throw refusalFor(status, retryAfter, agent);
      // What a server says back could be what it was sent.
      return checkAnswer(text === undefined || key.isIn(text) ? undefined : parseOfferResponse(text));
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (visitor.aborted) throw new Refusal('aborted', 'The visitor went away.');
    if (error instanceof DeadlineError) {
      throw new Refusal('upstream-timeout', 'The platform did not answer in time.');
    }
    const isAnswered = error instanceof CallError;
    const why = isAnswered ? 'answered with something else than an answer' : 'cannot be reached';
    const cause = isAnswered ? '' : ` (${reasonOf(error)})`;
    throw new Refusal('upstream-failed', `The platform ${why}.`, {}, `The platform ${why}${cause}.`);
  }
}

function refusalFor(status: number, asked: string | null, { alias }: Agent): Refusal {
  switch (status) {
    case 401:
    case 403:
      return new Refusal(
        'misconfigured',
        'The gateway of this site is not set up correctly.',
        {},
        KEY_REFUSED(status),
      );
    case 402:
      return new Refusal(
        'quota',
        'The agent is not available.',
        {},
        'The platform says 402: the account has to be paid.',
      );
    case 404:
      return new Refusal(
        'agent-not-found',
        'There is no such agent.',
        {},
        `The platform does not know the id of agent ${alias}, or not in its region.`,
      );
    case 400:
    case 409:
    case 422:
      return new Refusal(
        'offer-refused',
        'The platform did not take the offer.',
        {},
        `The platform did not take an offer for agent ${alias} (${status}).`,
      );
    case 429:
    case 503: {
      const askedMs = parseRetryAfterMs(asked, Date.now()) ?? DEFAULT_WAIT_MS;
      const waitMs = Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, askedMs));
      return new Refusal('busy', 'The platform is busy.', retryAfter(waitMs));
    }
    default:
      return new Refusal(
        'upstream-failed',
        'The platform failed.',
        {},
        `The platform answers with ${status}.`,
      );
  }
}

/** `fetch` says only that it failed: the system's code is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  const { cause = error } = error;
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : error.name;
}
