import { expect } from '@open-wc/testing';

/** What axe finds wrong with an element, or an empty text. */
export async function axeOn(element: HTMLElement): Promise<string> {
  try {
    await expect(element).to.be.accessible();
    return '';
  } catch (error) {
    return String(error);
  }
}

/** Where the focus is: a part of the element, or an id of the page. */
export function focused(): string {
  const active = document.activeElement;
  const within = active?.shadowRoot?.activeElement;
  return within?.getAttribute('part') ?? within?.getAttribute('aria-label') ?? active?.id ?? '';
}
