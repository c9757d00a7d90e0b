const CORNERS = ['bottom-left', 'bottom-right', 'top-left', 'top-right'] as const;

/** Puts the panel into the corner of the window where it covers the least of the widget. It stays where it covers nothing. */
export function place(box: HTMLElement, host: HTMLElement): void {
  const parts = [host, ...(host.shadowRoot?.querySelectorAll('[part]') ?? [])];
  const taken = parts.map((part) => part.getBoundingClientRect());
  const covered = () => {
    const own = box.getBoundingClientRect();
    return taken.reduce((sum, rect) => sum + overlap(own, rect), 0);
  };
  if (box.dataset['corner'] && covered() === 0) return;
  const costs = CORNERS.map((corner) => {
    box.dataset['corner'] = corner;
    return covered();
  });
  box.dataset['corner'] = CORNERS[costs.indexOf(Math.min(...costs))];
}

/** The area that two boxes share, in square CSS pixels. */
function overlap(a: DOMRect, b: DOMRect): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return Math.max(0, width) * Math.max(0, height);
}
