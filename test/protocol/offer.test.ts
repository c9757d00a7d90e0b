import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { CallError } from '../../src/domain/call-error.js';
import {
  answerInvalid,
  checkAnswer,
  offerRequestBody,
  parseErrorBody,
  parseOfferResponse,
  withoutEndOfCandidates,
} from '../../src/protocol/offer.js';

/** What must never be read in a message: it opens the call to whoever has it. */
const SECRET = 'p4ssw0rd-of-ice';

const SESSION = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
const AUDIO = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', `a=ice-pwd:${SECRET}`, 'a=mid:0'];
const DATA = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:1'];

function sdp(...lines: readonly (readonly string[])[]): string {
  return lines
    .flat()
    .map((line) => `${line}\r\n`)
    .join('');
}

function refusal(attempt: () => unknown): CallError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof CallError) return error;
    throw error;
  }
  return expect.fail('was accepted');
}

const port = (line: string, value: string) => line.replace(' 9 ', ` ${value} `);
const [AUDIO_LINE = '', ...AUDIO_REST] = AUDIO;
const SENDING = sdp(SESSION, AUDIO, ['a=sendrecv'], DATA);

describe('offerRequestBody', () => {
  it('is a MillisWebRTCOfferRequest', () => {
    const body = offerRequestBody({ type: 'offer', sdp: SENDING }, 'agent "1"');
    expect(JSON.parse(body)).to.deep.equal({ offer: { sdp: SENDING, type: 'offer' }, agent_id: 'agent "1"' });
  });

  it('sends nothing else of a description', () => {
    const offer = Object.assign({ type: 'offer' as const, sdp: 'v=0' }, { more: SECRET });
    expect(offerRequestBody(offer, 'a')).not.to.include(SECRET);
  });
});

