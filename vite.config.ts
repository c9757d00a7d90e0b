import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transform } from 'lightningcss';
import { minify } from 'terser';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const { version, dependencies } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
) as {
  version: string;
  dependencies: Readonly<Record<string, string>>;
};

const MOST_Z_INDEX = '2147483647';
const LOAD_FROM_BESIDE = fileURLToPath(new URL('src/element/load-panel.script-tag.ts', import.meta.url));
const define = { __MILLIS_VERSION__: JSON.stringify(version) };

/** What npm installs beside this package, with all that is within it: `lit/decorators.js`. */
function isInstalled(id: string): boolean {
  return Object.keys(dependencies).some((name) => id === name || id.startsWith(`${name}/`));
}

/** No minifier looks into template literals, and the visitor would pay for our indentation. Keeps every line in its place. */
function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/src/element/')) return;
      const smaller = code
        .replace(/\bcss`([^`]*)`/g, (_, text: string) => `css\`${minifyCss(text)}\``)
        .replace(/^[ \t]+/gm, '');
      return { code: smaller, map: null };
    },
  };
}

function minifyCss(text: string): string {
  // Lightning CSS keeps numbers in 32 bits, which this one does not survive; a name it does.
  const code = Buffer.from(text.replaceAll(MOST_Z_INDEX, '--most'));
  const { code: smaller } = transform({ filename: 'styles.css', code, minify: true });
  return smaller.toString().replaceAll('--most', MOST_Z_INDEX);
}

/** Terser finds another percent and a half after Vite's own minifier. */
function minifyAgain(): Plugin {
  return {
    name: 'minify-again',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const { code = chunk.code } = await minify(chunk.code, {
          ecma: 2020,
          compress: { passes: 2, keep_fargs: false },
          format: { comments: /^!/ },
        });
        chunk.code = code;
      }
    },
  };
}

/** A page in another encoding reads our file in its own, so the file keeps to ASCII. */
function escapeNonAscii(): Plugin {
  return {
    name: 'escape-non-ascii',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = chunk.code.replace(
          /[^\0-\x7f]/g,
          (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
      }
    },
  };
}

/** What npm gets: readable modules, with the packages that they need left to the site's own bundler. */
const modules: UserConfig = {
  define,
  publicDir: false,
  build: {
    minify: false,
    sourcemap: true,
    lib: {
      entry: {
        index: 'src/index.ts',
        define: 'src/define.ts',
        gateway: 'src/gateway.ts',
        'gateway-node': 'src/gateway-node.ts',
        'gateway-redis': 'src/gateway-redis.ts',
        cli: 'src/cli.ts',
      },
      formats: ['es'],
    },
    rolldownOptions: { external: (id) => id.startsWith('node:') || isInstalled(id) },
  },
};

/**
 * Said where the file cannot be run. Lit makes its policy for trusted types when it is loaded, and throws where the page allows none
 * of that name, or not a second one. What an earlier copy of the file left in the global stays.
 */
const CANNOT_LOAD =
  "<millis-voice-agent> could not be loaded. If the page's Content-Security-Policy has trusted-types, add to it: lit-html 'allow-duplicates'.";

/** What a script tag gets: one classic file with everything in it, but for what only site owners look at. */
const scriptTag: UserConfig = {
  define: { ...define, 'process.env.NODE_ENV': '"production"' },
  // A classic file has no parts, and what it imports would be in it.
  resolve: { alias: { './load-panel.js': LOAD_FROM_BESIDE } },
  plugins: [minifyTemplates(), minifyAgain(), escapeNonAscii()],
  publicDir: false,
  build: {
    emptyOutDir: false,
    license: { fileName: 'third-party-licenses.md' },
    lib: {
      entry: 'src/embed.ts',
      name: 'MillisVoiceAgent',
      formats: ['iife'],
      fileName: () => 'millis-voice-agent.js',
    },
    rolldownOptions: {
      output: {
        generatedCode: { symbols: false },
        intro: 'try {',
        outro: `} catch (error) {
          console.error(${JSON.stringify(CANNOT_LOAD)}, error);
          return globalThis.MillisVoiceAgent;
        }`,
        postBanner: `/*! millis-voice-agent ${version} | MIT License */`,
      },
    },
  },
};

/** What the script-tag file imports while somebody debugs: a module beside it. */
const debug: UserConfig = {
  define,
  plugins: [minifyAgain(), escapeNonAscii()],
  publicDir: false,
  build: {
    emptyOutDir: false,
    lib: {
      entry: 'src/debug/debug-panel.ts',
      formats: ['es'],
      fileName: () => 'millis-voice-agent.debug.js',
    },
  },
};

/** The page of `npm start`. */
const playground: UserConfig = { define };

export default defineConfig(({ command, mode }) => {
  if (command === 'serve') return playground;
  if (mode === 'debug') return debug;
  return mode === 'script-tag' ? scriptTag : modules;
});
