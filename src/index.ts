export {
  CallError,
  type CallErrorCode,
  type CallErrorDetails,
  type CallWarningCode,
} from './domain/call-error.js';
export type { CallPhase, CallState, EndReason } from './domain/call-state.js';
export type { AgentState } from './domain/session.js';
export type { Role, Transcript, Turn } from './domain/transcript.js';
export type { CallHint, CallListener, CallSnapshot, CallTimings } from './call/call-store.js';
export type { ButtonState, EmbedConfig } from './protocol/embed-config.js';
export type { Levels } from './call/level-meter.js';
export { checkReadiness, type Readiness } from './call/readiness.js';
export type { Authorize, Negotiate } from './call/signaling.js';
export { VoiceCall, type VoiceCallOptions } from './call/voice-call.js';
export { MillisVoiceAgent } from './element/millis-voice-agent.js';
export type { Labels } from './element/labels.js';
export * from './element/events.js';
export { version } from './version.js';
