import { isIPv4 } from 'node:net';
import { regionBaseUrl } from '../domain/region.js';
import { UsageError } from './command.js';

/** Where an agent is kept. */
export interface Target {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The platform's region; `undefined`: a server that the user named. */
  readonly region: string | undefined;
  /** The region is a guess, from the file. */
  readonly fromFile: boolean;
}

/**
 * The server that was named, else the region that was named, else the region of the file, else `us-west`. The file's region says
 * where calls go, which is a good guess where its agent is kept.
 *
 * @throws UsageError when the server or the region cannot be used
 */
export function chooseTarget(
  { server, region }: { readonly server?: string | undefined; readonly region?: string | undefined },
  fileRegion: string | undefined,
): Target {
  if (server !== undefined && region !== undefined) {
    throw new UsageError('Either --server or --region: a server is in one place.');
  }
  if (server !== undefined) return { baseUrl: checkServer(server), region: undefined, fromFile: false };
  if (region?.trim() === '') throw new UsageError('--region wants us-west or eu-west.');
  const name = region ?? fileRegion?.trim() ?? '';
  const baseUrl = regionBaseUrl(name);
  if (baseUrl === undefined) throw new UsageError(`--region wants us-west or eu-west, not "${name}".`);
  return {
    baseUrl,
    region: name === '' ? 'us-west' : name,
    fromFile: region === undefined && name !== '',
  };
}

function checkServer(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('--server wants a URL that begins with https://.');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new UsageError('--server wants a URL without a user name, a query and a fragment.');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new UsageError(
      '--server wants https://, except on this machine: the key would travel in the clear.',
    );
  }
  return url.href.replace(/\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true;
  return isIPv4(hostname) && hostname.startsWith('127.');
}
