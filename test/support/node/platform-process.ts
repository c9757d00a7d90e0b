/** The local platform in a process of its own; `own-platform.ts` starts it, asks it, and ends it. */
import { startPlatform } from '../../../demo/platform/platform.js';
import type { PlatformReport, PlatformSettings } from './own-platform.js';

const { key, recordDir, logs } = JSON.parse(process.argv[2] ?? '{}') as PlatformSettings;
const platform = await startPlatform({
  ...(key !== undefined && { key }),
  ...(recordDir !== undefined && { recordDir }),
  ...(logs && { log: (line) => report({ line }) }),
});
await platform.warmed;
process.on('message', (message) => {
  if (message !== 'close') {
    report({
      openCalls: platform.openCalls(),
      offers: platform.offers(),
      sessions: platform.sessions(),
    });
    return;
  }
  void platform.close().then(() => process.disconnect());
});
// Its threads do not always let it end by itself; and without who started it, nobody asks it any more.
process.once('disconnect', () => process.exit(0));
report({ url: platform.url });

function report(message: PlatformReport): void {
  process.send?.(message);
}
