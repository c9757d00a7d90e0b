/** Names under which a key is written down: `private-key`, `data-api-key`, `authorization`. HTML's `accesskey` is none. */
const NAME = /((private|api|secret)[-_]?key|secret|authorization)$/i;
const BEGINNING = /^(bearer\s+\S{16}|sk[-_](\w+[-_])?[a-z\d]{16})/i;
/** The platform's keys have 32 letters and digits. So has a UUID without hyphens (RFC 9562 section 4), which is an id. */
const WHOLE = /^(?!.{12}[1-8].{3}[89ab].{15}$)(?=.*\d)(?=.*[a-z])[a-z\d]{32,}$/i;
/** A user before the host, or a parameter that is named as a key. The host comes first, so a site's own path may have an `@`. */
const ADDRESS = /^([a-z]+:)?\/\/[^/?#]*@|[?&](\w+_|api-?|private-?)?(key|token|secret)=[^&#]/i;

/**
 * Whether an attribute holds what looks like a private key: its name says so and it is not empty, or its value begins like
 * one. An attribute that is the widget's own may not be one either, nor have one in its address. Ids and class names that
 * frameworks make are none.
 */
export function looksLikeKey(name: string, value: string, isOwn = false): boolean {
  const text = value.trim();
  if ((text && NAME.test(name)) || BEGINNING.test(text)) return true;
  return isOwn && (WHOLE.test(text) || (/^(server|config-src)$/.test(name) && ADDRESS.test(text)));
}
