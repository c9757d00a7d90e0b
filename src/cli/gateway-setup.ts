import {
  createGateway,
  type Gateway,
  type GatewayOptions,
  GatewayOptionsError,
  type LimiterStore,
  pageTokens,
} from '../gateway.js';
import { nodeSend } from '../gateway-node.js';
import type { RedisStore } from '../gateway-redis.js';
import { type GatewayFile, isPort, type Listener, readGatewayFile } from './gateway-file.js';
import { dangersOf, watchForProxy } from './gateway-warnings.js';
import type { Secrets } from './secrets.js';
import type { Terminal } from './terminal.js';

/** What the command line says. */
export interface GatewayArguments {
  /** Path of the file. */
  readonly config: string;
  readonly port: number | undefined;
  readonly host: string | undefined;
}

/** A gateway that could listen now. */
export interface GatewaySetup {
  readonly gateway: Gateway;
  /** Where limits are shared. `undefined`: they are not. */
  readonly store: RedisStore | undefined;
  readonly port: number;
  readonly host: string;
}

const SHORTEST_SECRET = 32;
/** Stands in for what is missing, so that all else is looked at as well. Nothing starts with it. */
const PLACEHOLDER = 'x'.repeat(SHORTEST_SECRET);

/** Makes a gateway from its file and the environment. Without a setup there are problems: everything that is wrong, a line each. */
export async function setUpGateway(
  args: GatewayArguments,
  terminal: Terminal,
): Promise<{ readonly problems: readonly string[]; readonly setup: GatewaySetup | undefined }> {
  const problems: string[] = [];
  const problem = (line: string): void => void problems.push(line);
  const warn = (message: string): void =>
    terminal.say(JSON.stringify({ time: new Date().toISOString(), level: 'warn', message }));

  const { secrets } = terminal;
  const file = await readGatewayFile(args.config, terminal, { problem, warn });
  checkSecrets(secrets, file, { problem, warn });
  const port = args.port ?? file.port;
  if (!isPort(port))
    problem(
      `${args.port === undefined ? `${file.name}: port` : '--port'}: expected a whole number from 0 to 65535`,
    );
  const store = await openStore(secrets.redisUrl, { problem, warn });
  const options = optionsOf(file, terminal, store);
  const gateway = make(file, options, problem);
  if (problems.length > 0 || !gateway || !isPort(port)) {
    await store?.close();
    return { problems, setup: undefined };
  }
  for (const danger of dangersOf(options)) warn(danger);
  const host = args.host ?? String(file.host);
  return { problems, setup: { gateway: watchForProxy(gateway, options, warn), store, port, host } };
}

function checkSecrets({ key, tokenSecret }: Secrets, file: GatewayFile, { problem, warn }: Listener): void {
  if (key === undefined) {
    problem("MILLIS_PRIVATE_KEY: expected the platform's private key, got nothing");
  } else if (!/^[\x21-\x7e]+$/.test(key)) {
    problem('MILLIS_PRIVATE_KEY: expected the key alone, got spaces or letters that no key has');
  }
  if (file.pageTokens !== true) {
    if (tokenSecret !== undefined)
      warn(
        `MILLIS_TOKEN_SECRET is set, but ${file.name} does not say "pageTokens": true. Nobody is asked for a token.`,
      );
  } else if (tokenSecret === undefined || tokenSecret.length < SHORTEST_SECRET) {
    const got = tokenSecret === undefined ? 'nothing' : `${tokenSecret.length}`;
    problem(
      `MILLIS_TOKEN_SECRET: expected at least ${SHORTEST_SECRET} characters for pageTokens, got ${got}`,
    );
  }
}

async function openStore(
  url: string | undefined,
  { problem, warn }: Listener,
): Promise<RedisStore | undefined> {
  if (url === undefined) return undefined;
  // Most gateways are alone, and its client is the largest part of all.
  const { redisStore } = await import('../gateway-redis.js');
  try {
    return redisStore({ url, warn });
  } catch {
    problem('REDIS_URL: expected a URL like redis://host:6379 or rediss://user:password@host:6380');
    return undefined;
  }
}

/** Whatever the file holds: `createGateway` checks it. */
function optionsOf(file: GatewayFile, terminal: Terminal, store: LimiterStore | undefined): GatewayOptions {
  const { key = '', tokenSecret = '' } = terminal.secrets;
  const secret = tokenSecret.length < SHORTEST_SECRET ? PLACEHOLDER : tokenSecret;
  const shared = store === undefined ? {} : { store };
  return {
    ...file.options,
    ...shared,
    ...(file.pageTokens === true ? { authorize: pageTokens({ secret, ...shared }) } : {}),
    privateKey: /^[\x21-\x7e]+$/.test(key) ? key : PLACEHOLDER,
    send: nodeSend(),
    log: (line) => terminal.log(line),
  } as GatewayOptions;
}

function make(
  file: GatewayFile,
  options: GatewayOptions,
  problem: (line: string) => void,
): Gateway | undefined {
  // A file that could not be read has no fields that could be missing.
  if (!file.isRead) return undefined;
  try {
    return createGateway(options);
  } catch (error) {
    if (!(error instanceof GatewayOptionsError)) throw error;
    for (const line of error.problems) problem(`${file.name}: ${line}`);
    return undefined;
  }
}
