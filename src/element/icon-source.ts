import { printable } from '../domain/printable.js';

/** What an icon of a config is: something for an `<img>`, or a few letters. */
export type IconSource = { readonly image: string } | { readonly text: string; readonly long: boolean };

const MAX_CHARS = 65_536;
const MAX_LETTERS = 6;
const XMLNS = 'http://www.w3.org/2000/svg';
const ADDRESS = /^[a-z][a-z\d+.-]*:|^\.{0,2}\/|\.(svg|png|gif|jpe?g|webp|avif|ico)([?#].*)?$/i;

/**
 * Reads an icon: inline SVG text, `data:image/…`, an image's URL (https, or of the page's own origin), or an emoji or short text.
 * `undefined` for anything else. SVG becomes an image, too: in an `<img>` it runs no script and loads nothing. `color` is what its
 * `currentColor` means. Never throws.
 */
export function readIcon(text: string, color: string): IconSource | undefined {
  const icon = printable(text).trim();
  if (icon === '' || icon.length > MAX_CHARS) return undefined;
  try {
    if (icon.startsWith('<')) return readSvg(icon, color);
    if (ADDRESS.test(icon)) return readAddress(icon);
  } catch {
    return undefined;
  }
  const letters = countLetters(icon);
  return letters <= MAX_LETTERS ? { text: icon, long: letters > 2 } : undefined;
}

/** Throws a `URIError` for half a character. */
function readSvg(svg: string, color: string): IconSource | undefined {
  if (!/<svg[\s>]/.test(svg)) return undefined;
  // An attribute that is there twice makes it no image at all.
  const lacks = (name: string, value: string): string =>
    RegExp(`<svg[^>]*\\s${name}\\s*=`).test(svg) ? '' : ` ${name}="${value}"`;
  const image = svg.replace(/<svg(?=[\s>])/, `$&${lacks('xmlns', XMLNS)}${lacks('color', color)}`);
  return { image: `data:image/svg+xml,${encodeURIComponent(image)}` };
}

/** Throws a `TypeError` for what is no URL. */
function readAddress(text: string): IconSource | undefined {
  if (/^data:image\//i.test(text)) return { image: text };
  const { href, protocol, origin } = new URL(text, document.baseURI);
  const allowed = protocol === 'https:' || (protocol === 'http:' && origin === location.origin);
  return allowed ? { image: href } : undefined;
}

/** An emoji may be many characters, and is one letter. */
function countLetters(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}
