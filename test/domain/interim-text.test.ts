import { expect } from '@open-wc/testing';
import {
  addText,
  continues,
  noText,
  spoken,
  wholeText,
  type InterimHabit,
  type InterimText,
} from '../../src/domain/interim-text.js';

function received(habit: InterimHabit, texts: readonly string[], final?: string): InterimText {
  const interim = texts.reduce((held, text) => addText(held, text, false), noText(habit));
  return final === undefined ? interim : addText(interim, final, true);
}

describe('addText', () => {
  for (const [what, habit, texts, final, text, learned] of [
    ['nothing yet', 'unknown', [], undefined, '', 'unknown'],
    ['one text teaches nothing', 'unknown', ['Hello'], undefined, 'Hello', 'unknown'],
    [
      'a text that grows',
      'unknown',
      ['Good', 'Good day', 'Good day to you'],
      undefined,
      'Good day to you',
      'grows',
    ],
    ['pieces', 'unknown', ['Good', ' day', ' to you'], undefined, 'Good day to you', 'pieces'],
    [
      'a short beginning that grows teaches nothing',
      'unknown',
      ['No', 'No, thanks'],
      undefined,
      'No, thanks',
      'unknown',
    ],
    ['the same text twice teaches nothing', 'unknown', ['Hello', 'Hello'], undefined, 'Hello', 'unknown'],
    [
      'repeated pieces that turn out to be pieces',
      'unknown',
      ['ha', 'ha', ' funny'],
      undefined,
      'haha funny',
      'pieces',
    ],
    ['a space of its own between pieces', 'unknown', ['Good', ' ', 'day'], undefined, 'Good day', 'pieces'],
    ['a revised text', 'grows', ['I won', 'I want a table'], undefined, 'I want a table', 'grows'],
    [
      'a text revised from its first word',
      'grows',
      ['Hal', 'How are you'],
      undefined,
      'How are you',
      'grows',
    ],
    [
      'a text that was revised to a shorter one',
      'grows',
      ['Good day too', 'Good day'],
      undefined,
      'Good day',
      'grows',
    ],
    ['an empty text in a growing one', 'grows', ['Good day', ''], undefined, 'Good day', 'grows'],
    ['a blank text in a growing one', 'grows', ['Good day', ' \n'], undefined, 'Good day', 'grows'],
    [
      'a revised first word is not taken for pieces for ever',
      'unknown',
      ['Hal', 'How are', 'How are you'],
      undefined,
      'How are you',
      'grows',
    ],
    [
      'a repeated piece',
      'pieces',
      ['very', ' very', ' very', ' good'],
      undefined,
      'very very very good',
      'pieces',
    ],
    [
      'the final text wins over what grew',
      'grows',
      ['I won a'],
      'I want a table.',
      'I want a table.',
      'grows',
    ],
    [
      'the final text wins over pieces, when it holds them all',
      'pieces',
      ['good', ' day'],
      'Good day.',
      'Good day.',
      'pieces',
    ],
    [
      'the final text may be the last piece',
      'pieces',
      ['Good', ' day'],
      ' to you',
      'Good day to you',
      'pieces',
    ],
    ['the first text may be final', 'unknown', [], ' Hello. ', 'Hello.', 'unknown'],
    ['a whole final text teaches nothing', 'unknown', ['Welcome'], 'Welcome.', 'Welcome.', 'unknown'],
    ['a whole final text keeps the habit of pieces', 'pieces', ['Good'], 'Good day', 'Good day', 'pieces'],
    [
      'a whole final text after pieces that look alike',
      'unknown',
      ['no', ' no', ' no thanks'],
      'no no no thanks',
      'no no no thanks',
      'unknown',
    ],
    ['an empty final text leaves the text as it is', 'pieces', ['Good', ' day'], '', 'Good day', 'pieces'],
    ['a blank final text leaves the text as it is', 'grows', ['Good day'], ' ', 'Good day', 'grows'],
    ['a blank final text teaches nothing', 'unknown', ['Good day'], ' ', 'Good day', 'unknown'],
    ['Chinese pieces', 'unknown', ['你好', '世界'], undefined, '你好世界', 'pieces'],
    ['Hebrew that grows', 'unknown', ['שלום', 'שלום לך'], undefined, 'שלום לך', 'grows'],
    ['Arabic pieces', 'unknown', ['مرحبا', ' بكم'], undefined, 'مرحبا بكم', 'pieces'],
    [
      'a pair of surrogates that was torn apart',
      'pieces',
      ['Good \ud83d', '\udc4d'],
      undefined,
      'Good 👍',
      'pieces',
    ],
  ] as readonly (readonly [string, InterimHabit, string[], string | undefined, string, InterimHabit])[]) {
    it(`${what}: ${JSON.stringify(final === undefined ? texts : [...texts, final])} is "${text}"`, () => {
      const held = received(habit, texts, final);
      expect(wholeText(held)).to.equal(text);
      expect(held.habit).to.equal(learned);
    });
  }

  it('holds no more than the last text when a text grows', () => {
    const held = received('unknown', ['Good', 'Good day', 'Good day to', 'Good day to you']);
    expect(held.joined).to.equal('Good day to you');
  });
});

describe('continues', () => {
  for (const [before, text, expected] of [
    ['Good', 'Good day', true],
    ['good day', 'Good day, to you.', true],
    ['Good day too', 'Good day to you', true],
    ['Good day to you', 'Good day', true],
    ['Good day to you', 'Good', false],
    ['I want a table', 'Yes', false],
    ['Good', ' day', false],
    ['GRÜẞ GOTT', 'grüß gott, alle', true],
    ['', 'anything', true],
    ['Good', '', false],
  ] as const) {
    it(`"${text}" ${expected ? 'goes on with' : 'is something else than'} "${before}"`, () => {
      expect(continues(text, before)).to.equal(expected);
    });
  }
});

describe('spoken', () => {
  for (const [text, expected] of [
    ['Good day, to YOU!', 'gooddaytoyou'],
    ['It’s 10 o’clock…', 'its10oclock'],
    ['¿Qué? – 你好。', 'qué你好'],
    ['שלום, עולם', 'שלוםעולם'],
    [' …?! 👍', ''],
  ] as const) {
    it(`of "${text}" is "${expected}"`, () => {
      expect(spoken(text)).to.equal(expected);
    });
  }
});
