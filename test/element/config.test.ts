import { expect } from '@open-wc/testing';
import type { PerState } from '../../src/domain/button-state.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { afterTest } from '../support/browser/cleanup.js';
import { collectWarnings } from '../support/browser/warnings.js';
import { askForMicrophone } from '../support/browser/microphone.js';
import { iconOn, nameOf, wordsOn } from '../support/browser/shown.js';
import { SOURCES, write, type FieldNames } from '../support/browser/sources.js';
import { has, part, phase, until, widget } from '../support/browser/widget.js';

type State = keyof PerState<unknown>;

interface Field extends FieldNames {
  readonly name: string;
  /** In which the field can be seen. */
  readonly state: State;
  /** One for each source, the strongest first, and none like its neighbour. */
  readonly values: readonly unknown[];
  /** A wrong one, as a property and in a config, and what was expected instead. */
  readonly wrong: unknown;
  readonly expected: string;
  /** What a visitor gets, and what that is for a value; for `undefined`, by default. */
  readonly seen: (element: MillisVoiceAgent) => unknown;
  readonly shows: (value: unknown) => unknown;
}

const style = (element: MillisVoiceAgent): CSSStyleDeclaration => getComputedStyle(part(element, 'button'));
const DEFAULT_TITLES: PerState<string> = {
  idle: 'Talk to us',
  connecting: 'Connecting…',
  running: 'End call',
};
const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const CHAIN = ['config', 'child script', 'config-src'] as const;

function perState(state: State, name: 'title' | 'icon', others: string): FieldNames {
  const capital = state.charAt(0).toUpperCase() + state.slice(1);
  const complete = { idle: others, connecting: others, running: others };
  return {
    attribute: `${name}-${state}`,
    property: name + capital,
    inConfig: (value) => ({ [`${name}s`]: value === null ? null : { ...complete, [state]: value } }),
  };
}

function plain(name: string, attribute = name): FieldNames {
  return { attribute, property: name, inConfig: (value) => ({ [name]: value }) };
}

const FIELDS: readonly Field[] = [
  ...(['idle', 'connecting', 'running'] as const).flatMap((state): Field[] => [
    {
      ...perState(state, 'title', 'Another state'),
      name: `titles.${state}`,
      state,
      values: ['Fragen', 'Спросить', 'اسأل', '聞く'],
      wrong: 5,
      expected: 'a string, got 5',
      seen: (element) => [wordsOn(element), nameOf(element)],
      shows: (value = DEFAULT_TITLES[state]) => {
        const words = String(value);
        return [words, state === 'connecting' ? `${words} Cancel` : words];
      },
    },
    {
      ...perState(state, 'icon', '…'),
      name: `icons.${state}`,
      state,
      values: ['☎️', `${location.origin}/site/heart.svg`, 'Hi', DOT],
      wrong: 'javascript:alert(1)',
      expected:
        'an image URL (https, or of this site), data:image/…, <svg …>, an emoji or up to 6 letters, got "javascript:alert(1)"',
      seen: iconOn,
      shows: (value = 'own') => value,
    },
  ]),
  {
    ...plain('background'),
    name: 'background',
    state: 'idle',
    values: ['rgb(1, 2, 3)', 'rgb(4, 5, 6)', 'rgb(7, 8, 9)', 'rgb(10, 11, 12)'],
    wrong: 'url(/forbidden.png)',
    expected: 'no url(), got "url(/forbidden.png)"',
    seen: (element) => style(element).backgroundColor,
    shows: (value = 'rgb(59, 91, 219)') => value,
  },
  {
    ...plain('buttonCss', 'button-css'),
    name: 'buttonCss',
    state: 'idle',
    values: ['letter-spacing: 1px', 'letter-spacing: 2px', 'letter-spacing: 3px', 'letter-spacing: 4px'],
    wrong: ['letter-spacing: 5px'],
    expected: 'a string, got ["letter-spacing: 5px"]',
    seen: (element) => style(element).letterSpacing,
    shows: (value = ' normal') => String(value).split(' ')[1],
  },
  {
    ...plain('size'),
    name: 'size',
    state: 'idle',
    values: [100, 90, 80, 70],
    wrong: 23,
    expected: 'a whole number from 24 to 512, got 23',
    seen: (element) => part(element, 'button').offsetHeight,
    shows: (value = 64) => value,
  },
  {
    ...plain('transcript'),
    name: 'transcript',
    state: 'connecting',
    values: [false, true, false, true],
    wrong: 'yes',
    expected: 'a boolean, got "yes"',
    seen: (element) => has(element, 'transcript') && part(element, 'transcript').checkVisibility(),
    shows: (value = false) => value,
  },
];

