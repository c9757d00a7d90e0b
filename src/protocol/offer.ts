import * as z from 'zod/mini';
import { CallError } from '../domain/call-error.js';

/** `MillisWebRTCOfferRequest` of the platform's API reference, as JSON. */
export function offerRequestBody({ sdp, type }: RTCSessionDescriptionInit, agentId: string): string {
  return JSON.stringify({ offer: { sdp, type }, agent_id: agentId });
}

let responseSchema: ReturnType<typeof buildResponseSchema> | undefined;
let answerSchema: ReturnType<typeof buildAnswerSchema> | undefined;

function buildResponseSchema() {
  return z.object({ answer: z.unknown() });
}

function buildAnswerSchema() {
  return z.object({ type: z.string(), sdp: z.string() });
}

/** What a `MillisWebRTCOfferResponse` holds as its answer, still to be checked. `undefined` for anything else. Never throws. */
export function parseOfferResponse(body: string): unknown {
  return (responseSchema ??= buildResponseSchema()).safeParse(parseJson(body)).data?.answer;
}

/**
 * Browsers accept an "answer" of type `offer`, and one that never sends audio, without a word, and then nothing is ever heard:
 * both are refused here.
 *
 * @throws CallError `answer-invalid`; its message never holds the SDP, which has addresses and passwords in it
 */
export function checkAnswer(answer: unknown): RTCSessionDescriptionInit {
  const { data } = (answerSchema ??= buildAnswerSchema()).safeParse(answer);
  if (data?.type !== 'answer') throw answerInvalid('is not { type: "answer", sdp }');
  if (!sendsAudio(data.sdp)) throw answerInvalid('sends no audio');
  return { type: 'answer', sdp: data.sdp };
}

/** The error for an answer that cannot become a call. */
export function answerInvalid(why: string, cause?: unknown): CallError {
  return new CallError('answer-invalid', `The server's answer ${why}.`, { cause });
}

/** RFC 8866 section 6.7: a direction holds for its media section, else for the session, else it is `sendrecv`. */
function sendsAudio(sdp: string): boolean {
  const [session, ...sections] = sdp.split(/^(?=m=)/m);
  const audio = sections.find((section) => /^m=audio (?!0[ /])/.test(section));
  const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m;
  return (
    audio !== undefined &&
    !/recvonly|inactive/.test((direction.exec(audio) ?? direction.exec(session ?? ''))?.[1] ?? '')
  );
}

/**
 * An offer that is sent before all candidates are known must not say that they are: Firefox writes `a=end-of-candidates`,
 * and a server may then give up at once (aioice does; RFC 8838 section 13 lets it).
 */
export function withoutEndOfCandidates(sdp: string): string {
  return sdp.replace(/^a=end-of-candidates\r?\n/gm, '');
}

/** What an error body says, as far as it can be read. */
interface ErrorBody {
  /** The words of an `HTTPError`, or the list of an `HTTPValidationError` as JSON. */
  readonly detail: string | undefined;
  /** A gateway's code: 1 to 40 small letters and hyphens. */
  readonly code: string | undefined;
}

/** Reads an error body of the platform or of a gateway. What it does not say is `undefined`. Never throws. */
export function parseErrorBody(body: string): ErrorBody {
  // What is no object has no fields either.
  const { detail, code } = Object(parseJson(body)) as { readonly [field in keyof ErrorBody]: unknown };
  return {
    detail: typeof detail === 'string' ? detail : JSON.stringify(detail),
    code: typeof code === 'string' && /^[a-z-]{1,40}$/.test(code) ? code : undefined,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
