import { beforeExit } from './process-events.js';
import { hiddenTexts, type Secrets } from './secrets.js';

/** Where the program speaks to. Neither stream is ever given a secret, whoever said it. */
export interface Terminal {
  readonly secrets: Secrets;
  /** What was asked for, to stdout. Our own text: it may have several lines. */
  say(text: string): void;
  /** One line of many, to stdout. Those of one turn go out together: each write would hold up what comes after it. */
  log(line: string): void;
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
export function openTerminal(secrets: Secrets): Terminal {
  const hidden = hiddenTexts(secrets);
  const hide = (text: string) => hidden.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) console.log(hide(lines.join('\n')));
    lines = [];
  };
  beforeExit(flush);
  return {
    secrets,
    say: (text) => {
      flush();
      console.log(hide(text));
    },
    log: (line) => {
      if (lines.push(line) === 1) setImmediate(flush);
    },
    warn: (line) => console.error(shorten(hide(onOneLine(line)))),
  };
}

/** Control and format characters could move the cursor, or write lines that seem to be ours. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** After the secrets are gone: half of one would not be found. */
function shorten(line: string): string {
  return line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS)}…` : line;
}
