import type { CallSnapshot } from '../call/call-store.js';
import type { CallError } from '../domain/call-error.js';
import { isResting } from '../domain/call-state.js';

const MOST_LINES = 20;

/** What happened to an element's calls, one line each, the last twenty: starts, ends, errors and warnings. In codes only, never in anybody's words. */
export class History {
  readonly lines: string[] = [];

  /** `snapshot` is what is there when somebody begins to look. */
  constructor(snapshot: CallSnapshot) {
    this.#tellWarnings(snapshot, []);
    if (snapshot.state.phase === 'failed') this.#tell(describeError(snapshot.state.error));
  }

  follow(snapshot: CallSnapshot, previous: CallSnapshot): void {
    const { state } = snapshot;
    this.#tellWarnings(snapshot, previous.warnings);
    if (state.phase === previous.state.phase) return;
    if (isResting(previous.state)) this.#tell('a call started');
    if (state.phase === 'reconnecting') this.#tell('interrupted');
    if (state.phase === 'live') this.#tell('live');
    if (state.phase === 'ended') this.#tell(`ended: ${state.reason}`);
    if (state.phase === 'failed') this.#tell(describeError(state.error));
  }

  #tellWarnings({ warnings }: CallSnapshot, before: readonly string[]): void {
    for (const code of warnings) if (!before.includes(code)) this.#tell(`warning: ${code}`);
  }

  #tell(what: string): void {
    this.lines.push(`${new Date().toISOString().slice(11, 19)} UTC ${what}`);
    if (this.lines.length > MOST_LINES) this.lines.shift();
  }
}

/** Its message and the server's words stay out: both can quote an address. */
function describeError({
  code,
  phase,
  status,
  serverCode,
  retryAfterMs,
  retryable,
  cause,
}: CallError): string {
  const facts = [
    phase && `in ${phase}`,
    status && `status ${status}`,
    serverCode && `server code ${serverCode}`,
    retryAfterMs && `to wait ${retryAfterMs} ms`,
    cause instanceof Error && /^\w{1,40}$/.test(cause.name) && `because of ${cause.name}`,
    `another try ${retryable ? 'can' : 'cannot'} help`,
  ];
  return `error: ${code} (${facts.filter(Boolean).join(', ')})`;
}
