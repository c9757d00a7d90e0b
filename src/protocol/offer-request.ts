import * as z from 'zod/mini';

/** What a `MillisWebRTCOfferRequest` says (API reference), and nothing else of it. */
export interface OfferRequest {
  readonly agentId: string;
  readonly sdp: string;
}

const MOST_AGENT_ID_CHARS = 128;
const LEAST_SDP_CHARS = 200;
const MOST_SDP_CHARS = 16_384;
const MOST_SECTIONS = 3;

let schema: ReturnType<typeof buildSchema> | undefined;

function buildSchema() {
  const agentId = z.string().check(z.minLength(1), z.maxLength(MOST_AGENT_ID_CHARS));
  return z.object({ agent_id: agentId, offer: z.object({ type: z.literal('offer'), sdp: z.string() }) });
}

/** The request in a parsed body, or in words what is wrong with it; the words hold nothing of the body. Never throws. */
export function readOfferRequest(body: unknown): OfferRequest | string {
  const { success, data, error } = (schema ??= buildSchema()).safeParse(body);
  if (!success) {
    const where = error.issues[0]?.path.join('.') ?? '';
    return `${where === '' ? 'the body' : where} is missing or not as it should be; expected { agent_id, offer: { type: "offer", sdp } }`;
  }
  const { agent_id: agentId, offer } = data;
  const problem = sdpProblem(offer.sdp);
  return problem === undefined ? { agentId, sdp: offer.sdp } : `offer.sdp ${problem}`;
}

/** What a voice call cannot do with (RFC 8866; RFC 8122, section 5, for the fingerprint). */
function sdpProblem(sdp: string): string | undefined {
  if (sdp.length < LEAST_SDP_CHARS || sdp.length > MOST_SDP_CHARS) {
    return `has ${sdp.length} characters, and ${LEAST_SDP_CHARS} to ${MOST_SDP_CHARS} are allowed`;
  }
  if (!sdp.startsWith('v=0')) return 'does not begin with v=0';
  if (/[^\r\n\t\x20-\x7e\u00a0-\uffff]/.test(sdp)) return 'holds control characters';
  const sections = sdp.match(/^m=\S*/gm) ?? [];
  if (sections.length > MOST_SECTIONS) return `has more than ${MOST_SECTIONS} media sections`;
  if (sections.filter((section) => section === 'm=audio').length !== 1)
    return 'has not exactly one audio section';
  return /^a=fingerprint:\S+ \S+/m.test(sdp) ? undefined : 'has no fingerprint';
}
