import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import {
  describeProblem,
  type EmbedConfig,
  type EmbedSettings,
  MAX_CONFIG_CHARS,
  parseEmbedConfig,
  problem,
} from '../protocol/embed-config.js';
import { UsageError } from './command.js';
import type { Terminal } from './terminal.js';

/** A file with a good embed config in it. */
export interface ConfigFile {
  /** For messages. */
  readonly name: string;
  /** As it stands in the file, so that nothing that is stored is another than what was written. */
  readonly text: string;
  readonly settings: EmbedSettings;
}

/** The platform and the widget count bytes. */
const MAX_BYTES = MAX_CONFIG_CHARS;

const SHORTEST_KEY = 16;

const FIELDS: Readonly<Record<keyof EmbedConfig, true>> = {
  titles: true,
  icons: true,
  background: true,
  buttonCss: true,
  size: true,
  transcript: true,
  region: true,
};

/**
 * Reads an embed config, from stdin where the path is `-`. `undefined`: it has problems, and all of them were said.
 *
 * @throws UsageError when there is nothing that can be read
 */
export async function readConfigFile(path: string, terminal: Terminal): Promise<ConfigFile | undefined> {
  const name = path === '-' ? 'stdin' : basename(path);
  const complain = (line: string): void => terminal.warn(`${name}: ${line}`);
  const bytes = await readBytes(path);
  const text = bytes && decode(bytes);
  if (text === undefined) {
    complain(bytes ? 'expected UTF-8, got another encoding' : 'expected at most 64 kB, got more');
    return undefined;
  }
  // Before anything of it is quoted, and cut in the middle of the key.
  if (holdsKey(text, terminal.secrets.key)) {
    complain('holds the private key. Everybody can read an embed config: take it out.');
    return undefined;
  }
  const { settings, problems } = parseEmbedConfig(text);
  // Null is an empty config for the widget, and no EmbedConfig for the platform.
  const empty = text.trim() === 'null' ? [problem('config', null, 'an object')] : [];
  for (const each of [...problems, ...empty]) complain(describeProblem(each));
  if (problems.length + empty.length > 0) return undefined;
  for (const field of unknownFields(text)) {
    complain(`${field}: no field that the widget knows. It is kept, and changes nothing.`);
  }
  return { name, text, settings };
}

/** Keys of the platform have 32 characters. A short word for a local platform may well be in a text. */
function holdsKey(text: string, key = ''): boolean {
  return key.length >= SHORTEST_KEY && text.includes(key);
}

/** `undefined`: more than an embed config may have. The rest is not read then. */
async function readBytes(path: string): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of path === '-' ? process.stdin : createReadStream(path)) {
      chunks.push(chunk as Uint8Array);
      length += (chunk as Uint8Array).byteLength;
      if (length > MAX_BYTES) return undefined;
    }
  } catch (cause) {
    const { code = 'it cannot be read' } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${path}: ${code === 'ENOENT' ? 'there is no such file' : code}.`, { cause });
  }
  return Buffer.concat(chunks);
}

/** Without a byte order mark, which JSON does not know. `undefined`: not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unknownFields(text: string): string[] {
  return Object.keys(JSON.parse(text) as object).filter((field) => !Object.hasOwn(FIELDS, field));
}
