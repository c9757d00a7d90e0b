import { looksLikeKey } from './domain/looks-like-key.js';
import { MillisVoiceAgent } from './element/millis-voice-agent.js';

/** On the script itself, so that it also holds in copies of the page that were made with the element in them. */
const DONE = 'data-millis-done';

/**
 * Makes the element that a script tag asks for by `data-agent-id`, once for each tag: every `data-<attribute>` becomes that
 * attribute. Of the others, only what looks like a private key goes along, under its own name, and is refused there. The element
 * stands right after a script in the body; else at the end of the body, as soon as that is there.
 * Does nothing for any other script, and for none: modules do not know theirs.
 */
export function embedFromScriptTag(script: HTMLOrSVGScriptElement | null): void {
  if (!script?.hasAttribute('data-agent-id') || script.hasAttribute(DONE)) return;
  script.setAttribute(DONE, '');
  const element = document.createElement('millis-voice-agent');
  for (const name of [...MillisVoiceAgent.observedAttributes, 'lang']) {
    const value = script.getAttribute(`data-${name}`);
    if (value !== null) element.setAttribute(name, value);
  }
  for (const { name, value } of script.attributes) {
    if (name.startsWith('data-') && looksLikeKey(name, value)) element.setAttribute(name, value);
  }
  const append = () => document.body.append(element);
  if (script.closest('body')) script.after(element);
  else if (document.readyState === 'loading') addEventListener('DOMContentLoaded', append, { once: true });
  else append();
}
