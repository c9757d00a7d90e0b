/** `npm start`: the local platform, and a page whose widget calls it. */
import { parseArgs } from 'node:util';
import { build, createServer } from 'vite';
import { startPlatform } from './platform/platform.js';

const HELP = `npm start -- [options]

  --port N       port of the page; another one is taken when it is in use (default 5173)
  --no-build     serve the script file that is in dist/ already
  --record DIR   write both sides of each call to DIR as WAV
  --quiet        print the address only
  --help         print this`;

const { values } = parseArgs({
  options: {
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
  const platform = await startPlatform({
    ...(values.record !== undefined && { recordDir: values.record }),
    ...(!values.quiet && { log: (line: string) => console.log(line) }),
  });
  // The page of the script tag takes the built file, as a site does.
  if (!values['no-build']) await build({ mode: 'script-tag', logLevel: 'warn' });
  const page = await createServer({
    // Found only in a sample page, they would be prepared late, and the page be loaded twice.
    optimizeDeps: { include: ['lit', 'zod/mini'] },
    define: { 'import.meta.env.VITE_PLATFORM_URL': JSON.stringify(platform.url) },
    server: {
      port: Number(values.port),
      host: '127.0.0.1',
      // Plain pages cannot know which port was free for the platform.
      proxy: { '/platform': { target: platform.url, rewrite: (path) => path.slice('/platform'.length) } },
    },
    // Fewer lines before the one that matters.
    logLevel: 'warn',
  });
  await page.listen();

  const stop = async (): Promise<void> => {
    await page.close();
    await platform.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  // npm does not hand a SIGTERM on to what it started, so a parent that is gone counts as one.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void stop(), PARENT_CHECK_MS).unref();

  console.log(`Agents speak with ${platform.speechSource}.`);
  console.log(`Local platform: ${platform.url}`);
  console.log(
    `More pages: ${page.resolvedUrls?.local[0] ?? ''}demo/pages/script-tag.html and …/voice-call.html`,
  );
  console.log(`Open ${page.resolvedUrls?.local[0] ?? ''} and press the button. Ctrl-C ends it.`);
}
