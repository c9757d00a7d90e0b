/**
 * How long a server asks to wait, in milliseconds, from a `Retry-After` header: seconds or a date (RFC 9110, section 10.2.3).
 * `undefined` where it says nothing that can be understood.
 */
export function parseRetryAfterMs(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // A number that is none would be read as a year.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
