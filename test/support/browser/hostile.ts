import fc from 'fast-check';
import { DECLARATIONS, FORBIDDEN } from './css-attacks.js';

const PIECES = [
  '{',
  '}',
  '{}',
  ';',
  ':',
  '/*',
  '*/',
  '(',
  ')',
  '"',
  "'",
  '\\',
  '!important',
  '<!--',
  ',',
  '\0',
  '\n',
  '1e99px',
];

/** White space, comments, case and escapes that mean nothing to a parser. */
const disguised = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.array(fc.nat({ max: 40 }), { maxLength: 3 }), fc.nat({ max: 4 }))
    .map(([css, places, way]) =>
      places.reduce((mutated, place) => {
        const [before, letter, after] = [
          mutated.slice(0, place),
          mutated.charAt(place),
          mutated.slice(place + 1),
        ];
        if (!/[a-z]/.test(letter)) return mutated;
        const code = letter.charCodeAt(0).toString(16);
        return `${before}${[letter.toUpperCase(), `\\${code} `, `\\0000${code}`, `/**/${letter}`, ` ${letter}`][way] ?? letter}${after}`;
      }, css),
    );

const css = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: disguised(fc.constantFrom(...DECLARATIONS)) },
      fc.constantFrom(...PIECES),
    ),
    {
      maxLength: 6,
    },
  )
  .chain((parts) => fc.constantFrom(';', '; ', '', ' ').map((between) => parts.join(between)));

const background = fc.oneof(
  disguised(
    fc.constantFrom(
      'red',
      'currentcolor',
      'linear-gradient(red, blue)',
      'conic-gradient(in oklch longer hue, red, blue)',
      'light-dark(#fff, #000)',
      'var(--q, red)',
      `url(${FORBIDDEN})`,
      `\\75rl(${FORBIDDEN})`,
      `image-set(url(${FORBIDDEN}) 1x)`,
      `linear-gradient(red, blue), url(${FORBIDDEN})`,
      `red; background: url(${FORBIDDEN})`,
      'red} :host { display: none',
      'inherit',
      'none',
    ),
  ),
  css,
);

const icon = fc.oneof(
  fc.constantFrom(
    '☎️',
    '👩🏽‍🚀',
    'Hi',
    '/site/heart.svg',
    'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>',
    '<svg onload="top.attacked = 1"><script>top.attacked = 1</script></svg>',
    `<svg><image href="${FORBIDDEN}"/><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="${FORBIDDEN}"/></foreignObject></svg>`,
    `<svg><style>@import "${FORBIDDEN}"; * { background: url(${FORBIDDEN}) }</style></svg>`,
    `<img src="${FORBIDDEN}" onerror="alert(1)">`,
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/png;base64,AAAA',
    'blob:null/1',
    'file:///etc/passwd',
    'http://192.0.2.1/forbidden.png',
    '//192.0.2.1/forbidden.png',
    'vbscript:x',
    'https://',
    '<svg>\uD800</svg>',
    '\u202Eabc',
    '\uD800',
    `a${'\u0301'.repeat(2000)}`,
    'x'.repeat(70_000),
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const title = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u200B',
    '\u00AD',
    '\u3164',
    '\u2800',
    '\u202E\u202Eevil',
    '<b>bold</b>',
    '${1}',
    'x'.repeat(10_000),
    'wide words '.repeat(900),
    '\u0301'.repeat(300),
    'نص طويل جدا '.repeat(40),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const wrong = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(undefined, null, Infinity, -0, 1e308, 1n, Symbol('x')),
);
const perState = (text: fc.Arbitrary<string>) =>
  fc.record({ idle: text, connecting: text, running: text }, { requiredKeys: [] });
const mostly = <Value>(right: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: right }, wrong);

/** Embed configs as nobody would wish them: right and wrong types, attacks, and what is good. */
export const hostileConfig: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record(
      {
        titles: mostly(perState(title)),
        icons: mostly(perState(icon)),
        background: mostly(background),
        buttonCss: mostly(css),
        size: mostly(
          fc.oneof(fc.integer({ min: 24, max: 512 }), fc.constantFrom(24, 0, -1, 23, 513, 64.5, NaN)),
        ),
        transcript: mostly(fc.boolean()),
        region: mostly(fc.constantFrom('us-west', 'eu-west', 'mars', '__proto__')),
        ['__proto__']: mostly(fc.constant({ size: 400 })),
      },
      { requiredKeys: [] },
    ),
  },
  wrong,
);
