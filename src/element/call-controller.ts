import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CallSnapshot } from '../call/call-store.js';
import { VoiceCall, type VoiceCallOptions } from '../call/voice-call.js';
import type { CallError } from '../domain/call-error.js';
import { durationMs, liveSince, type CallState } from '../domain/call-state.js';
import {
  AgentStateEvent,
  CallEndEvent,
  CallErrorEvent,
  CallStartEvent,
  CallStateChangeEvent,
  CallWarningEvent,
  FunctionEvent,
  MuteChangeEvent,
  TranscriptEvent,
} from './events.js';
import { adviseGateway, adviseOnce } from './warn.js';

/** A page says it once. */
let isAdvised = false;

type Host = ReactiveControllerHost & HTMLElement;

/** Ties a call to an element: what the call does becomes events, `data-*` attributes and a new rendering. */
export class CallController implements ReactiveController {
  readonly call: VoiceCall;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    this.call = new VoiceCall({ agentId: '' });
    this.call.subscribe((snapshot, previous) => this.#onChange(snapshot, previous));
    host.addController(this);
  }

  /** Takes over how the next call is wired. */
  configure(options: VoiceCallOptions): void {
    this.call.options = {
      ...options,
      onFunction: (name, params) => this.#emit(new FunctionEvent(name, params)),
      onWarning: (code) => this.#emit(new CallWarningEvent(code)),
      onLevels: ({ agent, microphone }) => {
        this.#host.style.setProperty('--_agent-level', agent.toFixed(3));
        this.#host.style.setProperty('--_microphone-level', microphone.toFixed(3));
      },
    };
  }

  hostConnected(): void {
    this.#showState(this.call.snapshot);
  }

  /** A move takes an element out and puts it back in one task: only one that is still out afterwards was removed. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) void this.call.end('removed');
    });
  }

  #onChange(snapshot: CallSnapshot, previous: CallSnapshot): void {
    this.#showState(snapshot);
    this.#host.requestUpdate();
    if (snapshot.muted !== previous.muted) this.#emit(new MuteChangeEvent(snapshot.muted));
    if (snapshot.state !== previous.state) this.#tellState(snapshot, previous.state);
    const { agentState, transcript } = snapshot;
    if (agentState && agentState !== previous.agentState) this.#emit(new AgentStateEvent(agentState));
    for (const turn of transcript.turns) {
      if (!previous.transcript.turns.includes(turn)) this.#emit(new TranscriptEvent(turn, transcript.turns));
    }
  }

  #tellState({ state, sessionId, transcript }: CallSnapshot, previous: CallState): void {
    this.#emit(new CallStateChangeEvent(state, previous));
    if (state.phase === 'live' && previous.phase === 'connecting') {
      this.#emit(new CallStartEvent(this.call.options.agentId, sessionId));
    }
    if (state.phase === 'failed') {
      this.#emit(new CallErrorEvent(state.error));
      this.#advise(state.error);
    }
    const wasLive = liveSince(previous) !== undefined;
    if (state.phase === 'ended' || (state.phase === 'failed' && wasLive)) {
      const reason = state.phase === 'ended' ? state.reason : 'failed';
      this.#emit(new CallEndEvent(reason, durationMs(state, Date.now()), transcript.turns, sessionId));
    }
  }

  /** What only the page's developer can mend; and where the platform itself was called, it wants the key that must not be in a page. */
  #advise({ code, message }: CallError): void {
    if (code === 'server-unreachable' || code === 'microphone-blocked') adviseOnce(message);
    const { server, negotiate } = this.call.options;
    if (code !== 'unauthorized' || server || negotiate || isAdvised) return;
    isAdvised = true;
    adviseGateway('The platform answered 401: it wants a private key, and no page may have one.');
  }

  #showState({ state, muted, agentState }: CallSnapshot): void {
    const host = this.#host;
    host.dataset['phase'] = state.phase;
    host.toggleAttribute('data-muted', muted);
    if (agentState) host.dataset['agentState'] = agentState;
    else delete host.dataset['agentState'];
  }

  #emit(event: Event): void {
    this.#host.dispatchEvent(event);
  }
}
