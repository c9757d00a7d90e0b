const US_WEST = 'https://api-west.millis.ai';
const EU_WEST = 'https://api-eu-west.millis.ai';

/**
 * The platform's base URL for a region; for an empty one, US West. `undefined` for a region that nobody knows: a region is
 * a promise about where a voice goes, so an unknown one must never become another continent.
 */
export function regionBaseUrl(region: string): string | undefined {
  const name = region.trim().toLowerCase();
  if (/^(us-west|us|west|)$/.test(name)) return US_WEST;
  return /^eu(-west)?$/.test(name) ? EU_WEST : undefined;
}
