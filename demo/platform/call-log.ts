import type { AgentConfig } from './agent-config.js';
import type { FunctionCall } from './agent-script.js';
import type { ChatMessage } from './conversation.js';

/** The values of the API's `CallStatus` that occur here. */
export type CallStatus =
  | 'initiated'
  | 'in-progress'
  | 'user-ended'
  | 'agent-ended'
  | 'api-ended'
  | 'timeout'
  | 'no-answer'
  | 'error';

/** The API's `CallHistory`, as far as a call over WebRTC fills it. */
export interface CallHistory {
  readonly agent_id: string;
  readonly agent_config: AgentConfig;
  /** Seconds of connection. */
  readonly duration: number;
  /** When the call was made, in seconds since the epoch. */
  readonly ts: number;
  /** A JSON string: an array of messages with `role` and `content`. */
  readonly chat: string;
  readonly chars_used: number;
  readonly session_id: string;
  readonly call_id: null;
  readonly cost_breakdown: readonly never[];
  readonly voip: null;
  readonly recording: Readonly<Record<string, string>> | null;
  readonly metadata: null;
  readonly function_calls: readonly FunctionCall[];
  readonly call_status: CallStatus;
}

/** What a call knows about itself, at any moment. */
export interface CallRecord {
  readonly sessionId: string;
  readonly agentId: string;
  readonly agentConfig: AgentConfig;
  readonly createdAtMs: number;
  readonly status: CallStatus;
  readonly durationMs: number;
  readonly chat: readonly ChatMessage[];
  readonly functionCalls: readonly FunctionCall[];
  readonly recording: Readonly<Record<string, string>> | undefined;
}

const MAX_CALLS = 1_000;

/** The calls of this run, the newest first, at most a thousand. */
export class CallLog {
  /** In the order in which they were made. The numbers go on when old calls are dropped: they are the cursors. */
  private readonly calls: { readonly number: number; read: () => CallRecord }[] = [];
  private made = 0;

  /** Adds a call. `read` is asked whenever somebody reads the log, and for the last time when the call is over. */
  add(read: () => CallRecord, over: AbortSignal): void {
    this.made += 1;
    const entry = { number: this.made, read };
    this.calls.push(entry);
    const keepLast = (): void => {
      const last = read();
      entry.read = () => last;
    };
    over.addEventListener('abort', keepLast, { once: true });
    if (this.calls.length > MAX_CALLS) this.calls.shift();
  }

  find(sessionId: string): CallHistory | undefined {
    const call = this.calls.find(({ read }) => read().sessionId === sessionId);
    return call && historyOf(call.read());
  }

  /** One page, newest first, starting at the cursor that the page before gave. `null`: there is no older call. */
  page(limit: number, startAt = Infinity): { histories: CallHistory[]; next_cursor: number | null } {
    const older = this.calls.filter(({ number }) => number <= startAt).reverse();
    return {
      histories: older.slice(0, limit).map(({ read }) => historyOf(read())),
      next_cursor: older[limit]?.number ?? null,
    };
  }
}

function historyOf(call: CallRecord): CallHistory {
  const spoken = call.chat.filter(({ role }) => role === 'assistant');
  return {
    agent_id: call.agentId,
    agent_config: call.agentConfig,
    duration: Math.round(call.durationMs / 10) / 100,
    ts: call.createdAtMs / 1000,
    chat: JSON.stringify(call.chat),
    chars_used: spoken.reduce((sum, { content }) => sum + content.length, 0),
    session_id: call.sessionId,
    call_id: null,
    cost_breakdown: [],
    voip: null,
    recording: call.recording ?? null,
    metadata: null,
    function_calls: call.functionCalls,
    call_status: call.status,
  };
}
