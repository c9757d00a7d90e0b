import { announce, create } from './dom.js';

const SHOWN_MS = 1_800;

/**
 * Puts a text on the clipboard and says so. Where the browser forbids that (an insecure page, a policy), the element that shows the text is
 * selected, so that the visitor's own copy takes it.
 */
export async function copyText(text: string, shownIn: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell('Copied');
  } catch {
    getSelection()?.selectAllChildren(shownIn);
    shownIn.closest<HTMLElement>('[tabindex]')?.focus();
    tell('The browser does not let this page copy. It is selected: copy it with your keyboard.');
  }
}

/** Copies the address of the page as `addressOf` makes it. */
export async function copyAddress(address: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(address);
    tell('Link copied');
  } catch {
    tell('The browser does not let this page copy. The link is in its address bar.');
  }
}

/** Shown for a moment, and said. */
function tell(text: string): void {
  announce(text);
  const toast = create('p', { class: 'toast', 'aria-hidden': 'true' }, text);
  document.body.append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}
