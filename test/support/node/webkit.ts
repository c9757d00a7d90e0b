import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { requireWebKitDriver } from './browser-path.js';
import { until } from './until.js';

/** A WebKitGTK that is driven by WebDriver (W3C), on a screen that nobody sees. It has no WebRTC. */
export interface WebKit {
  /** One command, below `/session/<id>`. Rejects with what the driver says against it. */
  send(method: 'GET' | 'POST', command: string, body?: object): Promise<unknown>;
  /** Ends the browser, its driver and its screen. */
  close(): Promise<void>;
}

const BROWSER = {
  'webkitgtk:browserOptions': { args: ['--automation', '--enable-mock-capture-devices=true'] },
};

/** Starts one. A driver has one session, so each has a driver of its own. */
export async function launchWebKit(): Promise<WebKit> {
  const screen = await startScreen();
  const port = await freePort();
  const driver = spawn(requireWebKitDriver(), [`--port=${port}`], {
    stdio: 'ignore',
    // On the desktop's own socket it would not see the screen.
    env: { ...process.env, DISPLAY: screen.display, GDK_BACKEND: 'x11' },
  });
  const base = `http://127.0.0.1:${port}`;
  await until(() => answers(`${base}/status`), "WebKit's driver to answer");
  const capabilities = { alwaysMatch: BROWSER };
  const session = (await command('POST', `${base}/session`, { capabilities })) as { sessionId: string };
  const address = `${base}/session/${session.sessionId}`;
  return {
    send: (method, name, body) => command(method, `${address}/${name}`, body),
    async close() {
      await command('DELETE', address);
      await Promise.all([driver, screen.process].map(end));
    },
  };
}

interface Screen {
  readonly process: ChildProcess;
  /** As `DISPLAY` names it. */
  readonly display: string;
}

/** A screen in memory, with a number that is free. */
async function startScreen(): Promise<Screen> {
  const process = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = (await Promise.race([
    once(process.stdout, 'data'),
    once(process, 'exit').then(() => {
      throw new Error('Xvfb could not be started. Install it (Debian: apt-get install xvfb).');
    }),
  ])) as [Buffer];
  return { process, display: `:${number.toString().trim()}` };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function command(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) throw new Error(`WebDriver ${new URL(url).pathname}: ${JSON.stringify(value)}`);
  return value;
}
