import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@redis/client';

/** How a connection is made and watched. */
export interface ConnectionOptions {
  readonly url: string;
  /** How long an answer may take. */
  readonly timeoutMs: number;
  readonly warn: (line: string) => void;
  /** Rejects where Redis is there and does not do its work. */
  readonly probe: (client: RedisConnection['client']) => Promise<void>;
}

/** How often an away Redis is asked whether it is back. */
const PROBE_MS = 250;
const CONNECT_TIMEOUT_MS = 2_000;
/** Nothing was heard for so long, although it is asked every second: the connection is dead, and a new one is made. */
const SILENCE_MS = 3_000;
const PING_MS = 1_000;
const MOST_RETRY_MS = 500;

class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** A connection to Redis that may be away, and says so once. */
export class RedisConnection {
  readonly client: ReturnType<typeof makeClient>;
  readonly #options: ConnectionOptions;
  readonly #place: string;
  readonly #closed = new AbortController();
  /** Settled when it is known for the first time whether Redis is there. */
  readonly #known: Promise<void>;
  #tell: () => void = () => undefined;
  #state: 'connecting' | 'there' | 'away' = 'connecting';

  /** @throws TypeError for a URL that cannot be used, without the URL */
  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#known = new Promise((resolve) => (this.#tell = resolve));
    this.#place = placeOf(options.url);
    this.client = makeClient(options.url);
    // Without a listener an error would end the process.
    this.client.on('error', (error: unknown) => this.#leave(error));
    this.client.on('ready', () => {
      if (this.#state !== 'connecting') return;
      this.#state = 'there';
      this.#tell();
    });
    this.client.connect().catch((error: unknown) => this.#leave(error));
  }

  /** Whether Redis is there, as soon as that is known. */
  async ready(): Promise<boolean> {
    await this.#known;
    return this.#state === 'there';
  }

  /** Asks Redis. `undefined`: it is away. While the first connection is made, that is waited for. Never rejects. */
  async ask<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      if (this.#state === 'connecting') await this.#inTime(this.#known);
      if (this.#state !== 'there') return undefined;
      return await this.#inTime(question());
    } catch (error) {
      this.#leave(error);
      return undefined;
    }
  }

  close(): Promise<void> {
    this.#closed.abort();
    this.#state = 'away';
    this.#tell();
    this.client.destroy();
    return Promise.resolve();
  }

  #leave(error: unknown): void {
    if (this.#state === 'away') return;
    this.#state = 'away';
    this.#tell();
    this.#options.warn(
      `Redis at ${this.#place} is away (${reasonOf(error)}). Until it is back, this process counts its limits alone.`,
    );
    void this.#comeBack();
  }

  async #comeBack(): Promise<void> {
    const { signal } = this.#closed;
    while (!(await this.#answers())) {
      await sleep(PROBE_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
    }
    if (signal.aborted) return;
    this.#state = 'there';
    this.#options.warn(`Redis at ${this.#place} is back. The limits are shared again.`);
  }

  async #answers(): Promise<boolean> {
    if (!this.client.isReady) return false;
    return this.#inTime(this.#options.probe(this.client)).then(
      () => true,
      () => false,
    );
  }

  /** A command that was written to a Redis that hangs is answered never, or much later. */
  async #inTime<Value>(work: Promise<Value>): Promise<Value> {
    const { timeoutMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Value>((resolve, reject) => {
        work.then(resolve, reject);
        timer = setTimeout(() => {
          // It may be this process that was busy: an answer that has arrived is read before this.
          setImmediate(() => reject(new NoAnswerError(`no answer within ${timeoutMs} ms`)));
        }, timeoutMs);
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

function makeClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: PING_MS,
    socket: {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      reconnectStrategy: (retries) => Math.min(25 * 2 ** retries, MOST_RETRY_MS) + Math.random() * 25,
    },
  });
}

/** For messages: without user and password. The errors of `new URL` and of the client would quote the URL. */
function placeOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isGood =
    url &&
    /^rediss?:$/.test(url.protocol) &&
    url.host !== '' &&
    /^\/?\d*$/.test(url.pathname) &&
    canDecode(url);
  if (!isGood) {
    throw new TypeError(
      'redisStore: the URL is expected to be like redis://host:6379 or rediss://host:6380.',
    );
  }
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** Not with a percent sign in the password that was not written as `%25`. */
function canDecode({ username, password }: URL): boolean {
  try {
    return typeof decodeURIComponent(username + password) === 'string';
  } catch {
    return false;
  }
}

/** Redis's own words may name a user: their first word is the code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  if (error instanceof NoAnswerError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  const [word] = /^[A-Z]{3,}(?= )/.exec(message) ?? [];
  return code ?? word ?? 'the connection broke';
}
