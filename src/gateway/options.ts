import type { EmbedConfig } from '../protocol/embed-config.js';
import type { Limiter, LimiterStore, LimitRule } from './limiter.js';
import type { PrivateKey } from './private-key.js';
import type { Send } from './send.js';

/** How the gateway is set up. Everything is checked when it is made. */
export interface GatewayOptions {
  /**
   * The platform's private key. A text is replaced by a `PrivateKey` in the given object, so that neither `JSON.stringify` nor
   * `console.log` of the object shows it. `undefined`, as an unset environment variable is, is refused.
   */
  readonly privateKey: string | PrivateKey | undefined;
  /** Origins of the site's pages, as browsers write them: `https://www.example.com`. Nothing else gets an answer. */
  readonly origins: readonly string[];
  /** Who can be called: ids of agents, or agents by a public name that stands for the id. */
  readonly agents: readonly string[] | Readonly<Record<string, AgentOptions>>;
  /** Path before the gateway's own, as in `/api/voice`. Default: none. */
  readonly basePath?: string | undefined;
  /** How the key is sent: `Authorization: Bearer KEY` (default) or `Authorization: KEY`. */
  readonly authorization?: 'bearer' | 'bare' | undefined;
  /** How many proxies in front of the gateway append to `X-Forwarded-For`, 0 to 10. Default 0: the header is not believed. */
  readonly trustedHops?: number | undefined;
  /** The header in which the platform in front writes the visitor's address, as `cf-connecting-ip`. In place of `trustedHops`. */
  readonly addressHeader?: string | undefined;
  readonly limits?: Limits | undefined;
  /** Where limits are counted. Default: in the memory of this process. */
  readonly store?: LimiterStore | undefined;
  /** Who may call, beside the origin: `pageTokens({ secret })`, or a function of your own. Default: everybody. */
  readonly authorize?: Authorize | undefined;
  /** Further request headers that pages may send. `authorization` and `content-type` they may always. */
  readonly allowHeaders?: readonly string[] | undefined;
  /** Another server than the platform's: one base URL, or one for each region. https, or http on this machine. */
  readonly platform?: string | PlatformUrls | undefined;
  /** How long a request body may take, in milliseconds, 100 to 30000. Default 5000. */
  readonly bodyTimeoutMs?: number | undefined;
  /** How long the platform may take, in milliseconds, 100 to 30000. Default 8000; the widget gives up after 10000. */
  readonly upstreamTimeoutMs?: number | undefined;
  /** How the platform is asked. Default: by `fetch`; on Node `nodeSend()` takes a fraction of the time. */
  readonly send?: Send | undefined;
  /** Gets one line of JSON for each request, and each warning. Default `console.log`. */
  readonly log?: ((line: string) => void) | undefined;
}

/** One agent, by its public name. */
export interface AgentOptions {
  /** The platform's id. Default: the public name. */
  readonly id?: string | undefined;
  /** `us-west` (default) or `eu-west`. */
  readonly region?: string | undefined;
  /** What `GET /agents/{name}/embed` answers; a function is asked each time, and `undefined` means none. */
  readonly embed?: EmbedConfig | (() => unknown) | undefined;
}

/** Base URLs in place of the platform's own. */
export interface PlatformUrls {
  readonly 'us-west'?: string | undefined;
  readonly 'eu-west'?: string | undefined;
}

/** A rule that the store counts, a limiter of the runtime's, or `false` for none. */
export type Limit = LimitRule | Limiter | false;

/** How much is too much. What is not given has its default. */
export interface Limits {
  /** Requests of one visitor's address. Default 10 in 60 s. */
  readonly visitor?: Limit | undefined;
  /** Requests from one origin. Default 120 in 60 s. */
  readonly origin?: Limit | undefined;
  /** Calls of one agent. Default 120 in 60 s. */
  readonly agent?: Limit | undefined;
  /** Sessions of one agent in 24 hours from the first: a stop on spending. Default 500. */
  readonly sessionsADay?: number | Limiter | false | undefined;
}

/** What is known of a call that is to be authorized. */
export interface AuthorizedCall {
  /** The agent's public name; whether there is such an agent is looked up later. */
  readonly agentId: string;
  /** The visitor's, as far as it can be believed. */
  readonly address: string | undefined;
}

/** Whether a visitor may call. Anything but `true` is a no. The request's body has been read already; its headers are there. */
export type Authorize = (request: Request, call: AuthorizedCall) => boolean | Promise<boolean>;

/** The options are not good. */
export class GatewayOptionsError extends Error {
  override readonly name = 'GatewayOptionsError';

  /** @param problems all that is wrong, a line each; none holds a key or a secret */
  constructor(readonly problems: readonly string[]) {
    super(`The gateway cannot start:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  }
}
