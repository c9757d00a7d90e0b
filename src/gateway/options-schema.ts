import { z } from 'zod';
import { regionBaseUrl } from '../domain/region.js';
import { describeProblem, readEmbedConfig } from '../protocol/embed-config.js';
import { readBaseUrl } from './base-url.js';
import { type Limiter, type LimiterStore, memoryStore } from './limiter.js';
import type { Authorize } from './options.js';
import { PrivateKey } from './private-key.js';
import { fetchSend, type Send } from './send.js';

const WANTED_AGENTS = 'expected at least one agent: ids in a list, or options by name';
const WANTED_URL =
  'expected a base URL that begins with https:// (http:// only on this machine), without a query';
const WANTED_KEY = "expected the platform's private key, without spaces";
export const DAY_SECONDS = 86_400;

const isFunction = (value: unknown) => typeof value === 'function';
const hasFunction = (name: string) => (value: unknown) =>
  typeof value === 'object' && value !== null && name in value && isFunction(Reflect.get(value, name));

const text = z.string().min(1).max(128);
const count = z.int().min(1).max(1_000_000);
const rule = z.strictObject({ requests: count, seconds: z.int().min(1).max(DAY_SECONDS) });
const limiter = z.custom<Limiter>(hasFunction('limit'));
const limit = z.union(
  [rule, limiter, z.literal(false)],
  'expected { requests, seconds } and nothing else, a limiter, or false',
);
const timeout = z.int().min(100).max(30_000);
const headerName = z.string().regex(/^[\w-]+$/, 'expected the name of a header');
const baseUrl = z.string(WANTED_URL).transform((url, context) => {
  const good = readBaseUrl(url);
  if (good === undefined) context.addIssue(WANTED_URL);
  return good ?? '';
});

/** `GatewayOptions`, with the defaults; agents are checked one by one. */
export const OptionsSchema = z.strictObject({
  privateKey: z.union([z.instanceof(PrivateKey), z.string().regex(/^[\x21-\x7e]+$/, WANTED_KEY)], {
    error: ({ input }) => (input === undefined ? `${WANTED_KEY}; got nothing` : WANTED_KEY),
  }),
  origins: z
    .array(z.string('expected a text').superRefine(checkOrigin), 'expected a list of origins')
    .min(1, 'expected at least one origin'),
  agents: z.union(
    [
      z.array(text).min(1, WANTED_AGENTS),
      z.record(text, z.unknown()).refine((agents) => Object.keys(agents).length > 0, WANTED_AGENTS),
    ],
    WANTED_AGENTS,
  ),
  basePath: z
    .string()
    .regex(/^(\/[\w.~-]+)*$/, 'expected a path that begins with a slash and ends without one')
    .default(''),
  authorization: z.enum(['bearer', 'bare']).default('bearer'),
  trustedHops: z.int().min(0).max(10).default(0),
  addressHeader: headerName.optional(),
  limits: z
    .strictObject({
      visitor: limit.optional(),
      origin: limit.optional(),
      agent: limit.optional(),
      sessionsADay: z
        .union([count, limiter, z.literal(false)], 'expected a number, a limiter, or false')
        .optional(),
    })
    .default({}),
  store: z.custom<LimiterStore>(hasFunction('limiter'), 'expected a store of limits').default(memoryStore),
  authorize: z.custom<Authorize>(isFunction, 'expected a function').optional(),
  allowHeaders: z.array(headerName).default([]),
  platform: z
    .union(
      [z.strictObject({ 'us-west': baseUrl.optional(), 'eu-west': baseUrl.optional() }), baseUrl],
      `${WANTED_URL}, or one for each region`,
    )
    .optional(),
  bodyTimeoutMs: timeout.default(5000),
  upstreamTimeoutMs: timeout.default(8000),
  send: z.custom<Send>(isFunction, 'expected a function').default(() => fetchSend),
  log: z.custom<(line: string) => void>(isFunction, 'expected a function').default(() => console.log),
});

/** `AgentOptions`, with the defaults. */
export const AgentSchema = z.strictObject({
  id: text.optional(),
  region: z
    .string()
    .refine((region) => regionBaseUrl(region) !== undefined, 'expected us-west or eu-west')
    .default('us-west'),
  embed: z.unknown().superRefine(checkEmbed).optional(),
});

/** The fetch standard's serialization of an origin, which is what `Origin` holds. */
function checkOrigin(origin: string, context: z.RefinementCtx): void {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    context.addIssue('expected an origin such as https://www.example.com');
  } else if (url.origin !== origin) {
    context.addIssue(`expected the origin as browsers write it: ${url.origin}`);
  }
}

function checkEmbed(embed: unknown, context: z.RefinementCtx): void {
  if (embed === undefined || isFunction(embed)) return;
  for (const problem of readEmbedConfig(embed).problems) context.addIssue(describeProblem(problem));
}
