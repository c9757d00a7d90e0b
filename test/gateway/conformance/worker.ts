import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Miniflare, type MiniflareOptions } from 'miniflare';
import { build } from 'vite';
import { assertNoLeak, CANARY_KEY, CANARY_SECRET } from '../../support/node/canary.js';

interface WranglerFile {
  readonly main: string;
  readonly compatibility_date: string;
  readonly compatibility_flags: readonly string[];
  readonly ratelimits?: readonly RateLimit[];
}

interface RateLimit {
  readonly name: string;
  readonly simple: { readonly limit: number; readonly period: 10 | 60 };
}

/** A Worker that runs in `workerd`. */
export interface Worker {
  readonly port: number;
  readonly output: () => string;
  readonly close: () => Promise<void>;
}

/** Bundles the Worker in a folder, and starts it as its `wrangler.json` says. */
export async function openWorker(folder: string, wranglerJson: string): Promise<Worker> {
  const wrangler = JSON.parse(wranglerJson) as WranglerFile;
  let output = '';
  const options: MiniflareOptions = {
    modules: true,
    // No proxy of miniflare's own between.
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    script: await bundle(join(folder, wrangler.main)),
    compatibilityDate: wrangler.compatibility_date,
    compatibilityFlags: [...wrangler.compatibility_flags],
    bindings: { MILLIS_PRIVATE_KEY: CANARY_KEY, MILLIS_TOKEN_SECRET: CANARY_SECRET },
    ratelimits: Object.fromEntries((wrangler.ratelimits ?? []).map(({ name, simple }) => [name, { simple }])),
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      for (const stream of [stdout, stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    },
  };
  const miniflare = new Miniflare(options);
  await miniflare.ready;
  const { port } = await miniflare.unsafeGetDirectURL();
  return { port: Number(port), output: () => output, close: () => miniflare.dispose() };
}

/** One module. Whoever reads it finds no key: that is a binding. */
async function bundle(entry: string): Promise<string> {
  const built = await build({
    root: join(entry, '..'),
    logLevel: 'silent',
    resolve: { conditions: ['workerd', 'worker', 'module'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry, formats: ['es'] },
      rolldownOptions: { external: [/^node:/, /^cloudflare:/] },
    },
  });
  const [first] = [built].flat();
  const code = first && 'output' in first ? first.output[0].code : '';
  if (code === '') throw new Error('The Worker could not be bundled.');
  assertNoLeak(code, 'The bundle of the Worker');
  return code;
}
