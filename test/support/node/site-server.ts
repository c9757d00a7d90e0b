import type { TestRunnerConfig } from '@web/test-runner';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const CONFIG = /^\/site\/(?:config\/([^/]+)|gateway\/([^/]+)\/agents\/[^/]+\/embed)$/;
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z" /></svg>';

/**
 * A site that works. Its configs are said by their addresses: `/site/config/<JSON>`, and of a
 * gateway `/site/gateway/<JSON>/agents/<id>/embed`. It has pictures, too: `/site/<name>.svg`.
 */
export const siteServer: Middleware = async (context, next) => {
  const [, address, gateway] = CONFIG.exec(context.path) ?? [];
  const config = address ?? gateway;
  if (config !== undefined) {
    context.type = 'json';
    context.body = decodeURIComponent(config);
  } else if (/^\/site\/\w+\.svg$/.test(context.path)) {
    context.type = 'image/svg+xml';
    context.body = PICTURE;
  } else {
    await next();
  }
};
