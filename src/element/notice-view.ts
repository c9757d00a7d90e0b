import { html, nothing, type TemplateResult } from 'lit';
import type { CallSnapshot } from '../call/call-store.js';
import { closeIcon } from './icons.js';
import type { Labels } from './labels.js';

/** What the visitor should read now, and what there is to do about it. */
export interface Notice {
  readonly text: string;
  /** Something failed: said at once by screen readers. */
  readonly urgent: boolean;
  readonly action: 'retry' | 'play' | undefined;
}

/** Pure. The one notice of a snapshot, or `undefined` when there is nothing to say. */
export function currentNotice(
  { state, playbackBlocked, hint }: CallSnapshot,
  labels: Labels,
): Notice | undefined {
  if (state.phase === 'failed') {
    const { code, serverCode, retryable } = state.error;
    const words: Readonly<Record<string, string>> = { ...labels };
    const text = words[`gateway-${serverCode ?? ''}`] ?? labels[code];
    return { text, urgent: true, action: retryable ? 'retry' : undefined };
  }
  if (playbackBlocked) return { text: labels['playback-blocked'], urgent: true, action: 'play' };
  return hint && { text: labels[hint], urgent: false, action: undefined };
}

export interface NoticeView {
  readonly notice: Notice | undefined;
  readonly labels: Labels;
  readonly onAction: () => void;
  readonly onDismiss: () => void;
}

/** Always in the tree, so that screen readers hear what appears in it. */
export function noticeView({ notice, labels, onAction, onDismiss }: NoticeView): TemplateResult {
  const action = notice?.action === 'play' ? labels.playSound : labels.retry;
  return html`
    <div
      class="notice"
      part="notice"
      role=${notice?.urgent === false ? 'status' : 'alert'}
      ?hidden=${!notice}
    >
      ${
        notice &&
        html`
          <p>${notice.text}</p>
          ${notice.action ? html`<button class="action" type="button" @click=${onAction}>${action}</button>` : nothing}
          ${
            notice.urgent
              ? html`<button class="close" type="button" aria-label=${labels.close} @click=${onDismiss}>
                  ${closeIcon}
                </button>`
              : nothing
          }
        `
      }
    </div>
  `;
}
