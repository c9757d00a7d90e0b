import { tsImport } from 'tsx/esm/api';
import chromium from './web-test-runner.config.js';

const { webkitLauncher } = await tsImport('./test/support/node/webkit-launcher.ts', import.meta.url);

/** What can be asked of a browser that draws and cannot call: `npm run test:webkit`. */
export default {
  ...chromium,
  // The one file of the protocol that makes an answer of its own needs WebRTC.
  files: ['test/engines/*.test.ts', 'test/{domain,protocol}/**/*.test.ts', '!test/protocol/offer.test.ts'],
  browsers: [webkitLauncher()],
};
