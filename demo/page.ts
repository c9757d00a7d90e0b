import { readFile } from 'node:fs/promises';
import { createServer, type Plugin, type ViteDevServer } from 'vite';

interface PageOptions {
  readonly port: number;
  readonly platformUrl: string;
  /** Where the gateway is, `''` where there is none. Pages wait for it. */
  readonly gatewayUrl: () => Promise<string>;
}

/** Makes the server of the playground and of the plain pages. It does not listen yet. */
export function createPageServer({ port, platformUrl, gatewayUrl }: PageOptions): Promise<ViteDevServer> {
  return createServer({
    plugins: [sayGatewayUrl(gatewayUrl), serveBuiltFiles()],
    // Found only in a sample page, they would be prepared late, and the page be loaded twice.
    optimizeDeps: { include: ['lit', 'zod/mini'] },
    define: { 'import.meta.env.VITE_PLATFORM_URL': JSON.stringify(platformUrl) },
    server: {
      port,
      host: '127.0.0.1',
      // Plain pages cannot know which port was free for the platform.
      proxy: { '/platform': { target: platformUrl, rewrite: (path) => path.slice('/platform'.length) } },
    },
    // Fewer lines before the one that matters.
    logLevel: 'warn',
  });
}

/**
 * Writes the gateway's address into pages in the place of `%GATEWAY_URL%`. No proxy: the gateway is to see the `Origin` that a
 * browser sends to another origin.
 */
function sayGatewayUrl(gatewayUrl: () => Promise<string>): Plugin {
  return {
    name: 'say-gateway-url',
    transformIndexHtml: {
      order: 'pre',
      handler: async (html) =>
        html.includes('%GATEWAY_URL%') ? html.replaceAll('%GATEWAY_URL%', await gatewayUrl()) : html,
    },
  };
}

/** Built files go out as they are. Vite would write an import of its own into the classic script that can load the debug panel. */
function serveBuiltFiles(): Plugin {
  return {
    name: 'serve-built-files',
    configureServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        const [, name] = /^\/dist\/([\w.-]+\.js)(?:\?|$)/.exec(request.url ?? '') ?? [];
        if (name === undefined) {
          next();
          return;
        }
        readFile(`dist/${name}`).then(
          (file) => response.setHeader('content-type', 'text/javascript').end(file),
          () => next(),
        );
      });
    },
  };
}

/** As browsers may write the page's own address. */
export function originsOf({ resolvedUrls }: ViteDevServer): readonly string[] {
  const { port } = new URL(resolvedUrls?.local[0] ?? '');
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
}
