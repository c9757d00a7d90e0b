/** One of the gateways that a subject runs, side by side, each with its own settings. */
export type GatewayName = 'main' | 'limits' | 'day' | 'tokens' | 'peer' | 'header';

/** A request as it goes over the wire: it may be no good HTTP at all. */
export interface Outgoing {
  readonly gateway?: GatewayName;
  readonly method?: string;
  /** After the base path of the gateway. */
  readonly path?: string;
  /** Each character of a value is one byte. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In one piece with its `Content-Length` (unless the headers say another), or piece by piece without one. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** The visitor goes away. The promise rejects then. */
  readonly abort?: AbortSignal;
  /** What the proxy in front of the gateway appends to `X-Forwarded-For`. */
  readonly address?: string;
}

/** A response as it came. */
export interface Incoming {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What a runtime does in its own way, by the title of the test, and why. */
export interface Difference {
  readonly why: string;
  /** The statuses that are right there; a response below the gateway need not look like one of its own. */
  readonly status: readonly number[];
}

/** One gateway that answers, however it is run. */
export interface Subject {
  readonly send: (request: Outgoing) => Promise<Incoming>;
  /** All that it printed so far. */
  readonly output: () => string;
  readonly close: () => Promise<void>;
}

/** How a kind of subject is started, and what is special about it. */
export interface Kind {
  readonly name: string;
  /** Requests for agents go to the platform at `upstream`. */
  start(upstream: string): Promise<Subject>;
  readonly differences?: Readonly<Record<string, Difference>>;
  /** The runtime tells the address of the TCP peer. */
  readonly knowsPeer: boolean;
  /** Why the runtime does not notice that a visitor went away. The time-out of the platform ends the exchange then. */
  readonly missesLeaving?: string;
  /** Sent as a `Request`, which cannot be broken HTTP. */
  readonly inProcess?: boolean;
  /** Its settings are JSON. */
  readonly withoutFunctions?: boolean;
}
