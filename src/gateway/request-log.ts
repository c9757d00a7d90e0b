import type { PrivateKey } from './private-key.js';

/** What is told of one request: nothing of its body, of its headers only a well-formed origin. */
export interface LoggedRequest {
  readonly requestId: string;
  readonly method: string;
  readonly route: string | null;
  /** As the page said it. */
  readonly origin: string | null;
  /** A public name of a listed agent. */
  readonly agent: string | null;
  readonly status: number;
  readonly code: string | null;
  readonly ms: number;
}

const MOST_METHOD_CHARS = 16;
const MOST_ORIGIN_CHARS = 200;

/** One line of JSON. */
export function requestLine(request: LoggedRequest): string {
  const { requestId, method, route, origin, agent, status, code, ms } = request;
  return JSON.stringify({
    time: new Date().toISOString(),
    request_id: requestId,
    method: method.slice(0, MOST_METHOD_CHARS),
    route,
    origin: shownOrigin(origin),
    agent,
    status,
    code,
    ms: Math.round(ms * 10) / 10,
  });
}

/** One line of JSON. Whatever it quotes, the key is not in it. */
export function warningLine(message: string, key: PrivateKey): string {
  return JSON.stringify({ time: new Date().toISOString(), level: 'warn', message: key.hideIn(message) });
}

/** A site owner who forgot to list an origin finds it here. */
function shownOrigin(origin: string | null): string | null {
  if (origin === null || origin === 'null' || origin.length > MOST_ORIGIN_CHARS) return origin && 'other';
  return URL.canParse(origin) && new URL(origin).origin === origin ? origin : 'other';
}
