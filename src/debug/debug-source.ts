import type { Readiness } from '../call/readiness.js';
import type { VoiceCall } from '../call/voice-call.js';

/** The element that is looked at. */
export interface DebugHost extends HTMLElement {
  readonly agentId: string;
  readonly server: string;
  readonly placement: string;
  readonly trigger: string;
  readonly iceServers: readonly RTCIceServer[];
  readonly authorize: unknown;
  readonly negotiate: unknown;
  /** Of images that could not be shown. */
  readonly brokenImages: readonly string[];
  checkReadiness(): Promise<Readiness>;
}

/** What its config was left out of. */
export interface ConfigProblems {
  readonly settings: { readonly region?: string | undefined };
  /** By source. */
  readonly warned: ReadonlyMap<string, readonly string[]>;
  readonly refusals: readonly string[];
}

/** Where the panel reads. */
export interface DebugSource {
  readonly call: Pick<VoiceCall, 'snapshot' | 'subscribe' | 'stats'>;
  readonly configured: ConfigProblems;
}
