import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cost } from './gateway-process.js';

/** Listens on a free port, tells the bench where, and does what the bench asks for. Ends with it. */
export function serve(server: Server): void {
  server.keepAliveTimeout = 75_000;
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  });
  process.on('message', (asked) => {
    if (asked === 'stop') process.exit(0);
    process.send?.(cost());
  });
  process.once('disconnect', () => process.exit(0));
}

function cost(): Cost {
  // Node has it with --expose-gc.
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { rssBytes: rss, heapBytes: heapUsed, cpuMs: (user + system) / 1000 };
}
