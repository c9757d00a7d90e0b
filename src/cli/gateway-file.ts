import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { EmbedFile } from './embed-file.js';
import type { Terminal } from './terminal.js';

/** What stands in a gateway's file. */
export interface GatewayFile {
  /** For messages. */
  readonly name: string;
  /** It is an object in JSON. Nothing else is known of one that is not. */
  readonly isRead: boolean;
  readonly port: unknown;
  readonly host: unknown;
  /** A call needs a page token. */
  readonly pageTokens: unknown;
  /** What is for `createGateway`, still to be checked. Names of embed files are functions that read them. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What JSON cannot say, and where it is said instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  privateKey: 'the key does not belong in a file. Take it out, and set MILLIS_PRIVATE_KEY',
  store: 'limits are shared by setting REDIS_URL',
  authorize: 'only createGateway takes a function; "pageTokens": true asks for page tokens',
  send: 'only createGateway takes a function',
  log: 'log lines go to stdout',
};

/** Who is told of what is wrong: `problem` keeps the gateway from starting, `warn` does not. */
export interface Listener {
  readonly problem: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** Reads a gateway's file. What is wrong with it is told, and the rest is read on. */
export async function readGatewayFile(
  path: string,
  terminal: Terminal,
  listener: Listener,
): Promise<GatewayFile> {
  const name = basename(path);
  const problem = (line: string): void => listener.problem(`${name}: ${line}`);
  const value = parse(await read(path, problem), problem);
  const { port = 8080, host = '0.0.0.0', pageTokens = false, ...options } = value ?? {};
  for (const [field, why] of Object.entries(ELSEWHERE)) {
    if (!Object.hasOwn(options, field)) continue;
    problem(`${field}: ${why}`);
    Reflect.deleteProperty(options, field);
  }
  if (typeof host !== 'string' || host === '') problem('host: expected an address, such as 127.0.0.1');
  if (typeof pageTokens !== 'boolean') problem('pageTokens: expected true or false');
  if (isObject(options['agents'])) {
    const within = { folder: dirname(path), terminal, problem, warn: listener.warn };
    options['agents'] = await openEmbedFiles(options['agents'], within);
  }
  return { name, isRead: value !== undefined, port, host, pageTokens, options };
}

/** Whether something is the number of a TCP port; 0 stands for any that is free. */
export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
}

/** The first good look at each file is taken now: what is wrong is better said before a visitor asks. */
async function openEmbedFiles(
  agents: Readonly<Record<string, unknown>>,
  within: Listener & { readonly folder: string; readonly terminal: Terminal },
): Promise<Record<string, unknown>> {
  const opened = Object.entries(agents).map(async ([alias, agent]): Promise<[string, unknown]> => {
    if (!isObject(agent) || typeof agent['embed'] !== 'string') return [alias, agent];
    const file = new EmbedFile(resolve(within.folder, agent['embed']), within.terminal);
    const { problems, remarks } = await file.refresh();
    for (const line of problems) within.problem(`agents.${alias}.embed: ${line.replace(/\.$/, '')}`);
    for (const line of remarks) within.warn(`agents.${alias}.embed: ${line}`);
    const embed = async (): Promise<unknown> => {
      const { problems } = await file.refresh();
      for (const line of problems) {
        within.warn(
          `agents.${alias}.embed: ${line.replace(/\.$/, '')}. What it held before is still served.`,
        );
      }
      return file.config;
    };
    return [alias, { ...agent, embed }];
  });
  return Object.fromEntries(await Promise.all(opened));
}

async function read(path: string, problem: (line: string) => void): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isText = code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    if (isText) problem('expected UTF-8, got another encoding');
    else problem(code === 'ENOENT' ? 'there is no such file' : (code ?? 'it cannot be read'));
    return undefined;
  }
}

function parse(
  text: string | undefined,
  problem: (line: string) => void,
): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
    problem('expected an object in braces');
  } catch {
    problem(`expected JSON; line ${brokenLine(text)} is none`);
  }
  return undefined;
}

/** The words of `JSON.parse` quote the file, in which a key may stand, and seldom say where. The longest good beginning does. */
function brokenLine(text: string): number {
  let [good, broken] = [0, text.length];
  while (broken - good > 1) {
    const middle = Math.floor((good + broken) / 2);
    if (isGoodBeginning(text.slice(0, middle))) good = middle;
    else broken = middle;
  }
  return text.slice(0, good).split('\n').length;
}

function isGoodBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
    return position === undefined
      ? String(error).includes('Unexpected end')
      : Number(position) >= text.length;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
