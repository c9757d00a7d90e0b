import { readArguments } from './arguments.js';
import { type Command, type ExitCode, UsageError } from './command.js';
import { readConfigFile } from './config-file.js';
import { type Attempt, describeRefusal } from './refusal.js';
import { storeConfig } from './store-config.js';
import { chooseTarget, type Target } from './target.js';
import { isHeaderText, type Terminal } from './terminal.js';

const HELP = `Usage: MILLIS_PRIVATE_KEY=… millis-voice-agent embed push AGENT_ID FILE

Checks an embed config as "embed check" does, and stores it with the platform for one agent, in place of what was there.
The CSS of background and buttonCss, and icons, can be judged only by a browser: look in the project's playground (npm start).

  FILE            JSON, at most 64 kB; - reads stdin
  --region NAME   where the agent is stored: us-west or eu-west. Default: the region that the file names for
                  its calls, else us-west
  --server URL    another server than the platform's: https, or http on this machine
  --auth KIND     how the key is sent: bearer (default, "Authorization: Bearer KEY") or bare ("Authorization: KEY")
  --help          this text

The private key is read from MILLIS_PRIVATE_KEY, and from nowhere else.
Exit codes: 0 stored, 1 the file has problems or the platform refused, 2 wrong usage.`;

const AUTH_KINDS: readonly Attempt['auth'][] = ['bearer', 'bare'];

/** `millis-voice-agent embed push AGENT_ID FILE`. */
export const embedPush: Command = {
  summary: 'stores an embed config with the platform',
  async run(args, terminal) {
    const { help, options, words } = readArguments(args, ['region', 'server', 'auth']);
    if (help) {
      terminal.say(HELP);
      return 0;
    }
    const [agentId, path, ...more] = words;
    if (agentId === undefined || path === undefined || more.length > 0) {
      throw new UsageError('embed push wants an agent id and a file.');
    }
    // A URL would go one folder up.
    if (/^\.{0,2}$/.test(agentId)) throw new UsageError(`"${agentId}" is no agent id.`);
    const auth = AUTH_KINDS.find((kind) => kind === (options.auth ?? 'bearer'));
    if (!auth) throw new UsageError(`--auth wants ${AUTH_KINDS.join(' or ')}.`);
    // Wrong options are said before anybody looks for a key or a file.
    chooseTarget(options, undefined);
    const key = requireKey(terminal);
    const file = await readConfigFile(path, terminal);
    if (!file) return 1;
    const target = chooseTarget(options, file.settings.region);
    if (target.fromFile) sayWhereFrom(target, terminal);
    return push({ agentId, target, auth }, key, file.text, terminal);
  },
};

function requireKey({ secrets: { key } }: Terminal): string {
  if (key === undefined) {
    throw new UsageError(
      'The private key is missing. Set it for this command: MILLIS_PRIVATE_KEY=… millis-voice-agent embed push …',
    );
  }
  if (!isHeaderText(key)) {
    throw new UsageError(
      'MILLIS_PRIVATE_KEY holds spaces or letters that no key has. Set it to the key alone.',
    );
  }
  return key;
}

function sayWhereFrom({ region }: Target, terminal: Terminal): void {
  terminal.warn(
    `The file names the region ${region ?? ''}, so the agent is looked for there. --region says otherwise.`,
  );
}

async function push(attempt: Attempt, key: string, config: string, terminal: Terminal): Promise<ExitCode> {
  const { agentId, auth, target } = attempt;
  const authorization = auth === 'bare' ? key : `Bearer ${key}`;
  const answer = await storeConfig({ baseUrl: target.baseUrl, agentId, authorization, config });
  const refusal = describeRefusal(answer, attempt);
  for (const line of refusal) terminal.warn(line);
  if (refusal.length > 0) return 1;
  terminal.say(`Stored for agent ${agentId} at ${target.baseUrl}.`);
  return 0;
}
