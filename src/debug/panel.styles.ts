/** Of the panel's own shadow root: nothing of the page or of the widget reaches into it. */
export const PANEL_STYLES = `
  :host {
    all: initial;
    position: fixed;
    inset: auto;
    z-index: 2147483647;
    box-sizing: border-box;
    display: flex;
    flex-direction: column;
    inline-size: min(24rem, 100vw - 16px);
    max-block-size: min(34rem, 60dvh);
    border: 1px solid color-mix(in srgb, CanvasText 30%, transparent);
    border-radius: 10px;
    background: Canvas;
    color: CanvasText;
    color-scheme: inherit;
    font: 13px/1.45 system-ui, sans-serif;
    box-shadow: 0 8px 28px -8px rgb(0 0 0 / 0.45);
    overflow: hidden;
  }
  :host([data-corner^='bottom']) { bottom: 8px; }
  :host([data-corner^='top']) { top: 8px; }
  :host([data-corner$='left']) { left: 8px; }
  :host([data-corner$='right']) { right: 8px; }
  @media (max-width: 480px) {
    :host { max-block-size: 34dvh; }
  }
  * { box-sizing: border-box; margin: 0; }
  [hidden] { display: none; }
  .head, .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    padding: 8px 12px;
  }
  .head { border-block-end: 1px solid color-mix(in srgb, CanvasText 15%, transparent); }
  .foot { border-block-start: 1px solid color-mix(in srgb, CanvasText 15%, transparent); }
  h2 { flex: 1; font-size: 14px; }
  h3 {
    margin-block: 12px 3px;
    font-size: 11px;
    letter-spacing: 0.06em;
    text-transform: uppercase;
    color: color-mix(in srgb, CanvasText 72%, Canvas);
  }
  section:first-child h3 { margin-block-start: 0; }
  .body { flex: 1; min-block-size: 0; padding: 10px 12px; overflow-y: auto; overscroll-behavior: contain; }
  dl { display: grid; grid-template-columns: minmax(1.2em, max-content) 1fr; gap: 2px 12px; }
  dl > div { display: contents; }
  dt { color: color-mix(in srgb, CanvasText 72%, Canvas); }
  dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
  dd[data-level]::after {
    content: '';
    display: block;
    block-size: 4px;
    margin-block: 3px 4px;
    border-radius: 2px;
    background: linear-gradient(currentColor 0 0) 0 / calc(var(--level) * 100%) no-repeat
      color-mix(in srgb, CanvasText 15%, Canvas);
  }
  button {
    min-block-size: 28px;
    padding: 3px 12px;
    border: 1px solid color-mix(in srgb, CanvasText 40%, transparent);
    border-radius: 6px;
    background: color-mix(in srgb, CanvasText 6%, Canvas);
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover { background: color-mix(in srgb, CanvasText 14%, Canvas); }
  :focus-visible { outline: 2px solid CanvasText; outline-offset: 1px; }
  .body:focus-visible { outline-offset: -3px; }
  [role='status'] { flex: 1; }
  textarea { inline-size: 100%; block-size: 7em; font: 12px/1.4 ui-monospace, monospace; }
`;
