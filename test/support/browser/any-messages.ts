import fc from 'fast-check';

/** What the platform could send: text, or bytes. */
export type Sent = string | ArrayBuffer;

/** Characters that draw nothing, turn what stands beside them, or are half of one. */
const ODD_CHARACTERS = [
  '\u202e',
  '\u202d',
  '\u2066',
  '\u2067',
  '\u2069',
  '\u200f',
  '\u061c',
  '\ufeff',
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u0085',
  '\ud83d',
  '\udc4d',
  '\r\n',
  '\u2028',
  '\u0301\u0301\u0301\u0301',
  '</p>',
  '<script>',
  '<img src=x onerror=alert(1)>',
  '${1}',
  '&lt;',
  'שלום',
];

const anyText = fc
  .oneof(
    fc.array(fc.oneof(fc.constantFrom(...ODD_CHARACTERS), fc.string({ unit: 'binary', maxLength: 9 })), {
      maxLength: 9,
    }),
    fc.array(fc.constantFrom('word ', '\u202e', '\ud83d'), { minLength: 200, maxLength: 900 }),
  )
  .map((pieces) => pieces.join(''));

const anyKey = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'method',
    'data',
    'payload',
    'length',
    '',
  ),
  anyText,
  fc.constant('k'.repeat(9_000)),
);

const anyValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.oneof(fc.integer(), fc.constantFrom(1e308, -0, 0.1, 2 ** 53)),
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.tuple(anyKey, tie('value')), { maxLength: 5 }).map(asJsonObject),
  ),
})).value;

const METHODS = [
  'onready',
  'ontranscript',
  'onresponsetext',
  'onfunction',
  'start_answering',
  'clear',
  'pause',
];
const anyMethod = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...METHODS) },
  { weight: 1, arbitrary: anyKey },
);

/** Nearly what the platform says: right in some fields, anything in the others. */
const nearlyRight = fc
  .record(
    {
      method: anyMethod,
      data: fc.oneof({ weight: 3, arbitrary: anyText }, { weight: 1, arbitrary: anyValue }),
      payload: fc.oneof(
        { weight: 2, arbitrary: fc.record({ is_final: fc.boolean(), name: anyText, params: anyValue }) },
        { weight: 1, arbitrary: fc.record({ is_final: anyValue, name: anyValue, session_id: anyValue }) },
        { weight: 1, arbitrary: anyValue },
      ),
    },
    { requiredKeys: ['method'] },
  )
  .map((message) => JSON.stringify(message));

/** What nobody would call a session message. */
const quiteWrong = fc.oneof(
  anyValue.map((value) => JSON.stringify(value)),
  anyText,
  nearlyRight.map((message) => message.slice(0, message.length / 2)),
  fc.nat({ max: 3_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.nat({ max: 3_000 }).map((depth) => `{"method":${'{"method":'.repeat(depth)}1${'}'.repeat(depth)}}`),
  fc.uint8Array({ maxLength: 300 }).map(({ buffer }) => buffer),
  fc.constant(JSON.stringify({ method: 'onresponsetext', data: 'x'.repeat(70_000) })),
);

/** Any message that a hostile or broken platform could send; none says that the session is over. */
export const anyMessage: fc.Arbitrary<Sent> = fc
  .oneof({ weight: 3, arbitrary: nearlyRight }, { weight: 1, arbitrary: quiteWrong })
  .filter((message) => typeof message !== 'string' || !message.includes('onsessionended'));

/** With keys that an assignment would not make into fields. */
function asJsonObject(entries: readonly (readonly [string, unknown])[]): unknown {
  const fields = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return JSON.parse(`{${fields.join(',')}}`);
}
