type Range = readonly [least: number, most: number];

/** What may be said of some properties, so that the button stays where it is, can be read, and loads nothing. */
interface Rule {
  readonly names: RegExp;
  /** For lengths, in CSS pixels; `rem` counts as 16 of them, and so does `em` where nothing is drawn outside of the box. */
  readonly px?: Range;
  readonly percent?: Range;
  /** For numbers without a unit. Default: any. */
  readonly number?: Range;
  /** Functions beside those that every property may use. */
  readonly functions?: RegExp;
  /** Values that would hide something. */
  readonly without?: RegExp;
  /** For each shadow, how far from the box it may be seen, in CSS pixels. */
  readonly reach?: number;
  /** What else holds where no state is named. */
  readonly atRest?: Pick<Rule, 'number'>;
}

const COLORS = /^(rgba?|hsla?|hwb|(ok)?l(ab|ch)|color|color-mix|light-dark|var)$/i;
const TRANSPARENT =
  /transparent|color-mix|rgba\([^)]*, 0(\.[0-4]\d*)?\)|\/ (none|0(\.[0-4]\d*)?|[\d.]+e-\d+)\)/;
const IMAGES = /^((repeating-)?(linear|radial|conic)-gradient|calc|min|max|clamp)$/i;

/** The first rule that knows a name holds; a name that none knows is refused. */
const RULES: readonly Rule[] = [
  {
    names: /^background(-(?!blend)|$)/,
    px: [-9999, 9999],
    percent: [-999, 999],
    functions: IMAGES,
    without: /(^|\s)text(\s|,|$)/,
  },
  { names: /radius$/, px: [0, 9999], percent: [0, 100] },
  { names: /^border-image-(width|outset)$/, px: [0, 16], number: [0, 1] },
  { names: /^border(-|$)/, px: [0, 16], percent: [0, 100], functions: IMAGES, without: /fill/ },
  { names: /^outline-style$/, without: /^(none|initial|inherit|unset|revert)/ },
  { names: /^outline(-|$)/, px: [-16, 16], without: RegExp(`^(none|0px)$|${TRANSPARENT.source}`) },
  // What a word means here may be nothing, and then there is little to press.
  { names: /^min-/, px: [24, 512], without: /^[a-z]/ },
  { names: /^(max-)?(width|height|inline-size|block-size)$/, px: [24, 512], percent: [50, 100] },
  { names: /^(padding|row-gap|column-gap|gap)(-|$)/, px: [0, 64] },
  { names: /^line-height$/, px: [10, 96], percent: [80, 300], number: [0.8, 3] },
  { names: /^(letter|word)-spacing$/, px: [-2, 16] },
  { names: /^font-size-adjust$/, without: /\d/ },
  { names: /^font(-|$)/, px: [10, 64], percent: [50, 400], number: [1, 1000] },
  { names: /^box-shadow$/, px: [-64, 64], reach: 64 },
  { names: /^text-(shadow|transform|decoration.*|underline-offset)$/, px: [-8, 8] },
  { names: /^color$/, without: TRANSPARENT },
  { names: /^(text-align|justify-content|cursor)$/, without: /^none$/ },
  { names: /^opacity$/, number: [0.5, 1], percent: [50, 100] },
  {
    names: /^transform$/,
    px: [-8, 8],
    number: [0.9, 1.1],
    atRest: { number: [1, 1.1] },
    functions: /^(translate|scale)[xy]?$/i,
    // Said often enough, a little becomes a lot.
    without: /(translate|scale).*\1/i,
  },
  // Between its ends, a curve may leave them behind.
  { names: /^transition(-|$)/, percent: [0, 100], number: [-1, 2], functions: /^(cubic-bezier|linear)$/ },
];

const FUNCTION = /([\w-]*)\(/g;
const COLOR_CALL = /(?:rgba?|hsla?|hwb|(?:ok)?l(?:ab|ch)|color|color-mix)\((?:[^()]|\([^()]*\))*\)/gi;
const NUMBER = /(?<![\w#-])([+-]?(?:\d*\.)?\d+(?:e[+-]?\d+)?)([a-z%]*)/gi;
/** There an `em` counts as the largest that `font-size` may be: 64 CSS pixels. */
const DRAWN_OUTSIDE = /^(box|text|outline|border|transform)/;
const ANY: Range = [-Infinity, Infinity];
/** Who waits longer for a transition sees the wrong state. */
const SECONDS: Range = [-5, 5];
const RANGES: Readonly<Record<string, Range>> = {
  s: SECONDS,
  ms: SECONDS,
  deg: ANY,
  turn: ANY,
  grad: ANY,
  rad: ANY,
};

/**
 * What was expected instead of a value, or `undefined` for a good one. The value has to be the browser's own serialization, where
 * escapes and comments are resolved; inside `var()` they are not, so a backslash is refused. `atRest`: it is not for one state.
 */
export function expectedInstead(name: string, value: string, atRest = true): string | undefined {
  const found = RULES.find(({ names }) => names.test(name));
  if (!found) return 'a property that styles only the button';
  const rule = atRest ? { ...found, ...found.atRest } : found;
  for (const [, called = ''] of value.matchAll(FUNCTION)) {
    if (!COLORS.test(called) && !rule.functions?.test(called)) return `no ${called}()`;
  }
  if (rule.without?.test(value)) return 'a value that hides nothing';
  const isFont = /^font(-family)?$/.test(name);
  if (value.includes('\\') || (!isFont && /["']/.test(value))) return 'no string and no escape';
  if (name === 'font-family') return undefined;
  const emPx = DRAWN_OUTSIDE.test(name) ? 64 : 16;
  return wrongNumber(rule, value.replace(COLOR_CALL, ''), emPx);
}

function wrongNumber(rule: Rule, value: string, emPx: number): string | undefined {
  const { px, percent, number = ANY, reach = Infinity } = rule;
  // A comma in `var()` parts no shadows.
  for (const shadow of value.includes('var(') ? [value] : value.split(',')) {
    const lengths: number[] = [];
    for (const [, digits = '', written = ''] of shadow.matchAll(NUMBER)) {
      const unit = written.toLowerCase();
      const isLength = /^(px|r?em)$/.test(unit);
      const size = Number(digits) * (unit === 'em' ? emPx : unit === 'rem' ? 16 : unit === 'ms' ? 0.001 : 1);
      const range = isLength ? px : unit === '%' ? percent : unit === '' ? number : RANGES[unit];
      if (!range) return 'another unit, as px or rem';
      const [least, most] = range;
      if (size < least || size > most) return `${least} to ${most}${isLength ? 'px' : unit}`;
      if (isLength) lengths.push(size);
    }
    const [x = 0, y = 0, blur = 0, spread = 0] = lengths;
    if (Math.max(Math.abs(x), Math.abs(y)) + blur + spread > reach) return `at most ${reach}px around it`;
  }
  return undefined;
}
