import { css } from 'lit';

/** The button, what is on it, and the small buttons beside. All is as large as `--_size` says. */
export const buttonStyles = css`
  .controls {
    --_tool: clamp(24px, var(--_size) * 0.72, 56px);
    --_tools: var(--_tool);
    --_state-background: var(--_background, var(--_accent));
    position: relative;
    display: inline-grid;
    max-inline-size: 100%;
    border-radius: calc(var(--_size) / 2);
  }
  .two {
    --_tools: calc(var(--_tool) * 2 + 4px);
  }
  .running {
    --_state-background: var(--_background, light-dark(#212529, #343a42));
  }
  /* An outline and not a shadow: it is drawn in forced colours, too. */
  .ring {
    position: absolute;
    inset: 0;
    border-radius: inherit;
    transition: outline-width 0.12s;
    outline: calc(var(--_agent-level, 0) * min(24px, var(--_size) * 0.28)) solid
      color-mix(in srgb, var(--_accent) 38%, transparent);
  }
  .call {
    position: relative;
    border: 0;
    isolation: isolate;
    /* A site may make it too small for what is on it. */
    overflow: hidden;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: min(var(--_size) * 0.18, 4vw);
    min-inline-size: var(--_size);
    min-block-size: var(--_size);
    padding: calc(var(--_size) * 0.125);
    padding-inline-end: min(var(--_size) * 0.4, 8vw);
    border-radius: inherit;
    background: var(--_state-background);
    color: var(--millis-on-accent-color, var(--_on, #fff));
    font-size: clamp(12px, min(var(--_size) / 4, 5vw), 40px);
    line-height: 1.25;
    box-shadow: 0 6px 20px -6px rgb(0 0 0 / 0.4);
  }
  .call::before {
    content: '';
    position: absolute;
    z-index: -1;
    inset: 0;
    border-radius: inherit;
    background: var(--_scrim);
  }
  .running.plain .call {
    color: var(--_on, #fff);
  }
  .bare {
    padding: calc(var(--_size) * 0.125);
  }
  .call:enabled:hover::before {
    box-shadow: inset 0 0 0 2px color-mix(in srgb, currentColor 45%, transparent);
  }
  .call:disabled {
    opacity: 0.55;
  }
  .icon {
    position: relative;
    display: grid;
    flex: none;
    inline-size: calc(var(--_size) * 0.72);
    block-size: calc(var(--_size) * 0.72);
    border-radius: 50%;
    background: var(--_tint);
  }
  .icon > span,
  .label > * {
    grid-area: 1 / 1;
    visibility: hidden;
  }
  .icon > [data-shown],
  .label > [data-shown] {
    visibility: visible;
  }
  .icon > span {
    display: grid;
    place-items: center;
    overflow: hidden;
    border-radius: inherit;
  }
  .icon svg,
  img,
  ::slotted(*) {
    inline-size: calc(var(--_size) * 0.42);
    block-size: calc(var(--_size) * 0.42);
    object-fit: contain;
  }
  .icon .spinner {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }
  .letters {
    font-size: calc(var(--_size) * 0.34);
    line-height: 1;
    white-space: nowrap;
  }
  .letters.long {
    font-size: calc(var(--_size) * 0.17);
  }
  .running .icon {
    background: #d92d2d;
    color: #fff;
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
    grid-template-columns: minmax(0, auto);
    justify-items: center;
    align-items: center;
    min-inline-size: 0;
    max-inline-size: 16em;
  }
  .label > * {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: var(--_lines, 2);
  }
  .label > .running {
    justify-self: start;
    padding-inline-end: calc(var(--_tools) - var(--_size) * 0.12);
  }
  .tools {
    position: absolute;
    inset-block: 0;
    inset-inline-end: calc(var(--_size) * 0.14);
    display: flex;
    align-items: center;
    gap: 4px;
    pointer-events: none;
  }
  /* A round button has no place for them: they stand beside it, below each other where the window is narrow. */
  .bare + .tools {
    inset-inline: calc(100% + 6px) auto;
    flex-wrap: wrap;
    align-content: center;
    inline-size: min(var(--_tools), 100vw - 2 * var(--_edge) - var(--_size) - 6px);
  }
  /* In the flow of a page they would lie on its text: there they are badges, where the button is large enough for some. */
  :host(:not([placement$='-left'], [placement$='-right'])) .big .bare + .tools {
    --_tool: clamp(24px, var(--_size) * 0.36, 44px);
    inset-inline: 0;
    flex-direction: column-reverse;
    flex-wrap: nowrap;
    align-items: end;
    justify-content: space-between;
    inline-size: auto;
  }
  :host([placement$='-left']) .bare + .tools {
    right: auto;
    left: calc(100% + 6px);
  }
  :host([placement$='-right']) .bare + .tools {
    right: calc(100% + 6px);
    left: auto;
  }
  .tool {
    flex: none;
    inline-size: var(--_tool, 32px);
    block-size: var(--_tool, 32px);
    padding: calc(var(--_tool, 32px) * 0.2);
    border-radius: 50%;
    background: rgb(0 0 0 / 0.3);
    color: #fff;
    pointer-events: auto;
  }
  /* There they are on whatever the page has. */
  .bare + .tools .tool {
    background: #343a42;
  }
  .mute {
    transition: box-shadow 0.12s;
    box-shadow: 0 0 0 calc(var(--_microphone-level, 0) * 9px) rgb(105 219 124 / 0.45);
  }
  .mute[aria-pressed='true'],
  .bare + .tools .mute[aria-pressed='true'] {
    background: #fff;
    color: #b42318;
  }

  /* There, backgrounds are all the same: borders show what is a button. */
  @media (forced-colors: active) {
    .call,
    .tool {
      border: 1px solid;
    }
    /* An image on it is as white as on the red. */
    .running .icon {
      forced-color-adjust: none;
    }
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
