import { BlockList, isIP } from 'node:net';
import type { Gateway, GatewayOptions } from '../gateway.js';

/** What is allowed in the settings, and is seldom meant. */
export function dangersOf({ origins, limits = {} }: GatewayOptions): readonly string[] {
  const inTheClear = origins.filter((origin) => origin.startsWith('http:') && !isLoopback(origin));
  return [
    ...inTheClear.map(
      (origin) =>
        `origins: ${origin} is not https, so browsers give its pages no microphone, and anybody on the way can change them.`,
    ),
    ...(limits.sessionsADay === false
      ? ['limits.sessionsADay: without it nothing bounds the bill of a day.']
      : []),
    ...(limits.visitor === false
      ? ['limits.visitor: without it one visitor can use up the limits of all.']
      : []),
  ];
}

/**
 * Says once, at the first request that shows it, that a proxy is in front and `trustedHops` does not say so: all visitors then
 * share the limit of one.
 */
export function watchForProxy(
  gateway: Gateway,
  options: GatewayOptions,
  warn: (line: string) => void,
): Gateway {
  if (options.addressHeader !== undefined || (options.trustedHops ?? 0) > 0) return gateway;
  let watching = true;
  return (request, context) => {
    if (watching && request.headers.has('x-forwarded-for') && isPrivate(addressOf(context))) {
      watching = false;
      warn(
        'A proxy is in front, and trustedHops is 0: all visitors count as one. Set trustedHops to the number of proxies.',
      );
    }
    return gateway(request, context);
  };
}

function isLoopback(origin: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(origin).hostname);
}

/** Addresses that are nobody's on the internet: RFC 1918, 6598, 3927, 4193. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const) {
  PRIVATE.addSubnet(network, prefix);
}
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');
PRIVATE.addAddress('::1', 'ipv6');

function isPrivate(address: string): boolean {
  const bare = address.replace(/^::ffff:(?=\d+\.)/, '');
  const version = isIP(bare.replace(/%.*$/, ''));
  return version !== 0 && PRIVATE.check(bare.replace(/%.*$/, ''), version === 6 ? 'ipv6' : 'ipv4');
}

function addressOf(context: unknown): string {
  const { address } = (context ?? {}) as { readonly address?: unknown };
  return typeof address === 'string' ? address : '';
}
