import type { Authorize } from './options.js';
import { type LimiterStore, memoryStore } from './limiter.js';
import { z } from 'zod';

/** What a page token is made of. */
export interface PageTokenOptions {
  /** Known to whoever mints and to the gateway, at least 32 characters. Of several the first one mints. */
  readonly secret: Secret;
  /** The agent that may be called, by its public name. */
  readonly agentId: string;
  /** From now, 1 to 3600. Default 600. */
  readonly expiresInSeconds?: number;
}

/** `undefined`, as an unset environment variable is, is refused. */
type Secret = string | readonly (string | undefined)[] | undefined;

const VERSION = 'v1';
const DEFAULT_SECONDS = 600;
const MOST_SECONDS = 3600;
const LEAST_SECRET_CHARS = 32;
const MOST_TOKEN_CHARS = 1024;
const HMAC = { name: 'HMAC', hash: 'SHA-256' };

const Payload = z.object({ agent: z.string(), expires: z.number(), nonce: z.string().min(16) });

/**
 * A token with which a page may start one call with one agent, soon: signed with HMAC-SHA256 (RFC 2104), so that nobody else can
 * make one. Mint it on the site's own server, for a visitor whom the site let in, and hand it to the element's `authorize`.
 *
 * @throws TypeError for a secret, an agent or a time that cannot be used
 */
export async function mintPageToken(options: PageTokenOptions): Promise<string> {
  const { agentId, expiresInSeconds = DEFAULT_SECONDS } = options;
  const [secret = ''] = readSecrets(options.secret);
  // Who writes no types may have forgotten it.
  if (typeof (agentId as unknown) !== 'string' || agentId === '') {
    throw new TypeError('mintPageToken: agentId is missing.');
  }
  if (!(expiresInSeconds >= 1 && expiresInSeconds <= MOST_SECONDS)) {
    throw new TypeError(`mintPageToken: expiresInSeconds is a number from 1 to ${MOST_SECONDS}.`);
  }
  const payload: z.infer<typeof Payload> = {
    agent: agentId,
    expires: Math.floor(Date.now() / 1000) + expiresInSeconds,
    nonce: crypto.randomUUID(),
  };
  const signed = `${VERSION}.${toBase64Url(new TextEncoder().encode(JSON.stringify(payload)))}`;
  const signature = await crypto.subtle.sign('HMAC', await importSecret(secret), bytesOf(signed));
  return `${signed}.${toBase64Url(new Uint8Array(signature))}`;
}

/**
 * Lets only requests with a good page token through, as `Authorization: Bearer TOKEN`: signed with one of the secrets, for this
 * agent, not expired, and not used before. With a shared store a token is used once on all machines.
 *
 * @throws TypeError for a secret that is too short
 */
export function pageTokens({
  secret,
  store = memoryStore,
}: {
  readonly secret: Secret;
  readonly store?: LimiterStore;
}): Authorize {
  const secrets = readSecrets(secret);
  const uses = store.limiter('token', { requests: 1, seconds: MOST_SECONDS });
  let keys: Promise<readonly CryptoKey[]> | undefined;
  return async (request, { agentId }) => {
    const [, token = ''] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
    if (token === '' || token.length > MOST_TOKEN_CHARS) return false;
    // Not before the first request: some runtimes do no cryptography while they load.
    keys ??= Promise.all(secrets.map(importSecret));
    const payload = await verify(token, await keys);
    if (payload?.agent !== agentId) return false;
    const secondsLeft = payload.expires - Date.now() / 1000;
    if (!(secondsLeft > 0 && secondsLeft <= MOST_SECONDS)) return false;
    return (await uses.limit({ key: payload.nonce })).success;
  };
}

async function verify(
  token: string,
  keys: readonly CryptoKey[],
): Promise<z.infer<typeof Payload> | undefined> {
  const [version, body = '', signature = '', ...more] = token.split('.');
  if (version !== VERSION || more.length > 0) return undefined;
  try {
    const given = fromBase64Url(signature);
    const signed = bytesOf(`${version}.${body}`);
    const checks = keys.map((key) => crypto.subtle.verify('HMAC', key, given, signed));
    if (!(await Promise.all(checks)).includes(true)) return undefined;
    return Payload.safeParse(JSON.parse(new TextDecoder().decode(fromBase64Url(body)))).data;
  } catch {
    return undefined;
  }
}

function readSecrets(secret: Secret): readonly string[] {
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret];
  const good = secrets
    .filter((each) => typeof each === 'string')
    .filter((each) => each.length >= LEAST_SECRET_CHARS);
  if (good.length === 0 || good.length < secrets.length) {
    throw new TypeError(`The secret of page tokens has at least ${LEAST_SECRET_CHARS} characters.`);
  }
  return good;
}

function importSecret(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytesOf(secret), HMAC, false, ['sign', 'verify']);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** RFC 4648, section 5, without padding. */
function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
