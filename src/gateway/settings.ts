import { z } from 'zod';
import { regionBaseUrl } from '../domain/region.js';
import type { Limiter, LimiterStore, LimitRule } from './limiter.js';
import { type Authorize, type GatewayOptions, GatewayOptionsError, type Limits } from './options.js';
import { AgentSchema, DAY_SECONDS, OptionsSchema } from './options-schema.js';
import { PrivateKey } from './private-key.js';
import type { Send } from './send.js';
import type { AddressSource } from './visitor.js';

/** One agent that can be called. */
export interface Agent {
  readonly alias: string;
  readonly id: string;
  readonly baseUrl: string;
  readonly embed: unknown;
}

/** Checked options. */
export interface Settings extends AddressSource {
  readonly key: PrivateKey;
  readonly scheme: 'bearer' | 'bare';
  readonly origins: ReadonlySet<string>;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly basePath: string;
  readonly limiters: Readonly<Record<keyof Limits, Limiter | undefined>>;
  readonly authorize: Authorize | undefined;
  /** For CORS, lower case. */
  readonly allowHeaders: string;
  readonly send: Send;
  readonly bodyTimeoutMs: number;
  readonly upstreamTimeoutMs: number;
  readonly log: (line: string) => void;
}

const DEFAULT_SESSIONS_A_DAY = 500;
const DEFAULT_RULES: Readonly<Record<Exclude<keyof Limits, 'sessionsADay'>, LimitRule>> = {
  visitor: { requests: 10, seconds: 60 },
  origin: { requests: 120, seconds: 60 },
  agent: { requests: 120, seconds: 60 },
};

/**
 * Checks the options, and hides the key in the given object.
 *
 * @throws GatewayOptionsError that names all that is wrong
 */
export function readSettings(options: GatewayOptions): Settings {
  const { data, error } = OptionsSchema.safeParse(options);
  const agents = readAgents(data?.agents ?? agentsOf(options), data?.platform);
  const problems = [...describe(error, []), ...agents.problems];
  if (data?.addressHeader !== undefined && data.trustedHops > 0) {
    problems.push('trustedHops: expected either this or addressHeader');
  }
  if (!data || problems.length > 0) throw new GatewayOptionsError(withoutKey(problems, options));
  const key = keyOf(data.privateKey);
  // A frozen object stays as it is.
  Reflect.set(options, 'privateKey', key);
  const { authorization, authorize, origins, basePath, trustedHops, addressHeader } = data;
  return {
    key,
    scheme: authorization,
    origins: new Set(origins),
    agents: agents.all,
    basePath,
    trustedHops,
    addressHeader,
    limiters: makeLimiters(data.limits, data.store),
    authorize,
    allowHeaders: ['authorization', 'content-type', ...data.allowHeaders].join(', ').toLowerCase(),
    send: data.send,
    bodyTimeoutMs: data.bodyTimeoutMs,
    upstreamTimeoutMs: data.upstreamTimeoutMs,
    log: withoutThrowing(data.log),
  };
}

/** A problem quotes what it is about. */
function withoutKey(problems: readonly string[], options: unknown): readonly string[] {
  const { data } = z.object({ privateKey: OptionsSchema.shape.privateKey }).safeParse(options);
  if (data === undefined) return problems;
  const key = keyOf(data.privateKey);
  return problems.map((problem) => key.hideIn(problem));
}

function keyOf(key: string | PrivateKey): PrivateKey {
  return typeof key === 'string' ? new PrivateKey(key) : key;
}

/** A log that is full must not keep visitors from calling. */
function withoutThrowing(log: (line: string) => void): (line: string) => void {
  return (line) => {
    try {
      log(line);
    } catch {
      // There is nobody left to be told.
    }
  };
}

/** What is wrong elsewhere must not keep the agents' problems unsaid. */
function agentsOf(options: unknown): readonly string[] | Record<string, unknown> {
  const shape = z.object({ agents: OptionsSchema.shape.agents }).safeParse(options);
  return shape.data?.agents ?? [];
}

function readAgents(
  given: readonly string[] | Record<string, unknown>,
  platform: z.output<typeof OptionsSchema>['platform'],
): { readonly all: ReadonlyMap<string, Agent>; readonly problems: readonly string[] } {
  const all = new Map<string, Agent>();
  const problems: string[] = [];
  const entries = isList(given) ? given.map((id): [string, unknown] => [id, {}]) : Object.entries(given);
  for (const [alias, options] of entries) {
    const { data, error } = AgentSchema.safeParse(options);
    problems.push(...describe(error, ['agents', alias]));
    if (data) {
      const { id = alias, region, embed } = data;
      all.set(alias, { alias, id, embed, baseUrl: baseUrlOf(region, platform) });
    }
  }
  return { all, problems };
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

function baseUrlOf(region: string, platform: z.output<typeof OptionsSchema>['platform']): string {
  if (typeof platform === 'string') return platform;
  const own = regionBaseUrl(region) ?? '';
  const isEurope = own === regionBaseUrl('eu-west');
  return platform?.[isEurope ? 'eu-west' : 'us-west'] ?? own;
}

function makeLimiters(
  limits: z.output<typeof OptionsSchema>['limits'],
  store: LimiterStore,
): Settings['limiters'] {
  const make = (name: string, of: LimitRule | Limiter | false) =>
    of === false ? undefined : 'limit' in of ? of : store.limiter(name, of);
  const { sessionsADay = DEFAULT_SESSIONS_A_DAY } = limits;
  const day =
    typeof sessionsADay === 'number' ? { requests: sessionsADay, seconds: DAY_SECONDS } : sessionsADay;
  return {
    visitor: make('visitor', limits.visitor ?? DEFAULT_RULES.visitor),
    origin: make('origin', limits.origin ?? DEFAULT_RULES.origin),
    agent: make('agent', limits.agent ?? DEFAULT_RULES.agent),
    sessionsADay: make('day', day),
  };
}

/** A line for each problem, as in `origins[0]: expected …`. */
function describe(error: z.ZodError | undefined, within: readonly string[]): string[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
    if (unknown.length > 0) {
      return unknown.map((key) => `${nameOf([...within, ...issue.path, key])}: there is no such option`);
    }
    const words = issue.message.replace(/^(Invalid input|Invalid option|Too (small|big)): /, '');
    return [`${nameOf([...within, ...issue.path]) || 'options'}: ${words}`];
  });
}

function nameOf(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return parts.join('').replace(/^\./, '');
}
