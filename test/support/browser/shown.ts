import { part } from './widget.js';
import { MillisVoiceAgent } from '../../../src/element/millis-voice-agent.js';

/** The words that are to be seen on the button. */
export function wordsOn(element: MillisVoiceAgent): string {
  const label = part(element, 'button').querySelector<HTMLElement>('.label [data-shown]');
  return label?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ? label.innerText : '';
}

/** The accessible name of the button: the text in it that is not hidden from everybody, or from assistive technology. */
export function nameOf(element: MillisVoiceAgent): string {
  const texts: string[] = [];
  const walker = document.createTreeWalker(part(element, 'button'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (owner?.closest('[aria-hidden=true]')) continue;
    if (owner?.checkVisibility({ visibilityProperty: true })) texts.push(node.textContent ?? '');
  }
  return texts.join(' ').replace(/\s+/g, ' ').trim();
}

/** What is to be seen as the icon: the address of an image, letters, or `own` for one of ours. */
export function iconOn(element: MillisVoiceAgent): string {
  const icon = part(element, 'icon').querySelector<HTMLElement>('[data-shown]');
  const image = icon?.querySelector('img');
  if (image) return image.src;
  return icon?.querySelector('.letters')?.textContent ?? (icon?.querySelector('svg') ? 'own' : '');
}
