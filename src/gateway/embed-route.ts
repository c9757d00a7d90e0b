import { MAX_CONFIG_CHARS } from '../protocol/embed-config.js';
import type { PrivateKey } from './private-key.js';
import { Refusal } from './refusal.js';
import type { RouteAnswer } from './responses.js';
import type { Agent } from './settings.js';

interface Served {
  readonly body: string;
  readonly etag: string;
}

/** A visitor waits for it, and a site owner who changed it does not want to wait long. */
const CACHE_CONTROL = 'public, max-age=300';

/** Serves the embed configs of agents, each with the `ETag` of its text. */
export class EmbedRoute {
  readonly #key: PrivateKey;
  readonly #served = new Map<string, Served>();

  constructor(key: PrivateKey) {
    this.#key = key;
  }

  /** @throws Refusal */
  async answer(agent: Agent | undefined, headers: Headers): Promise<RouteAnswer> {
    if (!agent) throw new Refusal('agent-not-found', 'There is no such agent.');
    const { body, etag } = await this.#serve(agent);
    const caching = { 'cache-control': CACHE_CONTROL, etag };
    if (matches(headers.get('if-none-match') ?? '', etag))
      return { status: 304, body: null, headers: caching };
    return { status: 200, body, headers: caching };
  }

  async #serve(agent: Agent): Promise<Served> {
    const body = await readEmbed(agent);
    if (this.#key.isIn(body)) throw unusable(agent.alias, 'it holds the private key');
    const known = this.#served.get(agent.alias);
    if (known?.body === body) return known;
    const served = { body, etag: await etagOf(body) };
    this.#served.set(agent.alias, served);
    return served;
  }
}

async function readEmbed({ alias, embed }: Agent): Promise<string> {
  const config: unknown =
    typeof embed === 'function' ? await callEmbed(alias, embed as () => unknown) : embed;
  if (config == null) throw new Refusal('embed-not-found', 'This agent has no embed config.');
  const body = typeof config === 'object' ? JSON.stringify(config) : '';
  if (body === '' || body.length > MAX_CONFIG_CHARS) {
    throw unusable(alias, 'expected an object of at most 64 kB');
  }
  return body;
}

async function callEmbed(alias: string, embed: () => unknown): Promise<unknown> {
  try {
    return await embed();
  } catch (error) {
    throw unusable(alias, String(error));
  }
}

function unusable(alias: string, why: string): Refusal {
  const detail = 'The embed config of this agent cannot be served.';
  return new Refusal(
    'misconfigured',
    detail,
    {},
    `The embed config of agent ${alias} cannot be served: ${why}`,
  );
}

async function etagOf(body: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body)));
  const hex = Array.from(digest.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0'));
  return `"${hex.join('')}"`;
}

/** RFC 9110, section 13.1.2: the comparison is a weak one. */
function matches(ifNoneMatch: string, etag: string): boolean {
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