/** An element whose button is in a state. */
async function elementIn(state: State): Promise<MillisVoiceAgent> {
  const prompt = state === 'connecting' ? askForMicrophone() : undefined;
  const { element } = await widget();
  if (state === 'idle') return element;
  const started = element.start();
  if (!prompt) {
    await started;
  } else {
    started.catch(() => undefined);
    await phase(element, 'requesting-microphone');
    afterTest(async () => {
      await element.end();
      prompt.refuse('NotAllowedError');
    });
  }
  await element.updateComplete;
  return element;
}

/** Waits for what has to be fetched. */
async function expectSeen(element: MillisVoiceAgent, { seen, shows }: Field, value: unknown): Promise<void> {
  // A mutation is told before whatever waits now.
  await Promise.resolve();
  await element.updateComplete;
  const wanted = JSON.stringify(shows(value));
  if (element.configSrc || element.server) await until(() => JSON.stringify(seen(element)) === wanted);
  expect(JSON.stringify(seen(element))).to.equal(wanted);
}

for (const field of FIELDS) {
  const { name, state, values, wrong, expected } = field;
  const [first, second, third, fourth] = values;

  describe(`${name} of a config`, function () {
    // What never comes is not waited for in each of so many tests.
    this.timeout(5000);

    for (const source of SOURCES) {
      it(`is taken from the ${source}`, async () => {
        const warnings = collectWarnings();
        const element = await elementIn(state);
        await expectSeen(element, field, undefined);
        const value = name === 'transcript' ? true : second;
        write(element, source, field, value);
        await expectSeen(element, field, value);
        expect(warnings).to.deep.equal([]);
      });
    }

    for (const strongest of ['attribute', 'property'] as const) {
      it(`is the ${strongest}'s, else the config's, the child script's, the fetched one, the default`, async () => {
        const element = await elementIn(state);
        const sources = [strongest, ...CHAIN];
        for (const [index, source] of sources.entries()) write(element, source, field, values[index]);
        for (const [index, source] of sources.entries()) {
          await expectSeen(element, field, values[index]);
          write(element, source, field, undefined);
        }
        await expectSeen(element, field, undefined);
      });
    }

    for (const [told, source, lower, left] of [
      ['attribute', 'property', 'config', first],
      ['config', 'config', 'child script', second],
      ['child script', 'child script', 'config-src', fourth],
      ['fetched config', 'config-src', undefined, undefined],
    ] as const) {
      it(`is dropped with one warning where the ${source} is wrong, and what is below holds`, async () => {
        const warnings = collectWarnings();
        const element = await elementIn(state);
        if (lower) write(element, lower, field, left);
        write(element, source, field, wrong);
        await until(() => warnings.length > 0);
        await expectSeen(element, field, left);
        expect(warnings).to.deep.equal([`<millis-voice-agent> ${told}: ${name}: expected ${expected}`]);
      });
    }

    it('is passed over without a word where it is null or absent', async () => {
      const warnings = collectWarnings();
      const element = await elementIn(state);
      write(element, 'property', field, null);
      element.config = field.inConfig(null);
      write(element, 'child script', { ...field, inConfig: () => ({}) }, null);
      write(element, 'config-src', field, name === 'transcript' ? true : third);
      await expectSeen(element, field, name === 'transcript' ? true : third);
      expect(warnings).to.deep.equal([]);
    });
  });
}
