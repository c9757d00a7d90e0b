import { html, nothing, type TemplateResult } from 'lit';
import type { Turn } from '../domain/transcript.js';
import type { Labels } from './labels.js';

/**
 * The conversation. Its scroll position sticks to the end by itself, because the list is laid out from the bottom. A turn is
 * kept from screen readers until its text is final: they would read every interim text again.
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
                    <span class="unseen">${labels[role]}: </span>${text}
                  </p>
                `,
              )
        }
      </div>
    </div>
  `;
}
