import type { CallError } from './call-error.js';

/** Why a call is over. */
export type EndReason = 'user' | 'agent' | 'removed' | 'replaced' | 'page-hidden' | 'failed';

/** Where a call is. Each phase carries the facts that only it has; times are milliseconds since the epoch. */
export type CallState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'requesting-microphone' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live'; readonly liveAt: number }
  | { readonly phase: 'reconnecting'; readonly liveAt: number }
  | { readonly phase: 'ending'; readonly reason: EndReason; readonly liveAt: number | undefined }
  | { readonly phase: 'ended'; readonly reason: EndReason; readonly durationMs: number }
  | { readonly phase: 'failed'; readonly error: CallError; readonly durationMs: number };

export type CallPhase = CallState['phase'];

/** What can happen to a call. `at` is milliseconds since the epoch. */
export type CallEvent =
  | { readonly type: 'start' }
  | { readonly type: 'microphone-granted' }
  | { readonly type: 'connected'; readonly at: number }
  | { readonly type: 'interrupted' }
  | { readonly type: 'resumed' }
  | { readonly type: 'end'; readonly reason: EndReason }
  | { readonly type: 'closed'; readonly at: number }
  | { readonly type: 'failed'; readonly error: CallError; readonly at: number };

export const IDLE: CallState = { phase: 'idle' };

/** In a resting phase no track, peer, timer or listener of the call is alive. */
export function isResting({ phase }: CallState): boolean {
  return phase === 'idle' || phase === 'ended' || phase === 'failed';
}

/** Since when the visitor and the agent can hear each other, or `undefined` when they never could. */
export function liveSince(state: CallState): number | undefined {
  return 'liveAt' in state ? state.liveAt : undefined;
}

/** Pure. An event that means nothing in the current phase returns the same object. */
export function reduce(state: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case 'start':
      return isResting(state) ? { phase: 'requesting-microphone' } : state;
    case 'microphone-granted':
      return state.phase === 'requesting-microphone' ? { phase: 'connecting' } : state;
    case 'connected':
      return state.phase === 'connecting' ? { phase: 'live', liveAt: event.at } : state;
    case 'interrupted':
      return state.phase === 'live' ? { phase: 'reconnecting', liveAt: state.liveAt } : state;
    case 'resumed':
      return state.phase === 'reconnecting' ? { phase: 'live', liveAt: state.liveAt } : state;
    case 'end':
      return isResting(state) || state.phase === 'ending'
        ? state
        : { phase: 'ending', reason: event.reason, liveAt: liveSince(state) };
    case 'closed':
      return state.phase === 'ending'
        ? { phase: 'ended', reason: state.reason, durationMs: durationUntil(state, event.at) }
        : state;
    case 'failed':
      return isResting(state) || state.phase === 'ending'
        ? state
        : { phase: 'failed', error: event.error, durationMs: durationUntil(state, event.at) };
    default:
      return event satisfies never;
  }
}

/** How long the call has been, or was, audible, in milliseconds. The clock of a visitor can be set back: never negative. */
export function durationMs(state: CallState, now: number): number {
  return 'durationMs' in state ? state.durationMs : durationUntil(state, now);
}

function durationUntil(state: CallState, at: number): number {
  return Math.max(0, at - (liveSince(state) ?? at));
}
