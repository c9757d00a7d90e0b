import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  choiceAttributes,
  choiceToQuery,
  DEFAULT_CHOICE,
  queryToChoice,
} from '../../demo/playground/choice.js';
import { anyChoice, anyText } from '../support/node/any-choice.js';

const RUNS = { numRuns: 500 };

describe('a choice in the playground’s address', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyChoice, (choice) => {
        assert.deepEqual(queryToChoice(`?${choiceToQuery(choice)}`), choice);
      }),
      RUNS,
    );
  });

  it('is nothing at all when it is the default', () => {
    assert.equal(choiceToQuery(DEFAULT_CHOICE), '');
    assert.deepEqual(queryToChoice(''), DEFAULT_CHOICE);
  });

  it('is read by names that a person can type', () => {
    const choice = {
      ...DEFAULT_CHOICE,
      agentId: 'parrot',
      look: { titles: { idle: '', connecting: '', running: 'Stop' }, size: 96, transcript: false },
    };
    assert.equal(choiceToQuery(choice), 'agent-id=parrot&title-running=Stop&size=96&transcript=off');
  });

  it('has the same words where a field is null, empty or missing', () => {
    const empty = { idle: '', connecting: '', running: '' };
    const look = {
      titles: empty,
      icons: null,
      background: '',
      buttonCss: null,
      size: null,
      transcript: null,
    };
    assert.equal(choiceToQuery({ ...DEFAULT_CHOICE, look }), '');
    assert.equal(choiceToQuery({ ...DEFAULT_CHOICE, look: { size: NaN } }), '');
  });

  it('is read from any text without an error, and is then one that comes back', () => {
    const names = choiceAttributes(queryToChoice('size=1&title-idle=x&transcript=on&muted=')).map(
      ([name]) => name,
    );
    const pair = fc.tuple(fc.constantFrom(...names, 'placement', '__proto__', 'script'), anyText);
    const anyQuery = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pair).map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&')),
    );
    fc.assert(
      fc.property(anyQuery, (query) => {
        const choice = queryToChoice(query);
        assert.deepEqual(queryToChoice(choiceToQuery(choice)), choice);
      }),
      RUNS,
    );
  });

  for (const query of [
    'size=big',
    'size=',
    'size=Infinity',
    'transcript=maybe',
    'placement=everywhere',
    'constructor=x',
    '%',
  ]) {
    it(`passes over ${query}`, () => assert.deepEqual(queryToChoice(query), DEFAULT_CHOICE));
  }
});

describe('the attributes of a choice', () => {
  it('come in the order of the table, booleans without a value', () => {
    const states = { idle: 'a', connecting: 'b', running: 'c' };
    const look = {
      titles: states,
      icons: states,
      background: 'red',
      buttonCss: 'gap: 1px',
      size: 24,
      transcript: true,
    };
    const choice = {
      agentId: 'parrot',
      server: '/',
      script: '/x.js',
      region: 'eu-west',
      configSrc: '/c.json',
      placement: 'none',
      trigger: '#talk',
      muted: true,
      disabled: true,
      look,
    };
    assert.deepEqual(choiceAttributes(choice), [
      ['agent-id', 'parrot'],
      ['server', '/'],
      ['region', 'eu-west'],
      ['config-src', '/c.json'],
      ['title-idle', 'a'],
      ['title-connecting', 'b'],
      ['title-running', 'c'],
      ['icon-idle', 'a'],
      ['icon-connecting', 'b'],
      ['icon-running', 'c'],
      ['background', 'red'],
      ['button-css', 'gap: 1px'],
      ['size', '24'],
      ['transcript', 'on'],
      ['placement', 'none'],
      ['trigger', '#talk'],
      ['muted', ''],
      ['disabled', ''],
    ]);
  });

  it('have none for a state that is the widget’s own', () => {
    const titles = { idle: '', connecting: '', running: 'Stop' };
    assert.deepEqual(choiceAttributes({ ...DEFAULT_CHOICE, look: { titles } }), [['title-running', 'Stop']]);
  });
});
