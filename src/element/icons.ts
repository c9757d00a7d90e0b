import { html } from 'lit';

export const voiceIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 10.5v3M8 7v10M12 4v16M16 8v8M20 10.5v3" />
</svg>`;

/** A press cancels. */
export const cancelIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="m7.5 7.5 9 9m0-9-9 9" />
</svg>`;

/** Turns around the icon of a call that is being made, whoever made that icon. */
export const spinner = html`<svg class="spinner" viewBox="0 0 24 24" aria-hidden="true">
  <circle class="spin" cx="12" cy="12" r="10.5" pathLength="100" />
</svg>`;

export const hangUpIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path class="receiver" d="M4 14.5v-.8q8-6 16 0v.8" />
</svg>`;

export const microphoneIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M12 4a3 3 0 0 0-3 3v4a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3M6 11a6 6 0 0 0 12 0M12 17v3" />
</svg>`;

export const microphoneOffIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M12 4a3 3 0 0 0-3 3v4a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3M6 11a6 6 0 0 0 12 0M12 17v3M4 4l16 16" />
</svg>`;

export const closeIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="m7 7 10 10m0-10L7 17" />
</svg>`;

export const conversationIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M5 5h14v10h-8l-4 4v-4H5zM9 10h6" />
</svg>`;
