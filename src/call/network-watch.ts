/** What browsers tell of the network (Network Information API; Firefox and Safari have no `navigator.connection`). */
interface Networked {
  readonly connection?: EventTarget;
}

/** Tells when the visitor's network went, came, or became another one, as far as the browser sees it. */
export function watchNetwork(signal: AbortSignal, onChange: () => void): void {
  for (const type of ['online', 'offline']) addEventListener(type, onChange, { signal });
  (navigator as Networked).connection?.addEventListener('change', onChange, { signal });
}
