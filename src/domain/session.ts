import { EMPTY_TRANSCRIPT, foldTranscript, type Role, type Transcript } from './transcript.js';

/** What the agent is doing, as far as the platform says. */
export type AgentState = 'listening' | 'thinking' | 'speaking' | 'paused';

/** What the platform tells during a call. */
export type SessionEvent =
  | { readonly type: 'ready'; readonly sessionId: string | undefined }
  | { readonly type: 'text'; readonly role: Role; readonly text: string; readonly final: boolean }
  | { readonly type: 'function'; readonly name: string; readonly params: unknown }
  | { readonly type: 'answering' }
  | { readonly type: 'interrupted' }
  | { readonly type: 'paused' }
  | { readonly type: 'unpaused' }
  | { readonly type: 'ended' }
  /** Nothing that changes anything here, or something that is newer than this widget. */
  | { readonly type: 'ignored' };

/** What is known of the platform's side of one call. */
export interface Session {
  readonly sessionId: string | undefined;
  readonly agentState: AgentState | undefined;
  readonly transcript: Transcript;
}

export const NEW_SESSION: Session = {
  sessionId: undefined,
  agentState: undefined,
  transcript: EMPTY_TRANSCRIPT,
};

/** What the agent does after an event that says nothing else of it. */
const AGENT_STATES = {
  answering: 'thinking',
  interrupted: 'listening',
  paused: 'paused',
  unpaused: 'speaking',
} as const;

/** Pure. `at` is milliseconds since the epoch. */
export function foldSession(session: Session, event: SessionEvent, at: number): Session {
  const { sessionId, agentState, transcript } = session;
  switch (event.type) {
    case 'ready':
      return {
        ...session,
        sessionId: event.sessionId ?? sessionId,
        agentState: agentState ?? 'listening',
      };
    case 'text':
      return {
        ...session,
        agentState: event.role === 'user' ? agentState : event.final ? 'listening' : 'speaking',
        transcript: foldTranscript(transcript, { ...event, at }),
      };
    case 'answering':
    case 'interrupted':
      return {
        ...session,
        agentState: AGENT_STATES[event.type],
        transcript: foldTranscript(transcript, { ...event, at }),
      };
    case 'paused':
    case 'unpaused':
      return { ...session, agentState: AGENT_STATES[event.type] };
    case 'ended':
    case 'function':
    case 'ignored':
      return session;
    default:
      return event satisfies never;
  }
}
