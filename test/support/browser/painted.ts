import type { MillisVoiceAgent } from '../../../src/element/millis-voice-agent.js';
import { part } from './widget.js';

type Rgb = readonly [red: number, green: number, blue: number];

const BACKGROUND =
  'background-color background-image background-size background-position background-repeat background-clip background-origin'.split(
    ' ',
  );

/** How well the words and the icon of the resting button can be read: the lowest contrast on any of its pixels (WCAG 2.2). */
export interface Readability {
  readonly words: number;
  readonly icon: number;
}

/**
 * Measures by painting: the browser draws the backgrounds once more into a picture, and its pixels are read. `page` is the colour
 * behind the button.
 */
export async function readability(element: MillisVoiceAgent, page: string): Promise<Readability> {
  const button = part(element, 'button');
  const icon = part(element, 'icon');
  const { width, height } = button.getBoundingClientRect();
  const style = getComputedStyle(button);
  const scrim = getComputedStyle(button, '::before').backgroundColor;
  const layers = [
    `background: ${page}`,
    `color: ${style.color};${BACKGROUND.map((name) => `${name}: ${style.getPropertyValue(name)}`).join(';')}`,
    `background: ${scrim}`,
  ];
  const inIcon = getComputedStyle(icon);
  const worst = async (text: string, seen: readonly string[]) => {
    const [color = [0, 0, 0] as const] = await pixels([`background: ${text}`], 1, 1);
    const all = await pixels(seen, Math.round(width), Math.round(height));
    return Math.min(...all.map((pixel) => contrast(color, pixel)));
  };
  return {
    words: await worst(style.color, layers),
    icon: await worst(inIcon.color, [...layers, `background: ${inIcon.backgroundColor}`]),
  };
}

/** What is seen of layers that lie on each other, the last one on top. */
async function pixels(layers: readonly string[], width: number, height: number): Promise<Rgb[]> {
  const box = document.createElement('div');
  box.setAttribute('xmlns', 'http://www.w3.org/1999/xhtml');
  for (const layer of layers) {
    const drawn = document.createElement('div');
    drawn.setAttribute('style', `position: absolute; inset: 0; ${layer}`);
    box.append(drawn);
  }
  const image = new Image();
  const markup = new XMLSerializer().serializeToString(box);
  image.src = `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${markup}</foreignObject></svg>`,
  )}`;
  await image.decode();
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return Array.from({ length: width * height }, (_, index): Rgb => {
    const [red = 0, green = 0, blue = 0] = data.subarray(index * 4);
    return [red, green, blue];
  });
}

function contrast(first: Rgb, second: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
