/** What the environment hands over, and nobody else may see. `undefined`: it is not there. */
export interface Secrets {
  /** The platform's private key, from `MILLIS_PRIVATE_KEY`. */
  readonly key: string | undefined;
  /** What page tokens are signed with, from `MILLIS_TOKEN_SECRET`. */
  readonly tokenSecret: string | undefined;
  /** From `REDIS_URL`. It may hold a password. */
  readonly redisUrl: string | undefined;
}

/** A shorter one would be found in words that are none. Keys of the platform have 32 characters. */
const SHORTEST_HIDDEN = 8;

/** Takes the secrets out of an environment: what a diagnostic report prints, or another program inherits, has none of them. */
export function takeSecrets(environment: Record<string, string | undefined>): Secrets {
  const take = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    Reflect.deleteProperty(environment, name);
    return value === '' ? undefined : value;
  };
  return {
    key: take('MILLIS_PRIVATE_KEY'),
    tokenSecret: take('MILLIS_TOKEN_SECRET'),
    redisUrl: take('REDIS_URL'),
  };
}

/** Every form in which a secret could be quoted by somebody, longest first. */
export function hiddenTexts({ key, tokenSecret, redisUrl }: Secrets): readonly string[] {
  const { username, password } = partsOf(redisUrl);
  const url = username + password === '' ? undefined : redisUrl;
  const forms = [key, tokenSecret, url, password]
    .filter((text) => text !== undefined)
    .filter((text) => text.length >= SHORTEST_HIDDEN)
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)]);
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

function partsOf(url = ''): { readonly username: string; readonly password: string } {
  return URL.canParse(url) ? new URL(url) : { username: '', password: '' };
}
