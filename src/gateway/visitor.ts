import ipaddr from 'ipaddr.js';

/** How an address comes to the gateway. */
export interface AddressSource {
  /** How many proxies in front append to `X-Forwarded-For`. */
  readonly trustedHops: number;
  /** A header that the platform in front writes itself, in place of `X-Forwarded-For`. */
  readonly addressHeader: string | undefined;
}

/**
 * The visitor's address as far as it can be believed: each trusted proxy appended the address that it saw, and what is before
 * those entries anybody may have written. `peer` is the address of the TCP connection. `undefined`: nobody knows.
 */
export function visitorAddress(
  headers: Headers,
  peer: string | undefined,
  { trustedHops, addressHeader }: AddressSource,
): string | undefined {
  if (addressHeader !== undefined) return headers.get(addressHeader)?.trim() ?? peer;
  if (trustedHops === 0) return peer;
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((entry) => entry.trim());
  const chain = [...forwarded.filter((entry) => entry !== ''), peer];
  return chain[Math.max(0, chain.length - 1 - trustedHops)];
}

/** What counts as one visitor: an IPv4 address, or the /64 network of an IPv6 address, which is what one household has. */
export function visitorKey(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const bare = withoutPort(address);
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare).toString();
  if (!ipaddr.IPv6.isValid(bare)) return 'invalid';
  const parsed = ipaddr.IPv6.parse(bare);
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  const network = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}

/** Some proxies write `192.0.2.1:4711`, `[2001:db8::1]:4711` or `fe80::1%eth0`. */
function withoutPort(address: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(address) ?? [];
  const [, dotted] = /^([\d.]+):\d+$/.exec(address) ?? [];
  return (inBrackets ?? dotted ?? address).replace(/%.*$/, '');
}
