const HIDDEN = '[private key]';
/** Keys of the platform have 32. */
const LEAST_CHARS = 16;

/** The platform's private key, in an object that does not show it: not to `JSON.stringify`, `console.log` or a template string. */
export class PrivateKey {
  readonly #text: string;

  /** @throws TypeError for a text that cannot be the value of a header. The message does not hold the text. */
  constructor(text: string) {
    if (!/^[\x21-\x7e]+$/.test(text))
      throw new TypeError('a key without spaces and special letters is wanted');
    this.#text = text;
  }

  /** The value of the `Authorization` header. The platform's documentation shows both ways. */
  authorization(scheme: 'bearer' | 'bare'): string {
    return scheme === 'bearer' ? `Bearer ${this.#text}` : this.#text;
  }

  /** Whether a text, JSON or not, would give the key away. A short word, as for a local platform, may well be in a text. */
  isIn(text: string): boolean {
    return this.#text.length >= LEAST_CHARS && this.#forms.some((form) => text.includes(form));
  }

  /** A text that may be printed: an error of somebody else could quote the key. */
  hideIn(text: string): string {
    return this.#forms.reduce((hidden, form) => hidden.replaceAll(form, HIDDEN), text);
  }

  /** As it is, and as a part of JSON. */
  get #forms(): readonly string[] {
    return [this.#text, JSON.stringify(this.#text).slice(1, -1)];
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  // What `console.log` asks in Node and Bun, and in Deno.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN;
  }

  [Symbol.for('Deno.customInspect')](): string {
    return HIDDEN;
  }
}
