/** Parts of an SDP that are secrets of a visitor. No log may hold one. */
export const SDP_SECRETS = ['ice-password-of-a-visitor', '192.0.2.77'];

const SESSION = ['v=0', 'o=- 46117314 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
const AUDIO = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=candidate:1 1 udp 2122260223 192.0.2.77 50000 typ host',
  'a=ice-ufrag:visitor',
  'a=ice-pwd:ice-password-of-a-visitor',
  'a=mid:0',
  'a=sendrecv',
  'a=setup:actpass',
  'a=rtpmap:111 opus/48000/2',
];
const FINGERPRINT = `a=fingerprint:sha-256 ${'AB:'.repeat(31)}CD`;

export const AUDIO_LINE = 'm=audio 9 UDP/TLS/RTP/SAVPF 111';
export const DATA_LINE = 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel';

/** An offer as a browser makes it. */
export const SDP = sdpOf([...SESSION, ...AUDIO, FINGERPRINT, DATA_LINE, 'a=sctp-port:5000']);

export const SDP_WITHOUT_FINGERPRINT = sdpOf([...SESSION, ...AUDIO]);

/** A good offer of exactly so many characters. */
export function sdpOfLength(length: number): string {
  const base = sdpOf(['v=0', AUDIO_LINE, FINGERPRINT]);
  return `${base}a=${'x'.repeat(length - base.length - 4)}\r\n`;
}

/** The body of a request for a call, with other or more fields where wanted. */
export function offerBody(agentId: string, fields: object = {}): string {
  return JSON.stringify({ agent_id: agentId, offer: { type: 'offer', sdp: SDP }, ...fields });
}

function sdpOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}
