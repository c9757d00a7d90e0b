import { parseEmbedConfig, type ReadConfig } from '../protocol/embed-config.js';
import { within } from './lifetime.js';
import { natives } from './natives.js';
import { MAX_BODY_BYTES, readBody } from '../protocol/response-body.js';
import { addressBelow, type ExchangeOptions } from './signaling.js';

/** Where a config may be. */
export interface ConfigSource extends Pick<ExchangeOptions, 'agentId' | 'server' | 'authorize'> {
  /** Address of an `EmbedConfig` as JSON; else the server is asked for it, if there is one. */
  readonly configSrc?: string | undefined;
}

const TIMEOUT_MS = 3000;
/** The platform has no public endpoint that reads a config back, so a server without one is no mistake of the site. */
const SERVER_HAS_NONE: readonly number[] = [401, 404, 405];

/**
 * Fetches an embed config: from `configSrc`, else `GET {server}/agents/{agentId}/embed`. Resolves with nothing but empty settings
 * where nobody has one. Never asks for credentials, and gives up after 3 s or 64 kB.
 *
 * @throws an `Error` that says what went wrong, or the signal's reason
 */
export async function loadConfig(source: ConfigSource, signal: AbortSignal): Promise<ReadConfig> {
  const request = configRequest(source);
  const timeout = () => new Error(`no response within ${TIMEOUT_MS} ms`);
  return within(TIMEOUT_MS, signal, timeout, async (loading) => {
    const response = await request(loading);
    const { ok, status } = response;
    const none = source.configSrc ? status === 404 : SERVER_HAS_NONE.includes(status);
    const body = ok ? await readBody(response) : '';
    if (none) return { settings: {}, problems: [] };
    if (!ok) throw new Error(`the server said ${status}`);
    if (body === undefined) throw new Error(`longer than ${MAX_BODY_BYTES} bytes`);
    return parseEmbedConfig(body);
  });
}

/** Whether there is anything to ask. */
export function hasConfigSource({ agentId, server, configSrc }: ConfigSource): boolean {
  return Boolean(configSrc) || Boolean(server && agentId);
}

type ConfigRequest = (signal: AbortSignal) => Promise<Response>;

function configRequest({ agentId, server = '', configSrc, authorize }: ConfigSource): ConfigRequest {
  const { fetch } = natives;
  if (configSrc) return (signal) => fetch(configSrc, { credentials: 'omit', signal });
  return async (signal) => {
    const url = addressBelow(server, `agents/${encodeURIComponent(agentId)}/embed`);
    const headers = new Headers(await authorize?.({ url, agentId }));
    // A token for the server must not follow it to another one.
    return fetch(url, { headers, credentials: 'omit', redirect: 'error', signal });
  };
}
