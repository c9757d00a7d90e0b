import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { BUTTON_STATES } from '../../src/domain/button-state.js';
import {
  describeProblem,
  MAX_CONFIG_CHARS,
  mergeSettings,
  parseEmbedConfig,
  readEmbedConfig,
} from '../../src/protocol/embed-config.js';

const STATES = { idle: 'a', connecting: 'b', running: 'c' };
const COMPLETE = {
  titles: STATES,
  icons: STATES,
  background: 'red',
  buttonCss: 'opacity: 1',
  size: 64,
  transcript: true,
  region: 'eu-west',
};
const FIELDS = Object.keys(COMPLETE);

/** The fields that say something, and the problems as sentences. */
function read(value: unknown): { settings: object; problems: string[] } {
  const { settings, problems } = readEmbedConfig(value);
  const said = Object.entries(settings).filter(([, each]) => each !== undefined && each !== null);
  return { settings: Object.fromEntries(said), problems: problems.map(describeProblem) };
}

describe('readEmbedConfig', () => {
  it('takes every field as it is', () => {
    expect(read(COMPLETE)).to.deep.equal({ settings: COMPLETE, problems: [] });
  });

  it('passes over fields that nobody knows, and over a prototype that is sent', () => {
    const sent: unknown = JSON.parse('{"colour": "red", "__proto__": {"size": 400}, "size": 30}');
    expect(read(sent)).to.deep.equal({ settings: { size: 30 }, problems: [] });
    expect(({} as { size?: number }).size).to.equal(undefined);
  });

  for (const nothing of [undefined, null, {}, Object.fromEntries(FIELDS.map((field) => [field, null]))]) {
    it(`has nothing to say of ${nothing === undefined ? 'nothing' : JSON.stringify(nothing)}`, () => {
      expect(read(nothing)).to.deep.equal({ settings: {}, problems: [] });
    });
  }

  for (const [field, value, problem] of [
    ['titles', 'Hi', 'titles: expected an object, got "Hi"'],
    ['titles', { ...STATES, idle: 5 }, 'titles.idle: expected a string, got 5'],
    ['titles', { ...STATES, running: null }, 'titles.running: expected a string, got null'],
    ['titles', { idle: 'a', connecting: 'b' }, 'titles.running: expected a string, got nothing'],
    ['icons', { ...STATES, connecting: ['x'] }, 'icons.connecting: expected a string, got ["x"]'],
    ['background', 7, 'background: expected a string, got 7'],
    ['buttonCss', { color: 'red' }, 'buttonCss: expected a string, got {"color":"red"}'],
    ['size', '64', 'size: expected a number, got "64"'],
    ['size', 64.5, 'size: expected a whole number from 24 to 512, got 64.5'],
    ['size', 23, 'size: expected a whole number from 24 to 512, got 23'],
    ['size', 513, 'size: expected a whole number from 24 to 512, got 513'],
    ['size', 1n, 'size: expected a number, got bigint'],
    ['size', Symbol('x'), 'size: expected a number, got symbol'],
    ['transcript', 'on', 'transcript: expected a boolean, got "on"'],
    [
      'region',
      'mars',
      'region: expected "us-west" or "eu-west"; nothing is called without a server, got "mars"',
    ],
    ['region', 5, 'region: expected a string, got 5'],
  ] as const) {
    it(`says "${problem}", and keeps the rest`, () => {
      const { settings, problems } = read({ ...COMPLETE, [field]: value });
      expect(problems).to.deep.equal([problem]);
      const kept = Object.fromEntries(Object.entries(COMPLETE).filter(([name]) => name !== field));
      expect(settings).to.deep.include(kept);
    });
  }

  it('keeps the good states of titles and icons', () => {
    const { settings } = readEmbedConfig({ titles: { ...STATES, idle: 5 } });
    expect(settings.titles).to.deep.equal({ idle: undefined, connecting: 'b', running: 'c' });
  });

  it('takes words that nobody sees for none', () => {
    const { settings } = readEmbedConfig({
      titles: { idle: '\u00AD', connecting: '\u3164 ', running: '\u0301' },
    });
    expect(settings.titles).to.deep.equal({ idle: '', connecting: '', running: '' });
  });

  it('keeps a region that cannot be read, so that nothing is called', () => {
    expect(readEmbedConfig({ region: 5 }).settings.region).to.equal('5');
    expect(readEmbedConfig({ region: 'mars' }).settings.region).to.equal('mars');
  });

  for (const value of ['text', 5, true, []]) {
    it(`says that ${JSON.stringify(value)} is no config`, () => {
      expect(read(value).problems).to.deep.equal([
        `config: expected an object, got ${JSON.stringify(value)}`,
      ]);
    });
  }

  it('shows what came in at most 80 characters', () => {
    const [problem] = readEmbedConfig({ size: 'x'.repeat(10_000) }).problems;
    expect(problem?.came).to.match(/^"x{79}…$/);
  });

  it('does not throw where reading does', () => {
    const config = {
      get size(): number {
        throw new Error('no');
      },
    };
    expect(read(config)).to.deep.equal({
      settings: {},
      problems: ['config: expected an object that can be read, got Error: no'],
    });
  });

  it('never throws, and gives only what has its type, whatever comes', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record(Object.fromEntries(FIELDS.map((field) => [field, fc.anything()]))),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const { settings, problems } = readEmbedConfig(value);
        expect(settings.size ?? 24).to.be.within(24, 512);
        expect(typeof (settings.background ?? '')).to.equal('string');
        expect(typeof (settings.buttonCss ?? '')).to.equal('string');
        expect(typeof (settings.transcript ?? true)).to.equal('boolean');
        for (const state of BUTTON_STATES) {
          expect(typeof (settings.titles?.[state] ?? '')).to.equal('string');
          expect(typeof (settings.icons?.[state] ?? '')).to.equal('string');
        }
        expect(problems.map(describeProblem).join('').length).to.be.below(2000);
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseEmbedConfig', () => {
  it('reads JSON', () => {
    expect(parseEmbedConfig(JSON.stringify(COMPLETE))).to.deep.equal({ settings: COMPLETE, problems: [] });
  });

  for (const [what, text, problem] of [
    ['broken JSON', '{"size": 64', /^config: expected JSON, got SyntaxError/],
    ['a page', '<!doctype html>', /^config: expected JSON, got SyntaxError/],
    ['nothing', '', /^config: expected JSON, got SyntaxError/],
    [
      'too much',
      `{"size": ${'6'.repeat(MAX_CONFIG_CHARS)}}`,
      /^config: expected at most 64 kB, got 65546 characters$/,
    ],
  ] as const) {
    it(`has one problem with ${what}`, () => {
      const { settings, problems } = parseEmbedConfig(text);
      expect(settings).to.deep.equal({});
      expect(problems).to.have.lengthOf(1);
      expect(problems.map(describeProblem)[0]).to.match(problem);
    });
  }
});

describe('mergeSettings', () => {
  it('takes each field, and each state, from the first that says something', () => {
    const merged = mergeSettings([
      { titles: { idle: '', connecting: undefined, running: undefined }, transcript: false },
      { titles: { idle: 'b', connecting: 'b', running: undefined }, size: 30, transcript: true },
      { titles: { idle: 'c', connecting: 'c', running: 'c' }, size: 40, background: 'red' },
    ]);
    expect(merged).to.deep.include({
      titles: { idle: '', connecting: 'b', running: 'c' },
      size: 30,
      transcript: false,
      background: 'red',
    });
  });
});
