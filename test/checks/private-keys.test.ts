import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KEY } from '../cli/program.js';
import { CANARY_KEY, CANARY_SECRET } from '../support/node/canary.js';

/** Run after `npm run build`. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SEARCHED = ['dist', 'demo', 'docs', 'src', 'test', 'README.md', 'index.html'];

/** The keys of the tests. They open nothing, and each stands in one file. */
const OWN: ReadonlyMap<string, string> = new Map([
  [KEY, 'test/cli/program.ts'],
  [CANARY_KEY, 'test/support/node/canary.ts'],
  [CANARY_SECRET, 'test/support/node/canary.ts'],
]);

/** What a key is made of: the platform's, and base64. */
const LETTER = String.raw`[A-Za-z\d+/=]`;
const MIXED = String.raw`(?=${LETTER}*\d)(?=${LETTER}*[a-z])(?=${LETTER}*[A-Z])`;

const PATTERNS: readonly RegExp[] = [
  // The platform's have 32 characters.
  RegExp(String.raw`(?<![\w+/=-])${MIXED}${LETTER}{32}(?![\w+/=-])`, 'g'),
  // A scheme, a name or a beginning says that it is one.
  /\bbearer[\s:]+[A-Za-z\d+/=_-]{16,}/gi,
  /\bsk[-_](?:\w+[-_])?[A-Za-z\d]{16,}/g,
  /(?:private|api|secret)[-_]?key\b["']?\s*[=:]\s*["'`]?(?=[^\s"'`]*\d)[A-Za-z\d+/=_]{16,}/gi,
  /\bauthorization["']?\s*[=:]\s*["'`](?=[^\s"'`]*\d)[A-Za-z\d+/=_]{16,}/gi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/g,
];

/** What looks like a private key in a text. Empty: nothing does. */
function keysIn(text: string): readonly string[] {
  return PATTERNS.flatMap((pattern) => text.match(pattern) ?? []);
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

/** The text of a file without the keys that are its own. Sounds and pictures have none. */
function textOf(path: string): string {
  const bytes = readFileSync(path);
  if (bytes.includes(0)) return '';
  const own = [...OWN].filter(([, place]) => place === relative(ROOT, path)).map(([key]) => key);
  return own.reduce((text, key) => text.replace(key, ''), bytes.toString());
}

describe('private keys', () => {
  for (const name of SEARCHED) {
    it(`are nowhere in ${name}`, () => {
      const files = filesBelow(join(ROOT, name));
      const found = files.filter((path) => keysIn(textOf(path)).length > 0);
      // Not what was found: this may be printed where others read it.
      assert.deepEqual(
        found.map((path) => relative(ROOT, path)),
        [],
      );
    });
  }

  for (const [key, place] of OWN) {
    it(`of the tests are where they are said to be: ${place} has ${key.length} characters`, () => {
      assert.ok(existsSync(join(ROOT, place)));
      assert.ok(readFileSync(join(ROOT, place), 'utf8').includes(key));
    });
  }
});

describe('the search for private keys', () => {
  // Put together here, so that this file has none.
  const key = 'aB3dE5gH'.repeat(4);
  for (const [what, text] of [
    ['a key of the platform', `const key = '${key}';`],
    ['one with characters that are others in a URL', `key: "${key.slice(0, 28)}/+=x"`],
    ['one at the end of a line', `KEY\n${key}\n`],
    ['the key of the tests, anywhere else', KEY],
    ['a header', `Authorization: Bearer ${key.slice(0, 16)}`],
    ['a bare header', `{ "authorization": "${key.slice(0, 20)}" }`],
    ['another company’s', `sk-${key.slice(0, 20)}`],
    ['another company’s with a prefix', `sk_live_${key.slice(0, 24)}`],
    ['an attribute', `<millis-voice-agent private-key="${key.slice(0, 20)}">`],
    ['an environment', `MILLIS_PRIVATE_KEY=${key.slice(0, 24)}`],
    ['a certificate’s', ['-----BEGIN EC', 'PRIVATE KEY-----'].join(' ')],
  ] as const) {
    it(`finds ${what}`, () => assert.notDeepEqual(keysIn(text), []));
  }

  for (const [what, text] of [
    ['an agent id', 'agent-id="-OKdqbqetEcM4ak369ym"'],
    ['a UUID', '0b8f3d1e-7c2a-4f6b-9d3e-1a2b3c4d5e6f'],
    ['a longer run, as of a picture', `data:image/png;base64,${key}${key}`],
    ['a place for a key', 'Authorization: Bearer $MILLIS_PRIVATE_KEY'],
    ['a name', 'private-key="YOUR_PRIVATE_KEY"'],
    ['code', 'headers.authorization === `Bearer ${privateKey}`'],
  ] as const) {
    it(`passes over ${what}`, () => assert.deepEqual(keysIn(text), []));
  }
});
