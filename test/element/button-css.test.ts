import { expect } from '@open-wc/testing';
import { readBackground, readButtonCss } from '../../src/element/button-css.js';
import { describeProblem, type ConfigProblem } from '../../src/protocol/embed-config.js';
import { collectWarnings } from '../support/browser/warnings.js';
import { part, widget } from '../support/browser/widget.js';

/** The declarations that are left, as CSS. */
function left(css: string): string {
  return readButtonCss(css, [])
    .filter(({ declarations }) => declarations.length > 0)
    .map(({ pseudo, declarations }) => `${pseudo}{${declarations.map((each) => each.join(':')).join(';')}}`)
    .join('');
}

function problemsOf(css: string): string[] {
  const problems: ConfigProblem[] = [];
  readButtonCss(css, problems);
  return problems.map(describeProblem);
}

async function styleWith(css: string): Promise<CSSStyleDeclaration> {
  const { element } = await widget();
  element.buttonCss = css;
  await element.updateComplete;
  return getComputedStyle(part(element, 'button'));
}

describe('buttonCss: what a designer pastes', () => {
  for (const [css, expected] of [
    ['border-radius: 12px; font-weight: 700;', { borderTopLeftRadius: '12px', fontWeight: '700' }],
    ['padding: 0 1.5rem; letter-spacing: .02em', { paddingLeft: '24px', letterSpacing: '0.32px' }],
    ['color: #000', { color: 'rgb(0, 0, 0)' }],
    [
      'color: #FFCC00; background-color: #123',
      { color: 'rgb(255, 204, 0)', backgroundColor: 'rgb(17, 34, 51)' },
    ],
    [
      'background: linear-gradient(135deg, #667eea 0%, #764ba2 100%)',
      { backgroundImage: 'linear-gradient(135deg, rgb(102, 126, 234) 0%, rgb(118, 75, 162) 100%)' },
    ],
    [
      '/* Brand */\nborder: 2px solid rgba(255, 255, 255, .4);\nbox-shadow: 0 10px 30px -5px rgba(0,0,0,.3);',
      { borderTopWidth: '2px', boxShadow: 'rgba(0, 0, 0, 0.3) 0px 10px 30px -5px' },
    ],
    [
      'box-shadow: 0 25px 50px -12px rgb(0 0 0 / 0.25)',
      { boxShadow: 'rgba(0, 0, 0, 0.25) 0px 25px 50px -12px' },
    ],
    [
      "font: 600 18px/1.2 'Inter', system-ui, sans-serif",
      { fontSize: '18px', fontWeight: '600', lineHeight: '21.6px' },
    ],
    ['text-transform: uppercase; text-shadow: 0 1px 2px rgba(0,0,0,.4)', { textTransform: 'uppercase' }],
    ['width: 240px; height: 3rem; min-height: 48px', { width: '240px', height: '48px' }],
    [
      'BORDER-RADIUS: 4PX; COLOR: White !important',
      { borderTopLeftRadius: '4px', color: 'rgb(255, 255, 255)' },
    ],
    ['border: 3px solid; border-image: linear-gradient(red, blue) 1', { borderImageSlice: '1' }],
    [
      'transition: transform .2s cubic-bezier(.68, -.55, .27, 1.55), box-shadow 200ms ease;',
      { transitionDuration: '0.2s, 0.2s' },
    ],
    [
      'background-image: repeating-linear-gradient(45deg, rgb(0 0 0 / .1) 0 4px, transparent 4px 8px); background-size: 16px 16px',
      { backgroundSize: '16px 16px' },
    ],
    ['&:hover { transform: translateY(-2px) scale(1.02) } opacity: .9;', { opacity: '0.9' }],
    [
      'transition: all .2s;\n&:hover, &:focus-visible {\n  filter: none;\n}\n&:active { transform: scale(.97); }',
      { transitionDuration: '0.2s' },
    ],
  ] as const) {
    it(css, async () => {
      const warnings = collectWarnings();
      expect(await styleWith(css)).to.include(expected);
      const refused = css.includes('filter') ? 1 : 0;
      expect(warnings).to.have.lengthOf(refused);
    });
  }

  it('has rules for the states of the button', () => {
    expect(
      left('opacity:1;&:hover{opacity:.9}&:focus-visible{outline:1px dotted}&:ACTIVE,&:disabled{opacity:.6}'),
    ).to.match(
      /^\{opacity:1\}:hover\{opacity:0\.9\}:focus-visible\{.*outline-width:1px\}:active\{opacity:0\.6\}:disabled\{opacity:0\.6\}$/,
    );
  });
});

