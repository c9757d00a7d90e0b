import { esbuildPlugin } from '@web/dev-server-esbuild';
import { summaryReporter, defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const { requireChromium } = await tsImport('./test/support/node/browser-path.ts', import.meta.url);
const { chromiumFlags } = await tsImport('./test/support/node/chromium-flags.ts', import.meta.url);
const { countingReporter } = await tsImport('./test/support/node/counting-reporter.ts', import.meta.url);
const { misbehavingServer } = await tsImport('./test/support/node/misbehaving-server.ts', import.meta.url);
const { siteServer } = await tsImport('./test/support/node/site-server.ts', import.meta.url);

/** `MILLIS_GREP` runs only the tests with it in their titles. How many configs the property tests make up; `npm run test:nightly` has more. */
const runs = Number(process.env.MILLIS_RUNS ?? 500);
/** Where the random sequences begin; without one each run has its own. */
const seed = Number(process.env.MILLIS_SEED ?? Number.NaN);

export default {
  files: 'test/{domain,protocol,call,element,faults}/**/*.test.ts',
  nodeResolve: { exportConditions: ['production'] },
  concurrency: 4,
  testsFinishTimeout: 120_000 + 200 * runs,
  testFramework: {
    config: { timeout: 15_000, ...(process.env.MILLIS_GREP && { grep: process.env.MILLIS_GREP }) },
  },
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: requireChromium(), args: chromiumFlags() },
      // Two files run side by side; a page behind another is drawn one frame a second, or none. So each has a window of its own, and
      // is told that it is seen.
      createPage: async ({ context }) => {
        const page = await context.newPage({ type: 'window' });
        const session = await page.createCDPSession();
        await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
        return page;
      },
    }),
  ],
  middleware: [misbehavingServer, siteServer],
  plugins: [
    esbuildPlugin({
      ts: true,
      // esbuild does not follow `extends`, and this one says how class fields are compiled.
      tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
      define: {
        __MILLIS_VERSION__: '"0.0.0-test"',
        __MILLIS_RUNS__: String(runs),
        __MILLIS_SEED__: String(seed),
      },
    }),
    {
      // Nobody can forget it: after every test, nothing of a call may be alive.
      name: 'no-leaks',
      transform({ path, body }) {
        if (!path.endsWith('.test.ts')) return;
        return { body: `import '/test/support/browser/no-leaks.ts';${body}` };
      },
    },
  ],
  reporters: [
    process.env.CI ? summaryReporter() : defaultReporter({ reportTestProgress: false }),
    countingReporter(process.env.MILLIS_COUNT_FILE),
  ],
};
