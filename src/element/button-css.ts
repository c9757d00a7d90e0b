import { problem, type ConfigProblem } from '../protocol/embed-config.js';
import { expectedInstead } from './css-values.js';

/** Which state of the button declarations are for; '' is every state. */
type ButtonPseudo = '' | ':hover' | ':focus-visible' | ':active' | ':disabled';

/** Firefox and Safari know `all` as each of its properties; nobody writes as many. */
const MOST_PROPERTIES = 150;

type Declaration = readonly [name: string, value: string];

/** Declarations that are safe to write into a rule with `setProperty`. */
export interface SafeRule {
  readonly pseudo: ButtonPseudo;
  readonly declarations: readonly Declaration[];
}

const EXPECTED = 'declarations for the button, or &:hover, &:focus-visible, &:active, &:disabled';
const BLOCK = /[^;{}]*\{(?:[^{}]|\{[^{}]*\})*\}/g;
const NESTED = /^&(:hover|:focus-visible|:active|:disabled)$/;
/** With `var()` in it, a shorthand has no longhands yet, and is taken whole. */
const SHORTHANDS = 'background border border-color border-radius padding font outline gap transition'.split(
  ' ',
);

/**
 * The good declarations of a `buttonCss`; what is refused is added to `problems`. The browser parses the text as one rule of a
 * style sheet that is never applied: nothing in it loads, and what breaks out of the rule is seen as another one. Never throws.
 */
export function readButtonCss(text: string, problems: ConfigProblem[]): readonly SafeRule[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`x{${text}}`);
  const [own, ...foreign] = sheet.cssRules;
  if (!(own instanceof CSSStyleRule)) return [];
  const rules: SafeRule[] = [{ pseudo: '', declarations: safeDeclarations(own.style, '', problems) }];
  // A browser that does not know nesting has no rules in rules.
  const allNested = [...((own as Partial<CSSStyleRule>).cssRules ?? [])];
  for (const nested of allNested) {
    const pseudos = nestedPseudos(nested);
    if (pseudos) {
      const { style, cssRules } = nested as CSSStyleRule;
      foreign.push(...((cssRules as CSSRuleList | undefined) ?? []));
      const declarations = safeDeclarations(style, pseudos[0] ?? '', problems);
      rules.push(...pseudos.map((pseudo) => ({ pseudo, declarations })));
    } else {
      foreign.push(nested);
    }
  }
  for (const { cssText } of foreign) problems.push(problem('buttonCss', cssText, EXPECTED));
  tellNotUnderstood(text, allNested.filter(({ cssText }) => cssText.includes('{')).length, problems);
  return rules;
}

/** The value of a CSS `background` that loads nothing, as the browser writes it. */
export function readBackground(text: string, problems: ConfigProblem[]): string | undefined {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('x{}');
  const { style } = sheet.cssRules[0] as CSSStyleRule;
  style.setProperty('background', text);
  const value = style.getPropertyValue('background');
  const expected = value === '' ? 'a CSS background' : expectedInstead('background', value);
  if (expected === undefined) return value;
  problems.push(problem('background', text, expected));
  return undefined;
}

/** The states that a nested rule is for, or `undefined` when it is for anything else. */
function nestedPseudos(rule: CSSRule): ButtonPseudo[] | undefined {
  // CSSNestedDeclarations: what stands after a nested rule and belongs to the rule around it.
  if (!('selectorText' in rule)) return 'style' in rule ? [''] : undefined;
  const pseudos = String(rule.selectorText)
    .split(',')
    .map((selector) => NESTED.exec(selector.trim())?.[1] as ButtonPseudo | undefined);
  return pseudos.includes(undefined) ? undefined : (pseudos as ButtonPseudo[]);
}

function safeDeclarations(
  style: CSSStyleDeclaration,
  pseudo: ButtonPseudo,
  problems: ConfigProblem[],
): readonly Declaration[] {
  const isAll = style.item(0) === 'all' || style.length > MOST_PROPERTIES;
  if (isAll) problems.push(problem('buttonCss', 'all', EXPECTED));
  const names = [
    ...[...style].filter((name) => !isAll || style.getPropertyValue(name) !== style.zoom),
    ...SHORTHANDS.filter((name) => style.getPropertyValue(name).includes('var(')),
  ];
  return names.flatMap((name): Declaration[] => {
    const value = style.getPropertyValue(name);
    if (value === '') return [];
    const expected = expectedInstead(name, value, pseudo === '');
    if (expected === undefined) return [[name, value]];
    tellRefused(style, name, expected, problems);
    return [];
  });
}

/** Once for `margin: 0`, which the browser knows as four. */
function tellRefused(
  style: CSSStyleDeclaration,
  name: string,
  expected: string,
  problems: ConfigProblem[],
): void {
  const [shorthand = ''] = name.split('-');
  const whole = style.getPropertyValue(shorthand);
  const came = whole ? `${shorthand}: ${whole}` : `${name}: ${style.getPropertyValue(name)}`;
  const told = problem('buttonCss', came, expected);
  if (!problems.some((other) => other.came === told.came)) problems.push(told);
}

/** A parser drops what it does not understand without a word. */
function tellNotUnderstood(text: string, nested: number, problems: ConfigProblem[]): void {
  const tell = (came: string) =>
    problems.push(problem('buttonCss', came.trim(), 'CSS that this browser understands'));
  const own = text.replace(/\/\*[^]*?(\*\/|$)/g, '');
  if ((own.match(BLOCK)?.length ?? 0) > nested) tell(text);
  // Not in an address, as of `data:`.
  for (const declaration of own.replace(BLOCK, '').split(/;(?![^(]*\))/)) {
    const [, name = '', value = ''] = /^\s*([\w-]+)\s*:([^]*?)(!\s*important\s*)?$/i.exec(declaration) ?? [];
    if (declaration.trim() && !CSS.supports(name, value)) tell(declaration);
  }
}
