import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Snippet } from '../../../demo/playground/snippets.js';
import type { PackedPackage } from './packed-package.js';
import type { PageServer } from './page-server.js';
import { WIDGET_PATH } from './page-scripts.js';

const run = promisify(execFile);

/** What the snippets are executed with. */
interface Surroundings {
  readonly site: PageServer;
  readonly package: PackedPackage;
  /** The tag of a widget whose look is decided elsewhere. */
  readonly widget: (options: { attributes?: string; content?: string; server?: string }) => string;
  /** Given to the shell as `MILLIS_PRIVATE_KEY`. */
  readonly key: string;
  /** The server that wants the key, and keeps what it is given. */
  readonly storedAt: string;
}

/** What a page remembers of the words on the button, by the phase in which they were drawn: a short one may never be. */
const RECORDER = `<script>
  addEventListener('millis-state-change', async ({ target }) => {
    await target.updateComplete;
    (globalThis.shownWords ??= {})[target.phase] = target.shadowRoot.querySelector('[part=button]').innerText;
  });
</script>`;

/** A page as a site would write it by hand, around a snippet. */
export function pageAround(body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>A site</title>${RECORDER}${head}</head>
<body><h1>A site</h1>${body}</body></html>`;
}

/** Executes a snippet as it stands; `json` in both ways in which a page can use it. Resolves with the addresses of pages. */
export async function pagesOf({ id, text }: Snippet, around: Surroundings): Promise<readonly string[]> {
  const { site, widget } = around;
  const script = `<script async src="${WIDGET_PATH}"></script>`;
  switch (id) {
    case 'script':
    case 'html':
      return [site.add(pageAround(text))];
    case 'react':
      return [await appPage(around, reactApp(text))];
    case 'vue':
      return [await appPage(around, vueApp(text))];
    case 'json': {
      const attributes = `config-src="${site.add(text, 'application/json')}"`;
      const content = `<script type="application/json">${text}</script>`;
      return [widget({ attributes }), widget({ content })].map((tag) => site.add(pageAround(tag, script)));
    }
    case 'curl': {
      // A proxy of the machine knows nothing of this one.
      const env = { ...process.env, MILLIS_PRIVATE_KEY: around.key, no_proxy: '127.0.0.1' };
      await run('sh', ['-c', text], { env });
      return [site.add(pageAround(widget({ server: around.storedAt }), script))];
    }
  }
}

type App = Parameters<PackedPackage['buildApp']>[0];

async function appPage({ site, package: installed }: Surroundings, app: App): Promise<string> {
  const address = site.add(await installed.buildApp(app), 'text/javascript');
  return site.add(pageAround(`<div id="app"></div><script type="module" src="${address}"></script>`));
}

function reactApp(text: string): App {
  const main = `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import VoiceAgent from './voice-agent.jsx';
createRoot(document.getElementById('app')).render(createElement(VoiceAgent));`;
  return { packages: ['react', 'react-dom'], files: { 'main.js': main, 'voice-agent.jsx': text } };
}

/** The compiler is told what the snippet's comment says. */
function vueApp(text: string): App {
  const [, plugin] = /^<!-- vite\.config\.js: (.*) -->$/m.exec(text) ?? [];
  if (plugin === undefined) throw new Error('The snippet does not say how to tell the compiler.');
  const config = `import vue from '@vitejs/plugin-vue';\nexport default { plugins: [${plugin}] };`;
  const main = `import { createApp } from 'vue';
import VoiceAgent from './voice-agent.vue';
createApp(VoiceAgent).mount('#app');`;
  const files = { 'main.js': main, 'vite.config.js': config, 'voice-agent.vue': text };
  return { packages: ['vue', '@vitejs/plugin-vue'], files };
}
