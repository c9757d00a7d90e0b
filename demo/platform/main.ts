import { parseArgs } from 'node:util';
import { type PlatformOptions, startPlatform } from './platform.js';
import type { SpeechMode } from './speech.js';

const HELP = `The local platform: the Millis platform's HTTP surface, and scripted agents that really speak and listen.

  --port N        port to listen on (default 8787, 0 for any free one)
  --host H        address to listen on (default 127.0.0.1)
  --key K         demand this key in the Authorization header, bare or as a Bearer token
  --record DIR    write both sides of each call to DIR as WAV
  --speech MODE   auto (default), espeak, files or tone
  --help          this text`;

const DEFAULT_PORT = 8787;
const SPEECH_MODES: readonly SpeechMode[] = ['auto', 'espeak', 'files', 'tone'];

/** The options of a command line, or `undefined` when it asks for help. Throws an `Error` with one readable line. */
function readOptions(): PlatformOptions | undefined {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: String(DEFAULT_PORT) },
      host: { type: 'string', default: '127.0.0.1' },
      key: { type: 'string' },
      record: { type: 'string' },
      speech: { type: 'string', default: 'auto' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('--port wants a number from 0 to 65535.');
  const speech = SPEECH_MODES.find((mode) => mode === values.speech);
  if (!speech) throw new Error(`--speech wants one of ${SPEECH_MODES.join(', ')}.`);
  if (values.key === '') throw new Error('--key wants a key.');
  return {
    port,
    host: values.host,
    speech,
    log: (line) => console.log(line),
    ...(values.key === undefined ? {} : { key: values.key }),
    ...(values.record === undefined ? {} : { recordDir: values.record }),
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) {
    console.log(HELP);
    return;
  }
  const platform = await startPlatform(options);
  console.log(`Local platform: ${platform.url}`);
  console.log(`Agents speak with ${platform.speechSource}.`);
  const stop = (): void => void platform.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'The local platform could not be started.');
  process.exitCode = 1;
});
