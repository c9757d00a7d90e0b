import { css } from 'lit';

/** `light-dark()` follows the color-scheme of the page, so the widget is dark only where the page is. */
export const hostStyles = css`
  :host {
    --_accent: var(--millis-accent-color, #3b5bdb);
    /* White, or black where the lightness of the accent is above that of a grey on which both are read alike. */
    --_on-accent: var(--millis-on-accent-color, lch(from var(--_accent) calc((49.44 - l) * infinity) 0 0));
    --_edge: var(--millis-edge, 1rem);
    --_surface: var(--millis-surface-color, Canvas);
    --_text: var(--millis-text-color, CanvasText);
    display: inline-block;
    position: relative;
    max-inline-size: 100%;
    /* Beside text: its place must not hang on where the words and icons in it stand. */
    vertical-align: middle;
    color: var(--_text);
    font-size: 16px;
    line-height: 1.4;
    font-family: var(--millis-font-family, inherit);
    text-align: start;
    text-indent: 0;
    white-space: normal;
    -webkit-text-fill-color: currentcolor;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  * {
    box-sizing: border-box;
    margin: 0;
  }
  p,
  .label {
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  button {
    border: 1px solid transparent;
    padding: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .action,
  .turn.user {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .call,
  .action,
  .title {
    font-weight: 600;
  }
  button:focus-visible,
  .log:focus-visible {
    outline: 3px solid var(--_text);
    outline-offset: 3px;
  }
  svg {
    display: block;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
  }
  .receiver {
    stroke-width: 4.5;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  /* A transition is an event: that is how a change of the page's colours is noticed. */
  .sensor {
    color: Canvas;
    background: var(--_accent);
    transition: 1ms step-start;
    transition-property: color, background-color;
  }

  :host([placement$='-left']),
  :host([placement$='-right']) {
    position: fixed;
    z-index: var(--millis-z-index, 2147483647);
    max-inline-size: calc(100vw - 2 * var(--_edge));
  }
  :host([placement^='bottom-']) {
    inset-block-end: max(var(--_edge), env(safe-area-inset-bottom));
  }
  :host([placement^='top-']) {
    inset-block-start: max(var(--_edge), env(safe-area-inset-top));
  }
  :host([placement$='-right']) {
    right: max(var(--_edge), env(safe-area-inset-right));
  }
  :host([placement$='-left']) {
    left: max(var(--_edge), env(safe-area-inset-left));
  }
`;
