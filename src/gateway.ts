/** The server side that keeps the platform's private key: for anything that answers web-standard requests. */
export { createGateway, type Gateway } from './gateway/create-gateway.js';
export {
  type LimitDecision,
  type Limiter,
  type LimiterStore,
  type LimitRule,
  memoryStore,
} from './gateway/limiter.js';
export {
  type AgentOptions,
  type Authorize,
  type AuthorizedCall,
  type GatewayOptions,
  GatewayOptionsError,
  type Limit,
  type Limits,
  type PlatformUrls,
} from './gateway/options.js';
export { mintPageToken, type PageTokenOptions, pageTokens } from './gateway/page-token.js';
export type { PlatformAnswer, PlatformRequest, Send } from './gateway/send.js';
export { PrivateKey } from './gateway/private-key.js';
