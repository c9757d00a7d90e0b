// Letters that draw nothing, or turn the reading direction of all that follows (Unicode Bidirectional Algorithm, section 2).
const UNPRINTABLE = /(?![\n\t])\p{Cc}|[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

/** A text from outside without the characters that could hide or turn what stands beside it. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '');
}
