import fc from 'fast-check';
import { type Choice, type Look, PLACEMENTS } from '../../../demo/playground/choice.js';

/** What means something in HTML, JSX, a template of Vue, JSON or a shell. */
const SPECIAL = [
  '"',
  "'",
  '`',
  '&',
  '&amp;',
  '&#39;',
  '&quot',
  '<',
  '>',
  '</script>',
  '<!--',
  '-->',
  '{{ x }}',
  '{',
  '}',
  '${HOME}',
  '$(id)',
  '\\',
  '\\n',
  '\n',
  '\r\n',
  '\t',
  '!',
  '#',
  ' ',
  '  ',
  '@',
  'on',
  '中',
  'שלום',
  '👍🏽',
  '\u2028',
  '\u0085',
];

/** Any text that all of these can hold: none of them can hold a NUL, and a URL no half of a character. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...SPECIAL), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
  .map((parts) => parts.join('').replaceAll('\0', ''));

const someText = anyText.filter((text) => text !== '');

/** For each state a text or nothing; not set at all where there is nothing for any. */
const anyStates = fc
  .record({ idle: anyText, connecting: anyText, running: anyText }, { noNullPrototype: true })
  .filter((states) => Object.values(states).some(Boolean));

const anyLook: fc.Arbitrary<Look> = fc.record(
  {
    titles: anyStates,
    icons: anyStates,
    background: someText,
    buttonCss: someText,
    size: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).filter(isNoMinusZero),
    transcript: fc.boolean(),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Any choice, as a query gives it back: fields of the look that are not set are not there. */
export const anyChoice: fc.Arbitrary<Choice> = fc.record(
  {
    agentId: anyText,
    server: anyText,
    script: anyText,
    region: anyText,
    configSrc: anyText,
    placement: fc.constantFrom(...PLACEMENTS),
    trigger: anyText,
    muted: fc.boolean(),
    disabled: fc.boolean(),
    look: anyLook,
  },
  { noNullPrototype: true },
);

function isNoMinusZero(size: number): boolean {
  return !Object.is(size, -0);
}
