import { css } from 'lit';

/** `light-dark()` follows the color-scheme of the page, so the widget is dark only where the page is. */
export const styles = css`
  :host {
    --_accent: var(--millis-accent-color, #3b5bdb);
    --_on-accent: var(--millis-on-accent-color, #fff);
    --_surface: var(--millis-surface-color, Canvas);
    --_text: var(--millis-text-color, CanvasText);
    display: inline-block;
    position: relative;
    max-inline-size: 100%;
    color: var(--_text);
    font-size: 16px;
    line-height: 1.4;
    font-family: var(--millis-font-family, inherit);
    text-align: start;
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
  .call,
  .action,
  .turn.user {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .call,
  .action {
    font-weight: 600;
  }
  :focus-visible {
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

  .controls {
    position: relative;
    display: inline-grid;
    max-inline-size: 100%;
    border-radius: 32px;
  }
  /* An outline and not a shadow: it is drawn in forced colours, too. */
  .ring {
    position: absolute;
    inset: 0;
    border-radius: inherit;
    transition: outline-width 0.12s;
    outline: calc(var(--_agent-level, 0) * 18px) solid color-mix(in srgb, var(--_accent) 38%, transparent);
  }
  .call {
    position: relative;
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 64px;
    padding: 8px;
    padding-inline-end: 26px;
    border-radius: inherit;
    box-shadow: 0 6px 20px -6px rgb(0 0 0 / 0.4);
    transition: background 0.2s;
  }
  .running .call {
    background: light-dark(#212529, #343a42);
    color: #fff;
  }
  button:enabled:hover {
    filter: brightness(1.12);
  }
  .call:disabled {
    opacity: 0.55;
  }
  .icon,
  .mute {
    flex: none;
    inline-size: 46px;
    block-size: 46px;
    padding: 10px;
    border-radius: 50%;
    background: color-mix(in srgb, currentColor 20%, transparent);
  }
  .running .icon {
    background: #d92d2d;
  }
  .connecting .icon {
    padding: 6px;
  }
  .spin {
    stroke-dasharray: 28 72;
    transform-origin: center;
    animation: spin 0.9s linear infinite;
  }
  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }
  .label {
    display: grid;
    flex: 1;
    justify-items: center;
  }
  .label > * {
    grid-area: 1 / 1;
    visibility: hidden;
  }
  .label > [data-shown] {
    visibility: visible;
  }
  .label > .running {
    justify-self: start;
    padding-inline-end: 38px;
  }
  .mute {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 9px;
    margin-block: auto;
    color: #fff;
    transition: box-shadow 0.12s;
    box-shadow: 0 0 0 calc(var(--_microphone-level, 0) * 9px) rgb(105 219 124 / 0.45);
  }
  .mute[aria-pressed='true'] {
    background: #fff;
    color: #b42318;
  }

  .panel {
    position: absolute;
    z-index: 1;
    inset-block-start: calc(100% + 10px);
    inset-inline-start: 0;
    inline-size: max(100%, 17.5rem);
    max-inline-size: min(20rem, 100vi - 2rem);
  }
  .kept {
    position: static;
    display: flex;
    flex-direction: column;
    inline-size: var(--millis-transcript-width, 20rem);
    max-inline-size: 100%;
    block-size: var(--millis-transcript-height, 18rem);
    margin-block-start: 12px;
  }
  .kept,
  .notice {
    border: 1px solid color-mix(in srgb, var(--_text) 16%, transparent);
    border-radius: 16px;
    background: var(--_surface);
  }
  .log {
    display: flex;
    flex: 1;
    flex-direction: column-reverse;
    padding: 14px;
    overflow-y: auto;
  }
  .turns {
    display: flex;
    flex: none;
    flex-direction: column;
    align-items: start;
    gap: 8px;
    min-block-size: 100%;
  }
  .turn {
    max-inline-size: 85%;
    padding: 8px 12px;
    border-radius: 14px;
  }
  .turn.agent {
    border-end-start-radius: 4px;
    background: color-mix(in srgb, var(--_text) 8%, transparent);
  }
  .turn[aria-hidden] {
    opacity: 0.72;
  }
  .turn.user {
    align-self: end;
    border-end-end-radius: 4px;
  }
  .empty {
    margin: auto;
    opacity: 0.75;
  }
  .notice {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 10px;
    padding: 12px 14px;
    box-shadow: 0 10px 30px -10px rgb(0 0 0 / 0.35);
  }
  .kept .notice {
    margin: 0 10px 10px;
    box-shadow: none;
  }
  .action {
    justify-self: start;
    padding: 7px 14px;
    border-radius: 18px;
  }
  .dismiss {
    grid-area: 1 / 2;
    inline-size: 28px;
    block-size: 28px;
    margin: -4px -6px 0 0;
    padding: 3px;
  }

  @media (prefers-reduced-motion: reduce) {
    .spin {
      animation: none;
    }
    .ring {
      outline-width: 4px;
      opacity: var(--_agent-level, 0);
    }
    .mute {
      box-shadow: none;
    }
  }
`;
