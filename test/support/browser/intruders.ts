import type { MillisVoiceAgent } from '../../../src/element/millis-voice-agent.js';
import { nameOf } from './shown.js';
import { part } from './widget.js';

/** How far around the element's own box shadows, outlines and a moved button may be seen, in CSS pixels. */
export const MOST_AROUND_PX = 64;
const LEAST_TARGET_PX = 24;
/** Rounding of a layout. */
const TOLERANCE_PX = 0.6;

/** What our own templates make, and nothing else. */
const MARKUP: Readonly<Record<string, string>> = {
  div: 'class part role tabindex aria-label hidden',
  span: 'class part role data-shown aria-hidden',
  p: 'class part role hidden',
  button: 'class part type disabled',
  slot: 'name',
  svg: 'class viewbox aria-hidden',
  path: 'class d',
  circle: 'class cx cy r pathlength',
  img: 'src alt decoding referrerpolicy draggable',
};

/** All properties that can ask for an image. */
const MAY_LOAD =
  'background-image border-image-source list-style-image mask-image mask-border-source -webkit-mask-box-image-source cursor filter backdrop-filter content clip-path shape-outside offset-path fill stroke marker-start -webkit-box-reflect'.split(
    ' ',
  );

/** All that is wrong with a resting element, one line each. */
export function faultsOf(element: MillisVoiceAgent): string[] {
  const all = Array.from(element.renderRoot.querySelectorAll('*'));
  return [
    ...all.flatMap(foreignMarkup),
    ...all.flatMap(loading),
    ...all.flatMap((each) => drawnOutside(each, element)),
    ...buttonFaults(element),
  ];
}

function foreignMarkup(element: Element): string[] {
  const allowed = MARKUP[element.localName]?.split(' ');
  if (!allowed) return [`<${element.localName}> is not ours`];
  const names = element.getAttributeNames().filter((name) => !allowed.includes(name.toLowerCase()));
  const src = element.getAttribute('src') ?? 'data:image/';
  const isPicture = /^(data:image\/|https:)/.test(src) || src.startsWith(`${location.origin}/`);
  return [
    ...names.map((name) => `<${element.localName} ${name}> is not ours`),
    ...(isPicture ? [] : [`an image is ${src}`]),
  ];
}

function loading(element: Element): string[] {
  const pseudos = element.localName === 'button' ? [null, '::before', '::after'] : [null];
  return pseudos.flatMap((pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return MAY_LOAD.map((name) => [name, style.getPropertyValue(name)] as const)
      .filter(([, value]) => /url\(|image-set/.test(value))
      .map(([name, value]) => `${name}: ${value} would be loaded`);
  });
}

/** Where something can be seen, after what its ancestors cut off. */
function visibleRect(element: Element, host: Element): DOMRect | undefined {
  if (!element.checkVisibility({ visibilityProperty: true })) return undefined;
  let { left, top, right, bottom } = element.getBoundingClientRect();
  for (let node = element.parentElement; node && node !== host; node = node.parentElement) {
    const { overflow, clipPath } = getComputedStyle(node);
    if (overflow === 'visible' && clipPath === 'none') continue;
    const clip = node.getBoundingClientRect();
    left = Math.max(left, clip.left);
    top = Math.max(top, clip.top);
    right = Math.min(right, clip.right);
    bottom = Math.min(bottom, clip.bottom);
  }
  return right > left && bottom > top ? new DOMRect(left, top, right - left, bottom - top) : undefined;
}

function drawnOutside(element: Element, host: Element): string[] {
  const rect = visibleRect(element, host);
  // The small buttons of a call have their place beside a round button.
  if (!rect || element.matches('.unseen, .tools, .tools *')) return [];
  const box = host.getBoundingClientRect();
  const { transform, position, boxShadow, textShadow, outlineStyle, outlineWidth, outlineOffset } =
    getComputedStyle(element);
  const isMoved = element.closest('.call') !== null && transformOf(element) !== 'none';
  const around = Math.max(
    shadowReach(boxShadow),
    shadowReach(textShadow),
    outlineStyle === 'none' ? 0 : px(outlineWidth) + px(outlineOffset),
    reachOfBorderImage(element),
  );
  const beyond = Math.max(
    box.left - rect.left,
    box.top - rect.top,
    rect.right - box.right,
    rect.bottom - box.bottom,
  );
  const may = (isMoved ? MOST_AROUND_PX : 0) + TOLERANCE_PX;
  const name = `<${element.localName} class="${element.getAttribute('class') ?? ''}">`;
  return [
    ...(beyond > may ? [`${name} is ${beyond} px outside, transform ${transform}`] : []),
    ...(around > MOST_AROUND_PX ? [`${name} is drawn ${around} px around itself`] : []),
    ...(position === 'fixed' ? [`${name} is fixed`] : []),
  ];
}

function transformOf(element: Element): string {
  const button = element.closest('.call');
  return button ? getComputedStyle(button).transform : 'none';
}

function reachOfBorderImage(element: Element): number {
  const { borderImageSource, borderImageOutset, borderTopWidth } = getComputedStyle(element);
  if (borderImageSource === 'none') return 0;
  const outsets = borderImageOutset.split(' ');
  return Math.max(
    ...outsets.map((outset) => (outset.endsWith('px') ? px(outset) : px(outset) * px(borderTopWidth))),
  );
}

function shadowReach(shadows: string): number {
  const reaches = shadows
    .replace(/[\w-]+\([^()]*\)/g, '')
    .split(',')
    .map((shadow) => {
      const [x = 0, y = 0, blur = 0, spread = 0] = (shadow.match(/-?[\d.]+px/g) ?? []).map(px);
      return shadow.includes('inset') ? 0 : Math.max(Math.abs(x), Math.abs(y)) + blur + spread;
    });
  return Math.max(...reaches);
}

function px(length: string): number {
  return Number.parseFloat(length) || 0;
}

function buttonFaults(element: MillisVoiceAgent): string[] {
  const button = part(element, 'button');
  const { left, top, width, height } = button.getBoundingClientRect();
  const middle: [number, number] = [left + width / 2, top + height / 2];
  const hit = element.shadowRoot?.elementFromPoint(...middle);
  const { opacity, backgroundClip, filter, clipPath } = getComputedStyle(button);
  const holds = {
    // A letter, number, sign or mark of punctuation that can be seen and said.
    'is named': /[\p{L}\p{N}\p{P}\p{S}]/u.test(
      nameOf(element).replace(/[\u115F\u1160\u2800\u3164\uFFA0]/g, ''),
    ),
    'is visible': button.checkVisibility({
      visibilityProperty: true,
      opacityProperty: true,
      contentVisibilityAuto: true,
    }),
    'is opaque enough': Number(opacity) >= 0.5 && !backgroundClip.includes('text'),
    'is whole': filter === 'none' && clipPath === 'none',
    'is large enough': width >= LEAST_TARGET_PX - 0.01 && height >= LEAST_TARGET_PX - 0.01,
    'can be hit': hit != null && (hit === button || button.contains(hit)),
  };
  return Object.entries(holds)
    .filter(([, isTrue]) => !isTrue)
    .map(([what]) => `it is not so that the button ${what} (${width} x ${height})`);
}
