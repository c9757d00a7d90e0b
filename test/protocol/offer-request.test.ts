import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readOfferRequest } from '../../src/protocol/offer-request.js';

const SDP = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=fingerprint:sha-256 6B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08',
  'a=sendrecv',
  '',
].join('\r\n');
const CHANNEL = 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';

function request(sdp: unknown = SDP, more: object = {}): object {
  return { agent_id: 'agent', offer: { type: 'offer', sdp }, ...more };
}

describe('an offer that a page sends', () => {
  it('is read, and nothing else of the body', () => {
    const body = { ...request(), metadata: { admin: true }, offer: { type: 'offer', sdp: SDP, more: 1 } };
    expect(readOfferRequest(body)).to.deep.equal({ agentId: 'agent', sdp: SDP });
  });

  it('may have a data channel and one section more', () => {
    expect(readOfferRequest(request(SDP + CHANNEL + 'm=video 0 UDP/TLS/RTP/SAVPF 96\r\n'))).to.have.property(
      'sdp',
    );
  });

  const bad: readonly (readonly [what: string, body: unknown, why: RegExp])[] = [
    ['is no object', 5, /^the body is/],
    ['is null', null, /^the body is/],
    ['is a list', [request()], /^the body is/],
    ['has no agent', { offer: { type: 'offer', sdp: SDP } }, /^agent_id /],
    ['has an empty agent', request(SDP, { agent_id: '' }), /^agent_id /],
    ['has a long agent', request(SDP, { agent_id: 'a'.repeat(129) }), /^agent_id /],
    ['has a list for an agent', request(SDP, { agent_id: ['agent'] }), /^agent_id /],
    ['is an answer', request(SDP, { offer: { type: 'answer', sdp: SDP } }), /^offer\.type /],
    ['has no SDP', request(null), /^offer\.sdp /],
    ['has a short SDP', request('v=0\r\n'), /200 to 16384/],
    ['has a long SDP', request(SDP + 'a=x\r\n'.repeat(4000)), /200 to 16384/],
    ['does not begin as an SDP', request(` ${SDP}`), /begin with v=0/],
    ['has a null character', request(`${SDP}a=\0\r\n`), /control characters/],
    ['has an escape sequence', request(`${SDP}a=\u001b[31m\r\n`), /control characters/],
    ['has no audio', request(SDP.replace('m=audio', 'm=video')), /exactly one audio section/],
    ['has audio twice', request(SDP + 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'), /one audio section/],
    ['has four sections', request(SDP + CHANNEL.repeat(3)), /more than 3/],
    ['has no fingerprint', request(SDP.replace('a=fingerprint', 'a=finger')), /no fingerprint/],
  ];
  for (const [what, body, why] of bad) {
    it(`is refused when it ${what}`, () => {
      expect(readOfferRequest(body)).to.match(why);
    });
  }

  it('is refused without its own words being said', () => {
    const said = readOfferRequest({ agent_id: 'x'.repeat(200), offer: { type: 'hush', sdp: 'hush' } });
    expect(said)
      .to.be.a('string')
      .and.not.match(/hush|xx/);
  });

  it('may be anything at all', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(readOfferRequest(body)).to.be.a('string');
      }),
    );
  });
});
