import { tsImport } from 'tsx/esm/api';
import chromium from './web-test-runner.config.js';

const { firefoxLauncher } = await tsImport('./test/support/node/firefox-launcher.ts', import.meta.url);

/** The same files as in Chromium: `npm run test:firefox`. With four Firefoxes at once a key can come while the focus is elsewhere. */
export default { ...chromium, concurrency: 2, browsers: [firefoxLauncher()] };
