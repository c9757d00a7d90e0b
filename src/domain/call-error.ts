import type { CallPhase } from './call-state.js';

/** Why a call could not start or go on. A closed list: adding a code is a minor version, removing one a major. */
export type CallErrorCode =
  | 'agent-id-missing'
  | 'config-invalid'
  | 'region-unknown'
  | 'browser-unsupported'
  | 'insecure-context'
  | 'microphone-denied'
  | 'microphone-dismissed'
  | 'microphone-blocked'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'offline'
  | 'server-unreachable'
  | 'unauthorized'
  | 'payment-required'
  | 'forbidden'
  | 'agent-not-found'
  | 'offer-rejected'
  | 'rate-limited'
  | 'server-error'
  | 'offer-timeout'
  | 'answer-invalid'
  | 'connection-timeout'
  | 'connection-failed'
  | 'connection-lost'
  | 'internal';

/** Something the visitor should know of while the call goes on. */
export type CallWarningCode =
  | 'microphone-lost'
  | 'microphone-interrupted'
  | 'microphone-silent'
  | 'output-lost'
  | 'playback-blocked'
  | 'transcript-lost';

/** What is known of a failure beside its code. */
export interface CallErrorDetails {
  readonly cause?: unknown;
  /** HTTP status of the server's answer. */
  readonly status?: number | undefined;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The server's own words. For developers: visitors read `labels[code]`. */
  readonly detail?: string | undefined;
  /** A gateway's own code, finer than the status: `code` of its body. At most 40 letters and hyphens. */
  readonly serverCode?: string | undefined;
  /** Who keeps the microphone from the page, where the browser tells: the system, and not the visitor. */
  readonly deniedBy?: 'system' | undefined;
  /** `true`: whatever the code says, another try cannot help. */
  readonly final?: boolean | undefined;
}

/** Beginnings of the codes that another press cannot mend: the page, the account or the browser has to change first. */
const FINAL_CODES =
  /^(agent-|config-|region-|browser-|insecure-|microphone-blocked|unauth|payment-|forbidden|offer-rej)/;

/** Of a gateway's codes, those that another press cannot mend either. */
const FINAL_SERVER_CODES = /^(misconfigured|quota|daily-limit|not-authorized)$/;

/** The only error type that crosses a layer boundary. Branch on `code`, never on `message`. */
export class CallError extends Error {
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;
  readonly serverCode: string | undefined;
  readonly deniedBy: 'system' | undefined;
  /** The phase that the call was in when it failed; set by the call, once. */
  phase: CallPhase | undefined;
  readonly #final: boolean;

  constructor(
    readonly code: CallErrorCode,
    message: string,
    { cause, status, retryAfterMs, detail, serverCode, deniedBy, final = false }: CallErrorDetails = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.detail = detail;
    this.serverCode = serverCode;
    this.deniedBy = deniedBy;
    this.#final = final;
  }

  /** On the prototype: where a page froze `Error.prototype`, no error can be assigned a name of its own. */
  override get name(): 'CallError' {
    return 'CallError';
  }

  /** Whether trying again, without changing anything else, can help. */
  get retryable(): boolean {
    return !this.#final && !FINAL_CODES.test(this.code) && !FINAL_SERVER_CODES.test(this.serverCode ?? '');
  }
}
