import { parseArgs } from 'node:util';
import { makeCall, type CallOptions } from './call/make-call.js';

const HELP = `One call without a window: the built script file in Chromium, with the local platform.
Prints when each step was done and what was said, and writes what each side heard.

  --agent ID    whom to call (default receptionist)
  --seconds N   when to hang up, if the agent did not (default 20)
  --out DIR     where page-heard.wav and platform-heard.wav go (default recordings/)
  --help        this text`;

/** The options of a command line, or `undefined` when it asks for help. Throws an `Error` with one readable line. */
function readOptions(): CallOptions | undefined {
  const { values } = parseArgs({
    options: {
      agent: { type: 'string', default: 'receptionist' },
      seconds: { type: 'string', default: '20' },
      out: { type: 'string', default: 'recordings/' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= 600)) throw new Error('--seconds wants a number of seconds up to 600.');
  if (values.agent === '') throw new Error('--agent wants the id of an agent.');
  return { agentId: values.agent, seconds, folder: values.out };
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options) await makeCall(options);
  else console.log(HELP);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The call could not be made.');
  process.exitCode = 1;
});
