/** What goes over the wire in the bench: descriptions as long as those of a browser and of the platform. */

const CODECS = [
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:13 CN/8000',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000',
];
const EXTENSIONS = [
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
];
const CANDIDATES = Array.from(
  { length: 4 },
  (_, index) =>
    `a=candidate:${1_900_000_000 + index} 1 udp 2113937151 192.0.2.${index + 1} ${50_000 + index} typ host generation 0 network-cost 999`,
);

function section(media: string, setup: string, lines: readonly string[]): readonly string[] {
  return [
    media,
    'c=IN IP4 0.0.0.0',
    ...CANDIDATES,
    'a=ice-ufrag:h7sP',
    'a=ice-pwd:Xk2pQ0cVtqQ6m3fWn8rYz1Ab',
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, index) => (160 + index).toString(16).toUpperCase()).join(':')}`,
    `a=setup:${setup}`,
    ...lines,
  ];
}

function description(setup: string): string {
  const lines = [
    'v=0',
    'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0 1',
    ...section('m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126', setup, [
      'a=mid:0',
      ...EXTENSIONS,
      'a=sendrecv',
      'a=rtcp-mux',
      ...CODECS,
    ]),
    ...section('m=application 9 UDP/DTLS/SCTP webrtc-datachannel', setup, ['a=mid:1', 'a=sctp-port:5000']),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** As the platform answers. */
export const ANSWER = { type: 'answer', sdp: description('active') };

/** As a browser offers. */
export const OFFER = { type: 'offer', sdp: description('actpass') };
