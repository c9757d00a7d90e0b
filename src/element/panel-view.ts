import { html, nothing, type TemplateResult } from 'lit';
import type { Turn } from '../domain/transcript.js';
import { muteButton, type MuteView } from './controls-view.js';
import { closeIcon } from './icons.js';
import { noticeView, type NoticeView } from './notice-view.js';
import { transcriptView } from './transcript-view.js';

interface PanelView extends NoticeView {
  /** The conversation, where it is shown. */
  readonly turns: readonly Turn[] | undefined;
  /** Lies over the page, and can be closed; else it has its place in the flow of the page. */
  readonly floating: boolean;
  /** The mute button, while it is here. */
  readonly mute: MuteView | undefined;
  readonly onClose: () => void;
}

/** The conversation and what there is to say about the call. */
export function panelView(view: PanelView): TemplateResult {
  const { turns, floating, labels, mute } = view;
  return html`
    <div class="panel ${turns ? 'kept' : ''} ${floating ? 'floating' : ''}">
      ${
        turns && floating
          ? html`<div class="head">
              <span class="title">${labels.transcript}</span>
              ${mute ? muteButton(mute) : nothing}
              <button class="close" type="button" aria-label=${labels.close} @click=${view.onClose}>
                ${closeIcon}
              </button>
            </div>`
          : nothing
      }
      ${turns ? transcriptView(turns, labels) : nothing} ${noticeView(view)}
    </div>
  `;
}
