import { MillisVoiceAgent } from './element/millis-voice-agent.js';

/** Registers `<millis-voice-agent>`, unless the name is taken: by another copy of this widget, or by something else. */
if (!customElements.get('millis-voice-agent')) customElements.define('millis-voice-agent', MillisVoiceAgent);
