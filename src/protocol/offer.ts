import * as z from 'zod/mini';
import { CallError } from '../domain/call-error.js';

/** `MillisWebRTCOfferRequest` of the platform's API reference, as JSON. */
export function offerRequestBody({ sdp, type }: RTCSessionDescriptionInit, agentId: string): string {
  return JSON.stringify({ offer: { sdp, type }, agent_id: agentId });
}

/** What a `MillisWebRTCOfferResponse` holds as its answer, still to be checked. `undefined` for anything else. Never throws. */
export function parseOfferResponse(body: string): unknown {
  return z.object({ answer: z.unknown() }).safeParse(parseJson(body)).data?.answer;
}

/**
 * Browsers accept an "answer" of type `offer`, and one that never sends audio, without a word, and then nothing is ever heard:
 * both are refused here.
 *
 * @throws CallError `answer-invalid`; its message never holds the SDP, which has addresses and passwords in it
 */
export function checkAnswer(answer: unknown): RTCSessionDescriptionInit {
  const { data } = z.object({ type: z.string(), sdp: z.string() }).safeParse(answer);
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

/**
 * The `detail` of an error body: the words of an `HTTPError`, the list of an `HTTPValidationError` as JSON, `undefined` for
 * anything else. Never throws.
 */
export function parseErrorDetail(body: string): string | undefined {
  const detail = z.object({ detail: z.unknown() }).safeParse(parseJson(body)).data?.detail;
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
