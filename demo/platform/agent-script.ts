import { type AgentConfig, conversationSettings } from './agent-config.js';
import type { InterimHabit } from './interim-text.js';

/**
 * One scripted agent. A file in `agents/` that exports one, or an array of them, adds it to the platform: no list has to
 * be changed. Only `id`, `name` and `config` are needed; an agent without `reply` acknowledges whatever is said.
 */
export interface AgentScript {
  /** What a page names as `agent-id`. Letters, digits and hyphens. */
  readonly id: string;
  readonly name: string;
  /** The agent as the API describes it: first message, flow, timeouts. */
  readonly config: AgentConfig;
  /** How text that is still growing is sent: again and again whole (the default), or in pieces to be joined. */
  readonly interim?: InterimHabit;
  /** Every line that `reply` may say: rendered ahead, and shipped as sound files. */
  readonly lines?: readonly string[];
  /** Pure. The agent's answer to a turn of the visitor. */
  readonly reply?: (turn: VisitorTurn) => Reply;
  /** What the agent does when its greeting is over, or at once when it has none: a way to misbehave in a call. */
  readonly afterGreeting?: (call: CallControl) => void;
  /** Answers the offer in another way than with a good call: a way to misbehave before one. */
  readonly answerOffer?: (exchange: OfferExchange) => Promise<Response>;
}

/** What the visitor said. There is no speech recognition: it is known how long, and how it sounded. */
interface VisitorTurn {
  /** 1 for the first turn that gets an answer. */
  readonly number: number;
  readonly heardMs: number;
  /** The sound itself, mono at the platform's rate, at most 20 seconds. */
  readonly heard: Int16Array;
}

/** One answer. */
export interface Reply {
  readonly text: string;
  /** Sound to play instead of speaking the text. */
  readonly samples?: Int16Array;
  /** A function that the agent calls as it begins to answer. */
  readonly functionCall?: FunctionCall;
  /** The agent ends the call after this, if `flow.agent_terminate_call` allows it. */
  readonly ends?: boolean;
}

export interface FunctionCall {
  readonly name: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

/** What a script may do to its running call. */
export interface CallControl {
  /** Aborted when the call is over. */
  readonly signal: AbortSignal;
  /** Ends the call as a good platform does: `onsessionended`, then the connection. */
  hangUp(): void;
  /** Closes the connection without a word. */
  vanish(): void;
  /** Stops the agent's packets; the connection stays. */
  stopSending(): void;
  /** The agent's packets go on. */
  startSending(): void;
  /** Closes the data channel; the sound goes on. */
  closeChannel(): void;
  /** Sends anything over the data channel, unless more than 1 MB waits there already. */
  sendRaw(data: string | ArrayBuffer): void;
}

/** An offer that waits for its answer. */
export interface OfferExchange {
  /** Aborted when the client is gone or the platform closes. */
  readonly signal: AbortSignal;
  /** Opens a real call and gives its answer. Rejects when the offer cannot be answered. */
  accept(): Promise<{ readonly answerSdp: string; readonly drop: () => void }>;
  /** Closes the client's connection: no answer ever comes, whatever is returned. */
  reset(): void;
}

/** The lines that a script says, each once. */
export function scriptLines(script: AgentScript): readonly string[] {
  const settings = conversationSettings(script.config);
  const lines = [
    settings.firstMessage,
    ...(script.lines ?? []),
    settings.timeoutMessage,
    settings.inactivity?.message,
  ];
  return [...new Set(lines.filter((line) => line !== undefined))];
}

/** Part of an agent's config that is the same for every shipped agent: nothing here speaks to a real voice or model. */
export const SHIPPED_AGENT = {
  prompt: 'A scripted agent of the local platform.',
  voice: { provider: 'kokoro', voice_id: 'local' },
} as const;
