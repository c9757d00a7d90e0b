/** Why a request is not answered as it wished. Each code stands for one status. */
const STATUS = {
  'offer-invalid': 400,
  'not-authorized': 401,
  'origin-forbidden': 403,
  'not-found': 404,
  'agent-not-found': 404,
  'embed-not-found': 404,
  'method-not-allowed': 405,
  'body-timeout': 408,
  'body-too-large': 413,
  'content-type': 415,
  'rate-limited': 429,
  'daily-limit': 429,
  aborted: 499,
  internal: 500,
  misconfigured: 500,
  'offer-refused': 502,
  'upstream-failed': 502,
  'authorize-failed': 503,
  busy: 503,
  quota: 503,
  'upstream-timeout': 504,
} as const;

/** The `code` of an error body. A closed list: adding one is a minor version, removing one a major. */
export type RefusalCode = keyof typeof STATUS;

/** The only error that decides a response. `message` is the body's `detail`: it is read by strangers. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(
    readonly code: RefusalCode,
    detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** What the site's owner should know, for the log. */
    readonly warning?: string,
  ) {
    super(detail);
    this.status = STATUS[code];
  }
}

/** A `Retry-After` header, in whole seconds (RFC 9110, section 10.2.3). */
export function retryAfter(ms: number): Readonly<Record<string, string>> {
  return { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) };
}