describe('buttonCss: what is refused, with one warning', () => {
  for (const [what, css, rest = ''] of [
    ['url()', 'background-image: url(/site/forbidden.svg); opacity: 1', '{opacity:1}'],
    ['an escaped url()', 'background-image: \\75rl(/site/forbidden.svg); opacity: 1', '{opacity:1}'],
    ['url() in a variable', 'background-image: var(--q, url(/site/forbidden.svg))'],
    ['an escaped url() in a variable', 'background-image: var(--q, \\75rl(/site/forbidden.svg))'],
    ['image-set()', 'background-image: image-set("/site/forbidden.svg" 1x)'],
    ['a picture as data', 'background-image: url(data:image/png;base64,AAAA)'],
    ['a cursor from elsewhere', 'cursor: url(/site/forbidden.svg), auto'],
    ['@import', '@import "/site/forbidden.svg"; opacity: 1', '{opacity:1}'],
    ['@font-face', 'opacity: 1; @font-face { font-family: x; src: url(/site/forbidden.svg) }', '{opacity:1}'],
    ['@media', '@media all { opacity: 1 }'],
    ['a rule for something else', '& .label { opacity: 1 }'],
    ['a rule for everything', '* { opacity: 1 }'],
    ['a rule for a pseudo-element', '&::before { content: "x" }'],
    [':host', ':host { display: block }'],
    ['a rule in a rule', '&:hover { opacity: 1; &:active { opacity: 1 } }', ':hover{opacity:1}'],
    ['position', 'position: fixed; opacity: 1', '{opacity:1}'],
    ['margin, once', 'margin: -20px'],
    ['a breakout with a brace', 'opacity: 1; } x { opacity: 0.5', '{opacity:1}'],
    ['a breakout with a tag', '}</style><img src=x onerror=alert(1)>'],
    ['display', 'display: none'],
    ['a custom property', '--_size: 4000px'],
    ['javascript:', 'background-image: javascript:alert(1)'],
    ['what no browser understands', 'colour: red; opacity: 1', '{opacity:1}'],
    ['all', 'all: unset'],
    ['all, and not what is beside it', 'all: unset; opacity: 1', '{opacity:1}'],
    ['opacity that hides', 'opacity: 0.1'],
    ['opacity that may hide', 'opacity: var(--q, 0)'],
    ['colour that hides', 'color: rgb(0 0 0 / 0.1)'],
    ['colour that may hide', 'color: var(--q, transparent)'],
    ['colour mixed with nothing', 'color: color-mix(in srgb, red 1%, transparent)'],
    ['words cut out of the background', 'background-clip: text'],
    ['a size that cannot be pressed', 'min-height: 4px'],
    ['a smallest size that is none', 'min-height: initial'],
    ['a shrunken button', 'transform: scale(0.9)'],
    ['transforms that add up', `transform: ${'scale(1.1) '.repeat(20)}`],
    ['a shadow over the page', 'box-shadow: 0 0 0 999px red'],
    ['a shadow that adds up', 'box-shadow: 0 20px 40px 20px red'],
    ['a shadow in large letters', 'box-shadow: 0 0 0 1.5em red'],
    ['a border over the page', 'border-image-outset: 100'],
    ['a border over the words', 'border-image-slice: 1 fill'],
    ['a ring that cannot be seen', '&:focus-visible { outline-style: none }'],
    ['a ring that is nothing', '&:focus-visible { outline-style: initial }'],
    ['a curve that leaves its ends', 'transition-timing-function: cubic-bezier(0, 99, 1, -99)'],
    ['a state that never comes', 'transition-delay: 9999s'],
    ['letters of no size', 'font-size-adjust: 0'],
    ['mixed layers', 'background-blend-mode: difference'],
  ] as const) {
    it(what, () => {
      expect(left(css)).to.equal(rest);
      const problems = problemsOf(css);
      // What follows a brace is named as a rule, and as text that was not understood.
      expect(problems).to.have.lengthOf(what === 'a breakout with a brace' ? 2 : 1);
      expect(problems[0]).to.match(/^buttonCss: expected .+, got ./);
    });
  }

  it('all of it, and nothing is left of the element that was not there', async () => {
    collectWarnings();
    const style = await styleWith(
      'position: fixed; inset: 0; display: none; } * { display: none !important } x {',
    );
    expect(style).to.include({ position: 'relative', display: 'flex' });
  });

  it('what is in what was fetched as __proto__', () => {
    const config = JSON.parse('{"__proto__": {"buttonCss": "opacity: 0.5"}}') as object;
    expect(Object.keys(config)).to.deep.equal(['__proto__']);
    expect(left('__proto__: 1; constructor: 2')).to.equal('');
  });

  it('what is huge, without taking long', () => {
    const css = 'opacity: 0.9; background-image: url(/site/forbidden.svg);'.repeat(1000);
    const startedAt = performance.now();
    expect(left(css)).to.equal('{opacity:0.9}');
    expect(performance.now() - startedAt).to.be.below(1000);
  });
});

describe('readBackground', () => {
  for (const [text, value] of [
    ['red', 'red'],
    [' linear-gradient( red , blue ) ', 'linear-gradient(red, blue)'],
    ['light-dark(#fff, #000)', 'light-dark(rgb(255, 255, 255), rgb(0, 0, 0))'],
    ['var(--brand, red)', 'var(--brand, red)'],
    ['red /* } */', 'red'],
    ['url(/x)', undefined],
    ['linear-gradient(red, blue), \\75rl(/x)', undefined],
    ['image-set("/x" 1x)', undefined],
    ['var(--brand, url(/x))', undefined],
    ['red; position: fixed', undefined],
    ['red} :host { display: none', undefined],
    ['linear-gradient(red, blue) text', undefined],
    ['javascript:alert(1)', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${JSON.stringify(text)} as ${value ?? 'none, and says so once'}`, () => {
      const problems: ConfigProblem[] = [];
      expect(readBackground(text, problems)).to.equal(value);
      expect(problems).to.have.lengthOf(value === undefined ? 1 : 0);
    });
  }
});
