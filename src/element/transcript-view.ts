import { html, nothing, type TemplateResult } from 'lit';
import type { Turn } from '../domain/transcript.js';
import type { Labels } from './labels.js';

/**
 * The conversation. Its scroll position sticks to the end by itself, because the list is laid out from the bottom. A turn is
 * kept from screen readers until its text is final: they would read every interim text again. Its direction is that of its own
 * text: `dir="auto"` passes over what has a `dir` (HTML, section 3.2.6.4), as the speaker's name has.
 */
export function transcriptView(turns: readonly Turn[], labels: Labels): TemplateResult {
  return html`
    <div class="log" part="transcript" role="log" tabindex="0" aria-label=${labels.transcript}>
      <div class="turns">
        ${
          turns.length === 0
            ? html`<p class="empty">${labels.transcriptEmpty}</p>`
            : turns.map(
                ({ role, text, final }) => html`
                  <p
                    class="turn ${role}"
                    part="turn turn-${role}"
                    dir="auto"
                    aria-hidden=${final ? nothing : 'true'}
                  >
                    <span class="unseen" dir="auto">${labels[role]}: </span>${text}
                  </p>
                `,
              )
        }
      </div>
    </div>
  `;
}
