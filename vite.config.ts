import { readFileSync } from 'node:fs';
import { transform } from 'lightningcss';
import { minify } from 'terser';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const define = { __MILLIS_VERSION__: JSON.stringify(version) };

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
  return transform({ filename: 'styles.css', code: Buffer.from(text), minify: true }).code.toString();
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

/** What npm gets: readable modules, with `lit` and `zod` left to the site's own bundler. */
const modules: UserConfig = {
  define,
  publicDir: false,
  build: {
    minify: false,
    sourcemap: true,
    lib: {
      entry: { index: 'src/index.ts', define: 'src/define.ts', cli: 'src/cli.ts' },
      formats: ['es'],
    },
    rolldownOptions: { external: [/^lit($|\/)/, /^zod($|\/)/, /^node:/] },
  },
};

/** What a script tag gets: one classic file with everything in it. */
const scriptTag: UserConfig = {
  define: { ...define, 'process.env.NODE_ENV': '"production"' },
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
        postBanner: `/*! millis-voice-agent ${version} | MIT License */`,
      },
    },
  },
};

/** The page of `npm start`. */
const playground: UserConfig = { define };

export default defineConfig(({ command, mode }) => {
  if (command === 'serve') return playground;
  return mode === 'script-tag' ? scriptTag : modules;
});
