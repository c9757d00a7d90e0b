/** The script-tag file: registers the element, makes the one that its tag asks for, and returns the global `MillisVoiceAgent`. */
import './define.js';
import { embedFromScriptTag } from './script-tag.js';

export { CallError } from './domain/call-error.js';
export { MillisVoiceAgent } from './element/millis-voice-agent.js';
export { VoiceCall } from './call/voice-call.js';
export { version } from './version.js';

embedFromScriptTag(document.currentScript);