describe('checkAnswer', () => {
  for (const [what, answer] of [
    ['audio that is sent and received', SENDING],
    ['audio that is only sent', sdp(SESSION, AUDIO, ['a=sendonly'], DATA)],
    ['audio without a direction, which is sendrecv', sdp(SESSION, AUDIO, DATA)],
    ['audio behind the data channel', sdp(SESSION, DATA, AUDIO, ['a=sendrecv'])],
    [
      'audio whose own direction overrules the session’s',
      sdp(SESSION, ['a=recvonly'], AUDIO, ['a=sendrecv']),
    ],
    ['a direction of the session that sends', sdp(SESSION, ['a=sendonly'], AUDIO)],
    ['audio beside an inactive data channel', sdp(SESSION, AUDIO, ['a=sendrecv'], DATA, ['a=inactive'])],
    ['audio without a data channel', sdp(SESSION, AUDIO, ['a=sendrecv'])],
    ['lines that end with LF only', SENDING.replaceAll('\r\n', '\n')],
    ['a port with a number of ports', sdp(SESSION, [port(AUDIO_LINE, '50000/2'), ...AUDIO_REST])],
    ['a port that begins with other digits than 0', sdp(SESSION, [port(AUDIO_LINE, '10'), ...AUDIO_REST])],
    [
      'a second audio section that was refused',
      sdp(SESSION, AUDIO, ['a=sendrecv'], [port(AUDIO_LINE, '0'), 'a=inactive']),
    ],
    [
      'a first audio section that was refused',
      sdp(SESSION, [port(AUDIO_LINE, '0'), 'a=inactive'], AUDIO, ['a=sendrecv']),
    ],
  ] as const) {
    it(`accepts ${what}`, () => {
      expect(checkAnswer({ type: 'answer', sdp: answer })).to.deep.equal({ type: 'answer', sdp: answer });
    });
  }

  it('keeps nothing but type and SDP', () => {
    expect(checkAnswer({ type: 'answer', sdp: SENDING, more: 1 })).to.have.all.keys('type', 'sdp');
  });

  for (const [what, answer] of [
    ['an offer', { type: 'offer', sdp: SENDING }],
    ['a provisional answer', { type: 'pranswer', sdp: SENDING }],
    ['a rollback', { type: 'rollback', sdp: SENDING }],
    ['an answer in capitals', { type: 'ANSWER', sdp: SENDING }],
    ['no type', { sdp: SENDING }],
    ['a type that is no text', { type: ['answer'], sdp: SENDING }],
    ['no SDP', { type: 'answer' }],
    ['an SDP that is no text', { type: 'answer', sdp: [SENDING] }],
    ['null', null],
    ['nothing', undefined],
    ['the SDP alone', SENDING],
    ['an array', [{ type: 'answer', sdp: SENDING }]],
  ] as const) {
    it(`refuses ${what}`, () => {
      const error = refusal(() => checkAnswer(answer));
      expect(error).to.have.property('code', 'answer-invalid');
      expect(error.message).to.equal('The server\'s answer is not { type: "answer", sdp }.');
    });
  }

  for (const [what, answer] of [
    ['an empty SDP', ''],
    ['no section at all', sdp(SESSION)],
    ['no audio section', sdp(SESSION, DATA)],
    ['video only', sdp(SESSION, ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=sendrecv'])],
    [
      'audio on port 0, which refuses it',
      sdp(SESSION, [port(AUDIO_LINE, '0'), ...AUDIO_REST], ['a=sendrecv']),
    ],
    ['audio on port 0 with a number of ports', sdp(SESSION, [port(AUDIO_LINE, '0/2'), ...AUDIO_REST])],
    ['audio that is only received', sdp(SESSION, AUDIO, ['a=recvonly'], DATA)],
    ['audio that is inactive', sdp(SESSION, AUDIO, ['a=inactive'], DATA)],
    ['audio that is inactive, with LF only', sdp(SESSION, AUDIO, ['a=inactive']).replaceAll('\r\n', '\n')],
    ['a session that only receives', sdp(SESSION, ['a=recvonly'], AUDIO, DATA)],
    ['a session that is inactive', sdp(SESSION, ['a=inactive'], AUDIO)],
    [
      'inactive audio beside a data channel that says sendrecv',
      sdp(SESSION, AUDIO, ['a=inactive'], DATA, ['a=sendrecv']),
    ],
    ['audio in a line that only looks like a section', sdp(SESSION, ['a=x m=audio 9 RTP 0'])],
    ['HTML', `<html><body>m=audio 9 ${SECRET}</body></html>`],
  ] as const) {
    it(`refuses ${what}`, () => {
      const error = refusal(() => checkAnswer({ type: 'answer', sdp: answer }));
      expect(error).to.have.property('code', 'answer-invalid');
      expect(error.message).to.equal("The server's answer sends no audio.");
      expect(JSON.stringify([error.message, error.detail, String(error.cause)])).not.to.include(SECRET);
    });
  }

  it('accepts what this browser answers, and refuses it when it only receives', async () => {
    const [visitor, platform] = [new RTCPeerConnection(), new RTCPeerConnection()];
    visitor.addTransceiver('audio');
    await visitor.setLocalDescription();
    const { localDescription: offer } = visitor;
    if (!offer) expect.fail('no offer');
    await platform.setRemoteDescription(offer);
    const { sdp: receiving } = await platform.createAnswer();
    for (const transceiver of platform.getTransceivers()) transceiver.direction = 'sendrecv';
    const { sdp: sending } = await platform.createAnswer();
    visitor.close();
    platform.close();
    expect(refusal(() => checkAnswer({ type: 'answer', sdp: receiving })).code).to.equal('answer-invalid');
    expect(checkAnswer({ type: 'answer', sdp: sending }).sdp).to.equal(sending);
  });
});

describe('parseOfferResponse', () => {
  it('reads the answer, whatever is beside it', () => {
    const body = JSON.stringify({ answer: { sdp: SENDING, type: 'answer' }, session_id: 's' });
    expect(parseOfferResponse(body)).to.deep.equal({ type: 'answer', sdp: SENDING });
  });

  it('checks nothing: an answer of the page’s own goes the same way', () => {
    expect(parseOfferResponse('{"answer":{"type":"offer"}}')).to.deep.equal({ type: 'offer' });
  });

  for (const [what, body] of [
    ['an empty body', ''],
    ['broken JSON', `{"answer":{"type":"answer","sdp":"${SECRET}`],
    ['HTML', `<!doctype html><p>${SECRET}`],
    ['null', 'null'],
    ['a list', '[]'],
    ['text', JSON.stringify(SENDING)],
    ['no answer', '{}'],
    ['an answer that is null', '{"answer":null}'],
    ['the SDP where the answer should be', JSON.stringify({ answer: SENDING })],
    ['a bare answer', JSON.stringify({ type: 'answer', sdp: SENDING })],
    ['an offer', JSON.stringify({ answer: { type: 'offer', sdp: SENDING } })],
    [
      'an answer in the prototype',
      `{"__proto__":{"answer":${JSON.stringify({ type: 'answer', sdp: SENDING })}}}`,
    ],
    [
      'an answer without audio',
      JSON.stringify({ answer: { type: 'answer', sdp: sdp(SESSION, DATA, [SECRET]) } }),
    ],
  ] as const) {
    it(`holds no answer that can be taken in ${what}, and nothing tells the SDP`, () => {
      const error = refusal(() => checkAnswer(parseOfferResponse(body)));
      expect(error).to.have.property('code', 'answer-invalid');
      expect(JSON.stringify([error.message, error.detail, String(error.cause)])).not.to.include(SECRET);
    });
  }

  it('holds none in anything else, and never throws by itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        const answer = parseOfferResponse(body);
        expect(refusal(() => checkAnswer(answer)).code).to.equal('answer-invalid');
      }),
      { numRuns: 300 },
    );
  });
});

