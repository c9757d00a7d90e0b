/** `npm start`: the local platform, and a page whose widget calls it. */
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { type GuardedPlatform, startGuardedPlatform } from './gateway/guarded-platform.js';
import { createPageServer, originsOf } from './page.js';
import { startPlatform } from './platform/platform.js';

const HELP = `npm start -- [options]

  --gateway      another platform that demands a key, and a gateway before it: demo/pages/gateway.html
  --port N       port of the page; another one is taken when it is in use (default 5173)
  --no-build     serve the script file that is in dist/ already
  --record DIR   write both sides of each call to DIR as WAV
  --quiet        print the address only
  --help         print this`;

const { values } = parseArgs({
  options: {
    gateway: { type: 'boolean', default: false },
    port: { type: 'string', default: '5173' },
    'no-build': { type: 'boolean', default: false },
    record: { type: 'string' },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const PARENT_CHECK_MS = 500;

if (values.help) {
  console.log(HELP);
} else {
  await start();
}

async function start(): Promise<void> {
  const log = (line: string): void => {
    if (!values.quiet) console.log(line);
  };
  const recordDir = values.record;
  const platform = await startPlatform({ log, ...(recordDir !== undefined && { recordDir }) });
  // The page of the script tag takes the built file, as a site does.
  if (!values['no-build']) await build({ mode: 'script-tag', logLevel: 'warn' });
  let guarded: Promise<GuardedPlatform | undefined> = Promise.resolve(undefined);
  const page = await createPageServer({
    port: Number(values.port),
    platformUrl: platform.url,
    gatewayUrl: async () => (await guarded)?.gatewayUrl ?? '',
  });
  const listening = page.listen();
  // The gateway has to know the page's origin, and that is known once its port is.
  if (values.gateway) {
    guarded = listening.then(() => startGuardedPlatform({ origins: originsOf(page), log, recordDir }));
  }
  await listening;
  const gateway = await guarded;
  stopOnSignals(() => Promise.all([page.close(), platform.close(), gateway?.close()]));
  const address = page.resolvedUrls?.local[0] ?? '';

  console.log(`Agents speak with ${platform.speechSource}.`);
  console.log(`Local platform: ${platform.url}`);
  if (gateway) {
    console.log(`Platform with a key: ${gateway.platformUrl}, the gateway before it: ${gateway.gatewayUrl}`);
  }
  console.log(`More pages: ${address}demo/pages/script-tag.html, …/voice-call.html and …/gateway.html`);
  console.log(
    `Open ${address}${gateway ? 'demo/pages/gateway.html' : ''} and press the button. Ctrl-C ends it.`,
  );
}

function stopOnSignals(close: () => Promise<unknown>): void {
  const stop = async (): Promise<void> => {
    await close();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  // npm does not hand a SIGTERM on to what it started, so a parent that is gone counts as one.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void stop(), PARENT_CHECK_MS).unref();
}
