import { readText } from './read-text.js';

/** One request to the platform. */
export interface PlatformRequest {
  readonly url: string;
  /** The private key is one of them: they go to this address and nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A longer answer is not read. */
  readonly maxBytes: number;
  /** Ends the exchange, at any point of it. */
  readonly signal: AbortSignal;
}

/** What came back. */
export interface PlatformAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  /** `undefined`: too long, or no success. */
  readonly text: string | undefined;
}

/** Sends a POST, follows no redirect, and rejects as the connection does. */
export type Send = (request: PlatformRequest) => Promise<PlatformAnswer>;

/** By `fetch`, which every runtime has. */
export const fetchSend: Send = async ({ url, headers, body, maxBytes, signal }) => {
  // Not every runtime knows `error`, but a redirect that is not followed is no success either.
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
  const retryAfter = response.headers.get('retry-after');
  if (response.ok) {
    return { status: response.status, retryAfter, text: await readText(response, maxBytes, () => signal) };
  }
  // An unread body would keep the connection.
  await response.body?.cancel();
  return { status: response.status, retryAfter, text: undefined };
};
