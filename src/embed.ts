/** The script-tag file: registers the element, makes the one that its tag asks for, and returns the global `MillisVoiceAgent`. */
import './define.js';
import { VoiceCall } from './call/voice-call.js';
import { CallError } from './domain/call-error.js';
import { MillisVoiceAgent } from './element/millis-voice-agent.js';
import { embedFromScriptTag } from './script-tag.js';
import { version } from './version.js';

const own = { CallError, MillisVoiceAgent, VoiceCall, version };
const { MillisVoiceAgent: before } = globalThis as { MillisVoiceAgent?: typeof own };
const isInUse = before && before.MillisVoiceAgent === customElements.get('millis-voice-agent');

/** Loaded twice, the global stays what the elements of the page are made by. */
const inUse = isInUse ? before : own;
export { inUse as default };

embedFromScriptTag(document.currentScript);
