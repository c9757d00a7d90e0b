/**
 * The secrets of every test of the gateway. They stand in nothing else of the repository, so whatever came out of a gateway can be
 * searched for them. The key has characters that are others in a URL, and in JSON.
 */
export const CANARY_KEY = 'canary+KEY/7f3a9c51e8b24d06/9d2f"Q==';

/** The secret of the page tokens. */
export const CANARY_SECRET = 'canary-SECRET/51c6+0b8e4fa2d97364c5/e1b7"z==';

const SECRETS = { key: CANARY_KEY, secret: CANARY_SECRET };

/** The forms in which a secret was found in a text, for example `the key as base64`. Empty: it is not there. */
export function leaks(text: string): readonly string[] {
  return Object.entries(SECRETS).flatMap(([name, secret]) =>
    Object.entries(formsOf(secret))
      .filter(([, form]) => text.includes(form))
      .map(([form]) => `the ${name} ${form}`),
  );
}

/** Throws where a text holds a secret. Its message says what the text was, and never shows it. */
export function assertNoLeak(text: string, what: string): void {
  const found = leaks(text);
  if (found.length > 0) throw new Error(`${what} holds ${found.join(', ')}.`);
}

function formsOf(secret: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(secret);
  return {
    'as it is': secret,
    'without its last characters': secret.slice(0, 20),
    'without its first characters': secret.slice(-20),
    'in JSON': JSON.stringify(secret).slice(1, -1),
    'in a URL': encodeURIComponent(secret),
    'in hexadecimal': bytes.toString('hex'),
    // Where a text before it has another length, base64 begins within a byte of the secret.
    ...Object.fromEntries(
      [0, 1, 2].flatMap((shift) =>
        (['base64', 'base64url'] as const).map((encoding) => {
          const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding);
          return [`as ${encoding}, moved by ${shift}`, text.slice(shift === 0 ? 0 : 4, -4)];
        }),
      ),
    ),
  };
}
