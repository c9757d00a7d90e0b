/** Red, green, blue and alpha in sRGB, 0 to 1. */
type Color = readonly [red: number, green: number, blue: number, alpha: number];

type Extremes = readonly [darkest: Color, lightest: Color];

/** What makes text readable on a background. */
export interface Readable {
  readonly color: '#fff' | '#000';
  /** How much the background has to be darkened, 0 to 1, where neither white nor black can be read everywhere on it. */
  readonly scrim: number;
}

/** WCAG 2.2, success criterion 1.4.3. */
const LEAST_CONTRAST = 4.5;
const COLOR = /(?:rgba?|hsla?|hwb|(?:ok)?l(?:ab|ch)|color)\([^()]*\)/g;
const GRADIENT = /[\w-]+-gradient\((?:[^()]|\([^()]*\))*\)/g;
/** Between two stops there may be any hue. */
const UNCERTAIN = /\bin (hsl|hwb|lch|oklch)\b/;
/** A layer of such a size and place leaves nothing free. Percentages place nothing where nothing is left over. */
const WHOLE_SIZE = /^((auto|cover|contain|100%)( auto| 100%)?(, )?)+$/;
const WHOLE_PLACE = /^[^p]*$/;
const STEPS = [0, 0.25, 0.5, 0.75];
/** White can be read on any colour that is darkened by the last of them. */
const SCRIMS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.56];
const BLACK: Color = [0, 0, 0, 1];
const WHITE: Color = [1, 1, 1, 1];

/**
 * White, or black where white is not readable, for text on the background of `probe`: both are tried on the lightest and the
 * darkest colour that may be there. The probe must be new in the document, since an element that changes its background slowly
 * still has the old one; its own `color` is overwritten.
 */
export function readableOn(probe: HTMLElement): Readable {
  const [, lightest] = colorsOn(probe, '#fff');
  if (isWhiteReadable(lightest)) return { color: '#fff', scrim: 0 };
  const [darkest] = colorsOn(probe, '#000');
  if ((luminance(darkest) + 0.05) / 0.05 >= LEAST_CONTRAST) return { color: '#000', scrim: 0 };
  const scrim = SCRIMS.find((alpha) => isWhiteReadable(over([0, 0, 0, alpha], lightest))) ?? 0.56;
  return { color: '#fff', scrim };
}

/** The darkest and the lightest colour that may be on `probe` while its text has a colour, which a background can refer to. */
function colorsOn(probe: HTMLElement, text: Readable['color']): Extremes {
  probe.style.color = text;
  const { backgroundColor, backgroundImage, backgroundSize, backgroundPosition } = getComputedStyle(probe);
  const image = backgroundImage.replace(/currentcolor/gi, getComputedStyle(probe).color);
  if (UNCERTAIN.test(image)) return [BLACK, WHITE];
  const isWhole = WHOLE_SIZE.test(backgroundSize) && WHOLE_PLACE.test(backgroundPosition);
  let colors: Color[] = [over(toColor(backgroundColor, probe), colorBehind(probe))];
  // The first layer is on top.
  for (const layer of (image.match(GRADIENT) ?? []).reverse()) {
    const stops = (layer.match(COLOR) ?? []).map((color) => toColor(color, probe));
    const drawn = colors.flatMap((under) => between(stops).map((color) => over(color, under)));
    colors = [...extremes(isWhole ? drawn : [...drawn, ...colors])];
  }
  return extremes(colors);
}

function isWhiteReadable(background: Color): boolean {
  return 1.05 / (luminance(background) + 0.05) >= LEAST_CONTRAST;
}

/** What is seen through an element: the backgrounds around it, down to the page's. */
function colorBehind(probe: HTMLElement): Color {
  const layers: Color[] = [];
  for (let node = parentOf(probe); node && layers.at(-1)?.[3] !== 1; node = parentOf(node)) {
    layers.push(toColor(getComputedStyle(node).backgroundColor, probe));
  }
  return layers.reduceRight((under, layer) => over(layer, under), toColor('Canvas', probe));
}

function parentOf(node: Element): Element | null {
  const root = node.getRootNode();
  return node.assignedSlot ?? node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** Lets the browser do the reading, for whatever way of writing a colour it knows. */
function toColor(text: string, probe: HTMLElement): Color {
  probe.style.color = `color-mix(in srgb, ${text}, ${text})`;
  const { color } = getComputedStyle(probe);
  // A channel may be `none`.
  const channels = (color.match(/-?[\d.]+(e-?\d+)?|none/g) ?? []).map((channel) => Number(channel) || 0);
  const [red = 0, green = 0, blue = 0, alpha = 1] = channels;
  return [red, green, blue, alpha];
}

/** The stops, and what a gradient draws between them. */
function between(stops: readonly Color[]): Color[] {
  return stops.flatMap((from, index) =>
    STEPS.map((step) => mix(from, stops[index + 1] ?? from, (a, b) => a + (b - a) * step)),
  );
}

function over(color: Color, under: Color): Color {
  const alpha = color[3];
  return [...mix(color, under, (a, b) => a * alpha + b * (1 - alpha)).slice(0, 3), 1] as unknown as Color;
}

function mix(first: Color, second: Color, channel: (a: number, b: number) => number): Color {
  return first.map((value, index) => channel(value, second[index] ?? 0)) as unknown as Color;
}

function extremes(colors: readonly Color[]): Extremes {
  const sorted = colors.toSorted((a, b) => luminance(a) - luminance(b));
  const [darkest = BLACK] = sorted;
  return [darkest, sorted.at(-1) ?? darkest];
}

/** WCAG 2.2, relative luminance. */
function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const clamped = Math.min(1, Math.max(0, value));
    return clamped <= 0.04045 ? clamped / 12.92 : ((clamped + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
