import type { ExitCode } from './command.js';
import { type RunningServer, startServer } from './gateway-server.js';
import { type GatewayArguments, setUpGateway } from './gateway-setup.js';
import { endOnUncaughtError, stopRequested } from './process-events.js';
import type { Terminal } from './terminal.js';

const DRAIN_MS = 10_000;

/** Runs a gateway until the process is asked to end. What keeps it from starting is said, a line each. */
export async function runGateway(args: GatewayArguments, terminal: Terminal): Promise<ExitCode> {
  endOnUncaughtError(terminal);
  const { problems, setup } = await setUpGateway(args, terminal);
  for (const line of problems) terminal.warn(line);
  if (!setup) return 2;
  const { gateway, store, port, host } = setup;
  // Before the first visitor comes, so that nothing is counted alone only because a connection was not there yet.
  await store?.ready();
  const server = await listen(() => startServer(gateway, { port, host }), `${host}, port ${port}`, terminal);
  if (server) {
    terminal.say(`Listening on ${server.url}`);
    await stopRequested();
    await server.drain(DRAIN_MS);
  }
  await store?.close();
  return server ? 0 : 2;
}

async function listen(
  start: () => Promise<RunningServer>,
  where: string,
  terminal: Terminal,
): Promise<RunningServer | undefined> {
  try {
    return await start();
  } catch (error) {
    const { code = 'it cannot be had' } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      EADDRINUSE: 'something listens there already. --port takes another',
      EACCES: 'this user may not listen there. Ports below 1024 are for root',
      EADDRNOTAVAIL: 'this machine does not have that address',
      ENOTFOUND: 'there is no such address',
    };
    terminal.warn(`${where}: ${reasons[code] ?? code}.`);
    return undefined;
  }
}
