import { html } from 'lit';

export const voiceIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 10.5v3M8 7v10M12 4v16M16 8v8M20 10.5v3" />
</svg>`;

/** A press cancels, so it shows a cross; the arc around it turns. */
export const connectingIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <circle class="spin" cx="12" cy="12" r="10" pathLength="100" />
  <path d="m9 9 6 6m0-6-6 6" />
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
