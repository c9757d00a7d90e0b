import { AUDIO_LINE, DATA_LINE, offerBody, SDP, SDP_WITHOUT_FINGERPRINT, sdpOfLength } from './offers.js';
import { named } from './request-rows.js';
import type { Expected, Offer, Talk } from './talk.js';

const INVALID: Expected = { status: 400, code: 'offer-invalid' };
const UNKNOWN: Expected = { status: 404, code: 'agent-not-found' };
const GOOD: Expected = { status: 200 };

const BODIES: Readonly<Record<string, string | Uint8Array>> = {
  nothing: '',
  'a part of JSON': offerBody('refused').slice(0, -5),
  'JSON and more': `${offerBody('refused')}x`,
  'two JSON texts': offerBody('refused').repeat(2),
  'a trailing comma': `${offerBody('refused').slice(0, -1)},}`,
  NaN: 'NaN',
  null: 'null',
  true: 'true',
  'a number': '5',
  'a text': JSON.stringify(offerBody('refused')),
  'a list': `[${offerBody('refused')}]`,
  'an empty object': '{}',
  'a form': 'agent_id=refused&offer=1',
  'UTF-16': Buffer.from(offerBody('refused'), 'utf16le'),
  'bytes that are no text': Uint8Array.from({ length: 300 }, (_, index) => index % 256),
  '16,000 brackets': '['.repeat(16_000),
  '3,000 nested objects': `${'{"offer":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
  'all in __proto__': `{"__proto__":${offerBody('refused')}}`,
  'the offer in __proto__': `{"agent_id":"refused","offer":{"__proto__":{"type":"offer","sdp":${JSON.stringify(SDP)}}}}`,
  'the offer in constructor': `{"agent_id":"refused","constructor":{"prototype":${offerBody('refused')}}}`,
  'no agent': JSON.stringify({ offer: { type: 'offer', sdp: SDP } }),
  'no offer': '{"agent_id":"refused"}',
  'an answer': offerBody('refused', { offer: { type: 'answer', sdp: SDP } }),
  'a rollback': offerBody('refused', { offer: { type: 'rollback', sdp: SDP } }),
  'an offer that is a text': offerBody('refused', { offer: SDP }),
  'an offer in a list': offerBody('refused', { offer: [{ type: 'offer', sdp: SDP }] }),
  'an SDP that is an object': offerBody('refused', { offer: { type: 'offer', sdp: { length: 300 } } }),
  'an SDP that is a list': offerBody('refused', { offer: { type: 'offer', sdp: [SDP] } }),
};

const AGENTS_INVALID: Readonly<Record<string, unknown>> = {
  'an empty text': '',
  '129 characters': 'a'.repeat(129),
  '10,000 characters': 'a'.repeat(10_000),
  'a number': 5,
  null: null,
  'a list': ['good'],
  'an object': { toString: 'good' },
};

const AGENTS_UNKNOWN: readonly string[] = [
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'nobody',
    '*',
    '.',
    '..',
    '../good',
    'good/../good',
  ],
  ...[
    '..%2fgood',
    '%2e%2e',
    '%67ood',
    'good/',
    'good?',
    'good#',
    ' good',
    'good ',
    'GOOD',
    'good\0',
    'gооd',
    'ｇｏｏｄ',
    '🤖',
  ],
  ...[
    'good\r\nX-Injected: 1',
    'good\nX-Injected: 1',
    'good\r\n\r\n{}',
    '${7*7}',
    "' OR 1=1 --",
    '<script>',
    'real-id-of-good',
  ],
  'a'.repeat(128),
];

const SDPS: Readonly<Record<string, string>> = {
  '199 characters': sdpOfLength(199),
  '16,385 characters': sdpOfLength(16_385),
  'another version': SDP.replace('v=0', 'v=1'),
  'a space before it': ` ${SDP}`,
  'another line before it': `s=-\r\n${SDP}`,
  'no audio': SDP.replace(AUDIO_LINE, DATA_LINE),
  'no section': SDP.replaceAll(/^m=/gm, 'x='),
  'two audio sections': `${SDP}${AUDIO_LINE}\r\n`,
  'four sections': `${SDP}${`${DATA_LINE}\r\n`.repeat(2)}`,
  'a thousand sections': SDP + 'm=video 9 X 1\r\n'.repeat(1000),
  'no fingerprint': SDP_WITHOUT_FINGERPRINT.padEnd(300, 'a=x\r\n'),
  'a fingerprint only in the words of a line': `${SDP_WITHOUT_FINGERPRINT}a=x a=fingerprint:sha-256 AB\r\n`,
  'a fingerprint without a value': `${SDP_WITHOUT_FINGERPRINT}a=fingerprint:\r\n`,
  'the character NUL': SDP.replace('s=-', 's=\0'),
  'an escape character': SDP.replace('s=-', 's=\u001b[31m'),
  'a C1 control character': SDP.replace('s=-', 's=\u0085'),
  HTML: `<script>${'x'.repeat(400)}</script>`,
};

/** What is in the body: JSON, agent, SDP. */
export function bodyRows(talk: Talk): void {
  talk.each(
    named(
      'refuses as body',
      INVALID,
      map(BODIES, (body) => ({ body })),
    ),
  );
  talk.each(
    named(
      'refuses as agent',
      INVALID,
      map(AGENTS_INVALID, (id) => ({ body: offerBody('', { agent_id: id }) })),
    ),
  );
  talk.each(
    named(
      'knows no agent',
      UNKNOWN,
      Object.fromEntries(AGENTS_UNKNOWN.map((id) => [JSON.stringify(id).slice(0, 40), { agent: id }])),
    ),
  );
  talk.each(
    named(
      'refuses as SDP',
      INVALID,
      map(SDPS, (sdp) => ({ body: withSdp('refused', sdp) })),
    ),
  );
  talk.each({
    'takes an SDP of 200 characters': [{ body: withSdp('good', sdpOfLength(200)) }, GOOD],
    'takes an SDP of 16,384 characters': [{ body: withSdp('good', sdpOfLength(16_384)) }, GOOD],
    'takes an SDP with audio and two more sections': [
      { body: withSdp('good', `${SDP}${DATA_LINE}\r\n`) },
      GOOD,
    ],
    'takes an SDP whose lines end without CR': [{ body: withSdp('good', SDP.replaceAll('\r', '')) }, GOOD],
    'takes an agent with spaces and letters of another language': [{ agent: 'with spaces & ünïcode' }, GOOD],
    'takes deep nesting in a field that nobody reads': [
      { body: `${offerBody('good').slice(0, -1)},"x":${'['.repeat(2000)}${']'.repeat(2000)}}` },
      GOOD,
    ],
  });
}

function withSdp(agent: string, sdp: string): string {
  return offerBody(agent, { offer: { type: 'offer', sdp } });
}

function map<Value>(
  values: Readonly<Record<string, Value>>,
  make: (value: Value) => Offer,
): Readonly<Record<string, Offer>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, make(value)]));
}
