import type { CallError, CallWarningCode } from '../domain/call-error.js';
import type { CallState, EndReason } from '../domain/call-state.js';
import type { AgentState } from '../domain/session.js';
import type { Turn } from '../domain/transcript.js';

const OPTIONS = { bubbles: true, composed: true };

/** A start was asked for. `preventDefault()` keeps the call from starting: a consent gate. */
export class BeforeStartEvent extends Event {
  constructor() {
    super('millis-before-start', { ...OPTIONS, cancelable: true });
  }
}

/** The call moved to another phase: read `event.state.phase`, and the facts that come with it. */
export class CallStateChangeEvent extends Event {
  constructor(
    readonly state: CallState,
    readonly previous: CallState,
  ) {
    super('millis-state-change', OPTIONS);
  }
}

/** Both sides can hear each other. `sessionId` is `undefined` until the platform tells it. */
export class CallStartEvent extends Event {
  constructor(
    readonly agentId: string,
    readonly sessionId: string | undefined,
  ) {
    super('millis-call-start', OPTIONS);
  }
}

/** A call that was under way is over. `durationMs` is how long both sides could hear each other. */
export class CallEndEvent extends Event {
  constructor(
    readonly reason: EndReason,
    readonly durationMs: number,
    readonly turns: readonly Turn[],
    readonly sessionId: string | undefined,
  ) {
    super('millis-call-end', OPTIONS);
  }
}

/** A turn began or its text changed; `turns` is the whole conversation, in the order in which it was said. */
export class TranscriptEvent extends Event {
  constructor(
    readonly turn: Turn,
    readonly turns: readonly Turn[],
  ) {
    super('millis-transcript', OPTIONS);
  }
}

/** The agent listens, thinks, speaks, or pauses. */
export class AgentStateEvent extends Event {
  constructor(readonly agentState: AgentState) {
    super('millis-agent-state', OPTIONS);
  }
}

/** The agent called a function of the page. The parameters are the platform's: check them before use. */
export class FunctionEvent extends Event {
  constructor(
    readonly name: string,
    readonly params: unknown,
  ) {
    super('millis-function', OPTIONS);
  }
}

/** The microphone was silenced or opened, by the visitor or by the page. */
export class MuteChangeEvent extends Event {
  constructor(readonly muted: boolean) {
    super('millis-mute-change', OPTIONS);
  }
}

/** A call could not start, or could not go on. Read `event.error.code`. */
export class CallErrorEvent extends Event {
  constructor(readonly error: CallError) {
    super('millis-error', OPTIONS);
  }
}

/** Something that the visitor should know of; the call goes on. */
export class CallWarningEvent extends Event {
  constructor(readonly code: CallWarningCode) {
    super('millis-warning', OPTIONS);
  }
}

declare global {
  interface HTMLElementEventMap {
    'millis-before-start': BeforeStartEvent;
    'millis-state-change': CallStateChangeEvent;
    'millis-call-start': CallStartEvent;
    'millis-call-end': CallEndEvent;
    'millis-transcript': TranscriptEvent;
    'millis-agent-state': AgentStateEvent;
    'millis-function': FunctionEvent;
    'millis-mute-change': MuteChangeEvent;
    'millis-error': CallErrorEvent;
    'millis-warning': CallWarningEvent;
  }
}