describe('answerInvalid', () => {
  it('says why, and keeps the cause', () => {
    const cause = new DOMException('bad line', 'OperationError');
    const error = answerInvalid('was refused by the browser', cause);
    expect(error).to.include({
      code: 'answer-invalid',
      message: "The server's answer was refused by the browser.",
    });
    expect(error.cause).to.equal(cause);
  });
});

describe('withoutEndOfCandidates', () => {
  const END = 'a=end-of-candidates';
  const CANDIDATE = 'a=candidate:1 1 udp 1 127.0.0.1 9 typ host';

  for (const newline of ['\r\n', '\n']) {
    it(`takes the line out of every section, lines ending with ${JSON.stringify(newline)}`, () => {
      const text = (lines: readonly string[]) => lines.map((line) => line + newline).join('');
      const offer = text([...SESSION, ...AUDIO, CANDIDATE, END, ...DATA, CANDIDATE, END]);
      expect(withoutEndOfCandidates(offer)).to.equal(
        text([...SESSION, ...AUDIO, CANDIDATE, ...DATA, CANDIDATE]),
      );
    });
  }

  it('leaves an offer without it as it is', () => {
    expect(withoutEndOfCandidates(SENDING)).to.equal(SENDING);
  });

  it('leaves lines that only hold the words', () => {
    const offer = sdp(SESSION, [`s=${END}`, `${END}-not`, `x${END}`]);
    expect(withoutEndOfCandidates(offer)).to.equal(offer);
  });
});

describe('parseErrorBody', () => {
  const invalid = [{ loc: ['body', 'agent_id'], msg: 'field required', type: 'value_error.missing' }];

  for (const [what, body, detail] of [
    ['the words of an HTTPError', '{"detail":"no such agent"}', 'no such agent'],
    ['the list of an HTTPValidationError', JSON.stringify({ detail: invalid }), JSON.stringify(invalid)],
    ['an empty detail', '{"detail":""}', ''],
    ['nothing of an object without detail', '{"error":"x"}', undefined],
    ['nothing of HTML', '<h1>502 Bad Gateway</h1>', undefined],
    ['nothing of an empty body', '', undefined],
    ['nothing of null', 'null', undefined],
    ['nothing of a list', '[{"detail":"x"}]', undefined],
    ['nothing of a text', '"detail"', undefined],
  ] as const) {
    it(`reads ${what}`, () => {
      expect(parseErrorBody(body)).to.deep.equal({ detail, code: undefined });
    });
  }

  for (const [code, read] of [
    ['daily-limit', 'daily-limit'],
    ['x'.repeat(40), 'x'.repeat(40)],
    ['x'.repeat(41), undefined],
    ['', undefined],
    ['Quota', undefined],
    ['quota\n', undefined],
    ['<b>quota</b>', undefined],
    ['__proto__', undefined],
    [503, undefined],
    [['quota'], undefined],
    [null, undefined],
  ] as const) {
    it(`reads ${read === undefined ? 'no code' : 'a code'} where it is ${JSON.stringify(code)}`, () => {
      const body = JSON.stringify({ detail: 'words', code, request_id: 'r-1' });
      expect(parseErrorBody(body)).to.deep.equal({ detail: 'words', code: read });
    });
  }

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify({ detail: value, code: value })),
        ),
        (body) => {
          const { detail, code = 'none' } = parseErrorBody(body);
          expect(['string', 'undefined']).to.include(typeof detail);
          expect(code).to.match(/^[a-z-]{1,40}$/);
        },
      ),
      { numRuns: 300 },
    );
  });
});
