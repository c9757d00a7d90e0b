import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { SessionEvent } from '../../src/domain/session.js';
import { parseSessionMessage } from '../../src/protocol/session-messages.js';

const LIMIT = 65_536;

function parse(message: unknown): SessionEvent | undefined {
  return parseSessionMessage(JSON.stringify(message));
}

/** A message of exactly this many characters. */
function ofLength(length: number): string {
  const message = (data: string) => JSON.stringify({ method: 'ontranscript', data });
  return message('x'.repeat(length - message('').length));
}

describe('parseSessionMessage', () => {
  for (const [message, event] of [
    [{ method: 'onready' }, { type: 'ready', sessionId: undefined }],
    [
      { method: 'onready', payload: null },
      { type: 'ready', sessionId: undefined },
    ],
    [
      { method: 'onready', payload: {} },
      { type: 'ready', sessionId: undefined },
    ],
    [
      { method: 'onready', payload: { session_id: null } },
      { type: 'ready', sessionId: undefined },
    ],
    [
      { method: 'onready', payload: { session_id: 's-1', more: 1 } },
      { type: 'ready', sessionId: 's-1' },
    ],
    [
      { method: 'ontranscript', data: 'Hi' },
      { type: 'text', role: 'user', text: 'Hi', final: false },
    ],
    [
      { method: 'ontranscript', data: '', payload: null },
      { type: 'text', role: 'user', text: '', final: false },
    ],
    [
      { method: 'ontranscript', data: 'Hi', payload: { is_final: true } },
      { type: 'text', role: 'user', text: 'Hi', final: true },
    ],
    [
      { method: 'onresponsetext', data: 'Hi', payload: { is_final: false } },
      { type: 'text', role: 'agent', text: 'Hi', final: false },
    ],
    [
      { method: 'onresponsetext', data: ' Hi ', payload: { is_final: null } },
      { type: 'text', role: 'agent', text: ' Hi ', final: false },
    ],
    [
      { method: 'onfunction', payload: { name: 'book', params: { day: [1] } } },
      { type: 'function', name: 'book', params: { day: [1] } },
    ],
    [
      { method: 'onfunction', payload: { name: 'book', params: null } },
      { type: 'function', name: 'book', params: null },
    ],
    [
      { method: 'onfunction', payload: { name: 'book' } },
      { type: 'function', name: 'book', params: undefined },
    ],
    [{ method: 'start_answering' }, { type: 'answering' }],
    [{ method: 'clear', data: null, payload: null }, { type: 'interrupted' }],
    [{ method: 'pause' }, { type: 'paused' }],
    [{ method: 'unpause' }, { type: 'unpaused' }],
    [{ method: 'onsessionended', data: 'timeout' }, { type: 'ended' }],
    [{ method: 'ai_action', data: 'looked something up' }, { type: 'ignored' }],
    [{ method: 'pong', data: '1700000000000' }, { type: 'ignored' }],
    [{ method: 'ping', data: 17 }, { type: 'ignored' }],
  ] as const satisfies readonly (readonly [unknown, SessionEvent])[]) {
    it(`reads ${JSON.stringify(message)}`, () => {
      expect(parse(message)).to.deep.equal(event);
    });
  }

  for (const method of ['', 'never_heard_of', 'ONREADY', 'constructor', '__proto__', 'toString']) {
    it(`passes the unknown method "${method}"`, () => {
      expect(parse({ method, data: { not: 'text' }, payload: 1 })).to.deep.equal({ type: 'ignored' });
    });
  }

  for (const message of [
    null,
    true,
    0,
    'onready',
    [],
    [{ method: 'onready' }],
    {},
    { method: null },
    { method: 1 },
    { method: ['onready'] },
    { Method: 'onready' },
    { method: 'onready', payload: 's-1' },
    { method: 'onready', payload: [] },
    { method: 'onready', payload: { session_id: 1 } },
    { method: 'ontranscript' },
    { method: 'ontranscript', data: null },
    { method: 'ontranscript', data: 1 },
    { method: 'ontranscript', data: { not: 'text' } },
    { method: 'ontranscript', data: ['Hi'] },
    { method: 'ontranscript', data: 'Hi', payload: { is_final: 'true' } },
    { method: 'ontranscript', data: 'Hi', payload: { is_final: 1 } },
    { method: 'ontranscript', data: 'Hi', payload: true },
    { method: 'onresponsetext', payload: { is_final: true } },
    { method: 'onfunction' },
    { method: 'onfunction', payload: null },
    { method: 'onfunction', payload: { params: {} } },
    { method: 'onfunction', payload: { name: 1, params: {} } },
  ]) {
    it(`drops ${JSON.stringify(message)}`, () => {
      expect(parse(message)).to.equal(undefined);
    });
  }

  for (const text of [
    '',
    ' ',
    '{',
    '{"method": "ontranscript", "data": ',
    "{'method': 'clear'}",
    'undefined',
    'NaN',
    '{"method":"clear"}x',
  ]) {
    it(`drops what is not JSON: ${JSON.stringify(text)}`, () => {
      expect(parseSessionMessage(text)).to.equal(undefined);
    });
  }

  for (const data of [
    new TextEncoder().encode('{"method":"clear"}').buffer,
    new TextEncoder().encode('{"method":"clear"}'),
    new Blob(['{"method":"clear"}']),
    new String('{"method":"clear"}'),
    { method: 'clear' },
    { toString: () => '{"method":"clear"}' },
    undefined,
    null,
    7,
  ]) {
    it(`drops what is not text: ${Object.prototype.toString.call(data)}`, () => {
      expect(parseSessionMessage(data)).to.equal(undefined);
    });
  }

  it(`reads ${LIMIT} characters`, () => {
    const message = ofLength(LIMIT);
    expect(message).to.have.lengthOf(LIMIT);
    expect(parseSessionMessage(message)).to.have.property('type', 'text');
  });

  it('drops one more, unread', () => {
    expect(parseSessionMessage(ofLength(LIMIT + 1))).to.equal(undefined);
  });

  it('drops what is nested as deep as a message can be, or passes it by, and never throws', () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    expect(parseSessionMessage(deep)).to.equal(undefined);
    expect(parseSessionMessage(`{"method":"ontranscript","data":${deep}}`)).to.equal(undefined);
    expect(parseSessionMessage(`{"method":"ontranscript","data":"Hi","payload":${deep}}`)).to.equal(
      undefined,
    );
  });

  for (const key of ['__proto__', 'constructor', 'prototype']) {
    it(`does not let "${key}" reach any object but its own`, () => {
      const hostile = `{"${key}":{"method":"clear","polluted":1},"method":"ontranscript","data":"Hi","payload":{"${key}":{"is_final":true}}}`;
      expect(parseSessionMessage(hostile)).to.deep.equal({
        type: 'text',
        role: 'user',
        text: 'Hi',
        final: false,
      });
      expect({}).not.to.have.property('polluted');
      expect({}).not.to.have.property('is_final');
    });

    it(`takes no method from "${key}"`, () => {
      expect(parseSessionMessage(`{"${key}":{"method":"clear"}}`)).to.equal(undefined);
    });
  }

  for (const [what, data, text] of [
    ['control characters', 'a\u0000b\u0007c\u001bd\u007fe\u0085f', 'abcdef'],
    ['bidirectional overrides', '\u202eevil\u202c \u202ago\u202bod\u202d', 'evil good'],
    ['bidirectional isolates', '\u2066a\u2067b\u2068c\u2069', 'abc'],
    ['direction marks', 'a\u200eb\u200f', 'ab'],
    ['a byte order mark', '\ufeffHi', 'Hi'],
    ['nothing of lines and tabs', 'a\tb\nc', 'a\tb\nc'],
    [
      'nothing of the joiners that Persian and emoji are written with',
      'می\u200cخواهم 👩\u200d👩',
      'می\u200cخواهم 👩\u200d👩',
    ],
    ['nothing of markup: it is text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['nothing of a text from right to left', 'שלום, עולם! مرحبا', 'שלום, עולם! مرحبا'],
  ] as const) {
    for (const method of ['ontranscript', 'onresponsetext'] as const) {
      it(`strips ${what} from ${method}`, () => {
        expect(parse({ method, data })).to.have.property('text', text);
      });
    }
  }

  const METHODS = ['onready', 'ontranscript', 'onresponsetext', 'onfunction', 'clear', 'newer'] as const;
  const TYPES = [
    'ready',
    'text',
    'function',
    'answering',
    'interrupted',
    'paused',
    'unpaused',
    'ended',
    'ignored',
  ];

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const type = parseSessionMessage(text)?.type;
        expect([...TYPES, undefined]).to.include(type);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever is in the fields, and gives text only for text', () => {
    const field = fc.oneof(fc.jsonValue(), fc.record({ is_final: fc.jsonValue(), name: fc.jsonValue() }));
    const message = fc.record(
      { method: fc.constantFrom(...METHODS), data: fc.oneof(fc.string(), field), payload: field },
      { requiredKeys: ['method'] },
    );
    fc.assert(
      fc.property(message, (sent) => {
        const event = parse(sent);
        if (event?.type === 'text') expect(sent.data).to.be.a('string');
        if (event?.type === 'function') expect(event.name).to.be.a('string');
        if (sent.method === 'newer') expect(event).to.deep.equal({ type: 'ignored' });
      }),
      { numRuns: 500 },
    );
  });
});
