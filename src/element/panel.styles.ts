import { css } from 'lit';

/** The conversation and the notice: in the flow of the page, or over it. */
export const panelStyles = css`
  .panel {
    position: absolute;
    z-index: 1;
    inset-block-start: calc(100% + 10px);
    inset-inline-start: 0;
    inline-size: max(100%, 17.5rem);
    max-inline-size: min(20rem, 100vi - 2rem);
    /* A reset of the page's may have left nothing of the element's own. */
    font-size: max(1em, 10px);
    line-height: 1.4;
  }
  .kept {
    display: flex;
    flex-direction: column;
    inline-size: var(--millis-transcript-width, 20rem);
    block-size: var(--millis-transcript-height, 18rem);
  }
  .kept:not(.floating) {
    position: static;
    max-inline-size: 100%;
    margin-block-start: 12px;
  }
  .kept,
  .notice {
    border: 1px solid color-mix(in srgb, var(--_text) 16%, transparent);
    border-radius: 16px;
    background: var(--_surface);
  }
  .kept.floating {
    box-shadow: 0 10px 30px -10px rgb(0 0 0 / 0.35);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 8px 0 14px;
  }
  .title {
    flex: 1;
  }
  .head .tool[aria-pressed='false'] {
    background: color-mix(in srgb, var(--_text) 8%, transparent);
    color: inherit;
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
  .turn.agent[aria-hidden] {
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
    gap: 6px;
    min-block-size: 0;
    margin: 0 10px 10px;
    padding: 8px 12px;
    overflow-y: auto;
    box-shadow: none;
  }
  .action {
    justify-self: start;
    padding: 7px 14px;
    border-radius: 18px;
  }
  .close {
    inline-size: 28px;
    block-size: 28px;
    padding: 3px;
  }

  .notice .close {
    grid-area: 1 / 2;
    margin-block-start: -4px;
    margin-inline-end: -6px;
  }

  /* In a corner it grows away from it, and the button stays free. */
  :host([placement^='bottom-']) .panel {
    inset-block: auto calc(100% + 12px);
  }
  :host([placement$='-right']) .panel {
    right: 0;
    left: auto;
  }
  :host([placement$='-left']) .panel {
    right: auto;
    left: 0;
  }
  :host(:is([placement$='-left'], [placement$='-right'])) .kept.floating {
    block-size: min(
      var(--millis-transcript-height, 24rem),
      100dvh - var(--_size, 64px) - 2 * var(--_edge) - 24px
    );
  }
  @media (max-width: 480px) {
    :host([placement$='-left']) .panel,
    :host([placement$='-right']) .panel {
      inline-size: calc(100vw - 2 * var(--_edge));
      max-inline-size: none;
    }
  }
`;
