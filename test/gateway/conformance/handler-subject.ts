import { Readable } from 'node:stream';
import { createGateway, type Gateway, pageTokens } from '../../../src/gateway.js';
import { CANARY_KEY, CANARY_SECRET } from '../../support/node/canary.js';
import { EMBED_FUNCTIONS, SETTINGS } from './settings.js';
import type { GatewayName, Incoming, Kind, Outgoing } from './subject.js';

const BASE_PATH = '/voice';
const PEER = '127.0.0.1';

/** The handler itself, called with a `Request`. */
export const handler: Kind = {
  name: 'a handler of requests',
  knowsPeer: true,
  inProcess: true,
  start: (upstream) => {
    const lines: string[] = [];
    const gateways = new Map(
      (Object.keys(SETTINGS) as GatewayName[]).map((name) => [name, make(name, upstream, lines)]),
    );
    return Promise.resolve({
      send: async (request) => {
        const gateway = gateways.get(request.gateway ?? 'main');
        if (!gateway) throw new Error(`There is no gateway ${String(request.gateway)}.`);
        return read(gateway, request);
      },
      output: () => lines.join('\n'),
      close: () => Promise.resolve(),
    });
  },
};

function make(name: GatewayName, upstream: string, lines: string[]): Gateway {
  const { agents, ...settings } = SETTINGS[name];
  const functions = Object.entries(EMBED_FUNCTIONS).map(([agent, embed]) => [agent, { embed }]);
  return createGateway({
    origins: [],
    ...settings,
    agents: { ...agents, ...(name === 'main' && (Object.fromEntries(functions) as object)) },
    basePath: BASE_PATH,
    privateKey: CANARY_KEY,
    platform: upstream,
    log: (line) => lines.push(line),
    ...(name === 'tokens' && { authorize: pageTokens({ secret: CANARY_SECRET }) }),
  });
}

async function read(
  gateway: Gateway,
  { method = 'GET', path = '/', headers, body, abort, address }: Outgoing,
): Promise<Incoming> {
  const sent = new Headers(headers);
  if (address !== undefined) sent.append('x-forwarded-for', address);
  const isStream = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  const request = new Request(`https://voice.example.com${BASE_PATH}${path}`, {
    method,
    headers: sent,
    body: isStream
      ? Readable.toWeb(Readable.from(body))
      : typeof body === 'string'
        ? Buffer.from(body)
        : body,
    ...(isStream && { duplex: 'half' }),
    signal: abort,
  } as RequestInit);
  const response = await gateway(request, { address: PEER });
  // Nobody is there to read it any more.
  abort?.throwIfAborted();
  return { status: response.status, headers: response.headers, text: await response.text() };
}
