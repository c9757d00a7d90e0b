import type { GatewayName } from './subject.js';

/** The origin of most rows. */
export const ORIGIN = 'https://www.example.com';

/** Origins that are in every list: also such as look odd, in the way in which browsers write them. */
export const ORIGINS = [
  ORIGIN,
  'http://localhost:5173',
  'https://shop.example.com:8443',
  'https://xn--exmple-cua.com',
  'http://[::1]:8080',
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'].map(
    (name) => `https://${name}.example`,
  ),
];

/** The embed config of the agent `good`. */
export const EMBED = {
  titles: { idle: 'Call “us” – now', connecting: '…', running: 'Stop' },
  size: 72,
  transcript: true,
};

/** Agents whose embed config comes from a function. A gateway whose settings are JSON leaves them out. They know nothing around them. */
export const EMBED_FUNCTIONS: Readonly<Record<string, () => unknown>> = {
  'embed-function': () => Promise.resolve({ size: 48 }),
  'embed-throws': () => {
    throw new Error('/etc/secret/path of the config');
  },
  'embed-rejects': () => Promise.reject(new Error('/etc/secret/path of the config')),
  'embed-text': () => 'no object',
  'embed-undefined': () => undefined,
};

/** What can be written as JSON of the settings of one gateway; the key, the base path and the platform's address come with the subject. */
export interface Settings {
  readonly [option: string]: unknown;
  readonly agents: Readonly<
    Record<string, { readonly id?: string; readonly region?: string; readonly embed?: object }>
  >;
}

/** The platform misbehaves by these ids (`test/support/node/upstream.ts`). */
const MISBEHAVING = [
  ...[400, 401, 402, 403, 404, 405, 409, 418, 422, 429, 500, 502, 503, 504].map(
    (status) => `status-${status}`,
  ),
  ...[
    'retry-7',
    'retry-0',
    'retry-900',
    'retry-soon',
    'retry-date',
    'redirect',
    'html',
    'empty',
    'null',
    'list',
  ],
  ...[
    'bare',
    'offer',
    'number',
    'garbage',
    'echo',
    'silent',
    'noaudio',
    'huge',
    'endless',
    'reset',
    'half',
    'stall',
    'hang',
  ],
];
const HELD = ['held-aborted', 'held-early', 'held-log'];
const LIMITED = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/** Long enough for a machine that runs eight of them at once, and builds one. */
export const TIMEOUT_MS = 6000;

const COMMON = {
  origins: ORIGINS,
  trustedHops: 1,
  bodyTimeoutMs: TIMEOUT_MS,
  upstreamTimeoutMs: TIMEOUT_MS,
};
const NO_LIMITS = { visitor: false, origin: false, agent: false, sessionsADay: false };

/** Settings of each gateway. Every row has its own agent, origin and address where something is counted. */
export const SETTINGS: Readonly<Record<GatewayName, Settings>> = {
  main: {
    ...COMMON,
    limits: NO_LIMITS,
    allowHeaders: ['x-page-id'],
    agents: {
      good: { id: 'real-id-of-good', embed: EMBED },
      'with spaces & ünïcode': {},
      european: { region: 'eu-west' },
      ...agentsOf(['refused', ...MISBEHAVING, ...HELD]),
    },
  },
  limits: {
    ...COMMON,
    limits: {
      visitor: { requests: 3, seconds: 60 },
      origin: { requests: 5, seconds: 60 },
      agent: { requests: 4, seconds: 60 },
      sessionsADay: false,
    },
    agents: agentsOf(LIMITED),
  },
  day: {
    ...COMMON,
    authorization: 'bare',
    limits: { ...NO_LIMITS, sessionsADay: 2 },
    agents: agentsOf(['daily', 'status-400', 'status-500', 'hang']),
  },
  tokens: { ...COMMON, limits: NO_LIMITS, agents: agentsOf(['good', 'other']) },
  peer: {
    ...COMMON,
    trustedHops: 0,
    limits: { ...NO_LIMITS, visitor: { requests: 2, seconds: 60 } },
    agents: agentsOf(['good']),
  },
  header: {
    ...COMMON,
    trustedHops: 0,
    addressHeader: 'x-visitor-address',
    limits: { ...NO_LIMITS, visitor: { requests: 2, seconds: 60 } },
    agents: agentsOf(['good']),
  },
};

function agentsOf(names: readonly string[]): Settings['agents'] {
  return Object.fromEntries(names.map((name) => [name, {}]));
}
