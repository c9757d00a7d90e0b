import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

/** Where the built script file is served: stack traces name it, and so the ledger knows what is of the widget. */
export const WIDGET_PATH = '/millis-voice-agent.js';

/** The ledger of what a page has opened, as `millisLedger`. Run it before the page's own scripts. */
export function ledgerScript(): Promise<string> {
  return bundle('../browser/ledger.ts', 'millisLedger', [watchBuiltFile()]);
}

/** What `page/probe.ts` exports, as `millisProbe`, or without its recorder. Run it before the page's own scripts. */
export function probeScript(sound = true): Promise<string> {
  return bundle(sound ? './page/probe.ts' : './page/marks.ts', 'millisProbe');
}

/** What `page/leaks.ts` exports, as `millisLeaks`. Run it before the page's own scripts. */
export function leaksScript(): Promise<string> {
  return bundle('./page/leaks.ts', 'millisLeaks');
}

/** The ledger knows the widget by the folder of its sources. Here the widget is one file. */
function watchBuiltFile(): Plugin {
  return {
    name: 'watch-built-file',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/ledger.ts')) return;
      const changed = code.replaceAll('/src/', WIDGET_PATH);
      if (changed === code) throw new Error('The ledger does not know the widget by /src/ any more.');
      return { code: changed, map: null };
    },
  };
}

const bundles = new Map<string, Promise<string>>();

function bundle(entry: string, name: string, plugins: Plugin[] = []): Promise<string> {
  const bundled = bundles.get(entry) ?? buildBundle(entry, name, plugins);
  bundles.set(entry, bundled);
  return bundled;
}

async function buildBundle(entry: string, name: string, plugins: Plugin[]): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    plugins,
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['iife'], name },
    },
  });
  const [bundled] = [output].flat();
  const chunk = bundled && 'output' in bundled ? bundled.output[0] : undefined;
  if (!chunk) throw new Error(`${entry} could not be bundled.`);
  // Firefox runs such a script inside a function, where `var` makes no global.
  return `${chunk.code}\nglobalThis.${name} = ${name};`;
}
