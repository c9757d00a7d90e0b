/** Where the program speaks to. Neither stream is ever given the private key, whoever said it. */
export interface Terminal {
  /** The platform's private key, from `MILLIS_PRIVATE_KEY`; `undefined` where there is none. */
  readonly key: string | undefined;
  /** What was asked for, to stdout. Our own text: it may have several lines. */
  say(text: string): void;
  /** What is wrong, or worth knowing, to stderr. One line, also where it quotes somebody. */
  warn(line: string): void;
}

/** Whether a key can be sent: visible ASCII. What cannot, `fetch` would quote in its error. */
export function isHeaderText(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}

/** What a server or a file says is quoted in lines of at most this length. */
const MOST_CHARS = 600;

/** The terminal, pipe or file that the process was started with. */
export function openTerminal(): Terminal {
  const given = process.env['MILLIS_PRIVATE_KEY']?.trim();
  const key = given === '' ? undefined : given;
  return {
    key,
    say: (text) => console.log(withoutKey(text, key)),
    warn: (line) => console.error(shorten(withoutKey(onOneLine(line), key))),
  };
}

/** Control and format characters could move the cursor, or write lines that seem to be ours. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Also as a part of a URL, which is where a redirect may hold it. */
function withoutKey(text: string, key: string | undefined): string {
  if (key === undefined) return text;
  const inUrl = isHeaderText(key) ? encodeURIComponent(key) : key;
  return text.replaceAll(inUrl, '***').replaceAll(key, '***');
}

/** After the key is gone: half a key would not be found. */
function shorten(line: string): string {
  return line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS)}…` : line;
}
