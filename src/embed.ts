/** The script-tag file: registers the element and returns the global `MillisVoiceAgent`. */
import './define.js';

export { CallError } from './domain/call-error.js';
export { MillisVoiceAgent } from './element/millis-voice-agent.js';
export { VoiceCall } from './call/voice-call.js';
export { version } from './version.js';
