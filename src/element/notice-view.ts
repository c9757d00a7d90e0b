import { html, nothing, type TemplateResult } from 'lit';
import type { CallHint, CallSnapshot } from '../call/call-store.js';
import type { CallError, CallWarningCode } from '../domain/call-error.js';
import { deniedLabel, waitWords } from './advice.js';
import { closeIcon } from './icons.js';
import type { Labels } from './labels.js';

/** What the visitor should read now, and what there is to do about it. */
export interface Notice {
  readonly text: string;
  /** What was put away by the visitor comes back only for something else. */
  readonly about: CallError | CallWarningCode | CallHint | 'reconnecting';
  /** Said at once by screen readers. */
  readonly urgent: boolean;
  /** Name of the words on its button. */
  readonly action: 'retry' | 'callAgain' | 'playSound' | 'resume' | undefined;
}

/** What is known of a page beside its call. */
export interface Surroundings {
  /** Why this page or browser cannot call at all; told where the visitor is about to try. */
  readonly problem?: CallError | undefined;
  /** The cause of the last failure is gone. */
  readonly mended?: boolean;
}

/** Of the warnings, those because of which one side does not hear the other. */
const URGENT: readonly CallWarningCode[] = [
  'playback-blocked',
  'microphone-lost',
  'microphone-interrupted',
  'microphone-silent',
];
const ACTIONS: Partial<Record<CallWarningCode, Notice['action']>> = {
  'playback-blocked': 'playSound',
  'microphone-interrupted': 'resume',
};

/** Pure. The one notice of a snapshot, or `undefined` when there is nothing to say. */
export function currentNotice(
  { state, warnings, hint }: CallSnapshot,
  labels: Labels,
  { problem, mended = false }: Surroundings = {},
): Notice | undefined {
  if (state.phase === 'failed') return errorNotice(state.error, labels, mended);
  if (problem && state.phase === 'idle') return errorNotice(problem, labels, false);
  if (state.phase === 'reconnecting') {
    return { text: labels['status-reconnecting'], about: 'reconnecting', urgent: false, action: undefined };
  }
  const warning = warnings.findLast((code) => URGENT.includes(code)) ?? warnings.at(-1);
  if (warning) {
    const urgent = URGENT.includes(warning);
    return { text: labels[warning], about: warning, urgent, action: ACTIONS[warning] };
  }
  return hint && { text: labels[hint], about: hint, urgent: false, action: undefined };
}

function errorNotice(error: CallError, labels: Labels, mended: boolean): Notice {
  const { code, serverCode, retryable } = error;
  const words: Readonly<Record<string, string>> = { ...labels };
  const text =
    (mended ? words[`mended-${code}`] : undefined) ??
    words[`gateway-${serverCode ?? ''}`] ??
    waitWords(error, words) ??
    words[deniedLabel(error)] ??
    labels[code];
  const again = code === 'connection-lost' ? 'callAgain' : 'retry';
  return { text, about: error, urgent: !mended, action: retryable ? again : undefined };
}

export interface NoticeView {
  readonly notice: Notice | undefined;
  readonly labels: Labels;
  readonly onAction: (action: Notice['action']) => void;
  readonly onDismiss: (about: Notice['about']) => void;
}

/** Always in the tree, so that screen readers hear what appears in it. */
export function noticeView(view: NoticeView): TemplateResult {
  const { notice } = view;
  const role = notice?.urgent === false ? 'status' : 'alert';
  // The phase is said by the status already.
  const heard = notice?.about === 'reconnecting' ? 'true' : nothing;
  return html`
    <div class="notice" part="notice" role=${role} aria-hidden=${heard} ?hidden=${!notice}>
      ${notice && html`<p>${notice.text}</p>`} ${notice?.action ? actionButton(view, notice.action) : nothing}
      ${notice && !passes(notice.about) ? closeButton(view, notice.about) : nothing}
    </div>
  `;
}

function actionButton(
  { labels, onAction }: NoticeView,
  action: NonNullable<Notice['action']>,
): TemplateResult {
  const act = () => onAction(action);
  return html`<button class="action" type="button" @click=${act}>${labels[action]}</button>`;
}

function closeButton({ labels, onDismiss }: NoticeView, about: Notice['about']): TemplateResult {
  const close = () => onDismiss(about);
  return html`<button class="close" type="button" aria-label=${labels.close} @click=${close}>
    ${closeIcon}
  </button>`;
}

/** What goes by itself need not be put away. */
function passes(about: Notice['about']): boolean {
  return (
    typeof about === 'string' && /^(microphone-prompt|still-|microphone-replaced|reconnecting)/.test(about)
  );
}
