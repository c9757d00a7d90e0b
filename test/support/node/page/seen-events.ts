import type { CallError } from '../../../../src/domain/call-error.js';
import type { CallState } from '../../../../src/domain/call-state.js';
import type { Turn } from '../../../../src/domain/transcript.js';

/** What a page that listens to the widget's events is told, as far as it can be told outside of the page. */
export interface SeenEvent {
  readonly type: string;
  readonly atMs: number;
  readonly phase?: string | undefined;
  readonly code?: string | undefined;
  /** What else an error says. */
  readonly error?: Pick<CallError, 'message' | 'retryable' | 'status' | 'detail' | 'phase'> | undefined;
  readonly reason?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly turns?: readonly Pick<Turn, 'role' | 'text' | 'final'>[] | undefined;
}

interface Told extends Event {
  readonly state?: CallState;
  readonly error?: CallError;
  readonly code?: string;
  readonly reason?: string;
  readonly sessionId?: string;
  readonly turns?: readonly Turn[];
}

const TYPES = ['state-change', 'call-start', 'call-end', 'error', 'warning', 'transcript', 'function'];

/** The widget's events on this page, in their order. */
export const events: SeenEvent[] = [];

for (const type of TYPES) {
  addEventListener(`millis-${type}`, (event: Told) => {
    const { state, error, code = error?.code, reason, sessionId, turns } = event;
    const atMs = performance.now();
    events.push({ type, atMs, phase: state?.phase, code, error: told(error), reason, sessionId, turns });
  });
}

function told(error: CallError | undefined): SeenEvent['error'] {
  if (!error) return undefined;
  const { message, retryable, status, detail, phase } = error;
  return { message, retryable, status, detail, phase };
}
