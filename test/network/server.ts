import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ServerEnd, Switch, WireFaults } from './link.js';

const MAIN = fileURLToPath(new URL('../../demo/platform/main.ts', import.meta.url));
/** As in `link.py`, which knows HTTP by it. */
const PORT = 8787;
const ASK_MS = 10_000;
/** Says its greeting to the end, whatever the microphone brings. */
export const AGENT = 'steadfast';
/** A tone of a minute: sound without a pause. */
const LONG_GREETING = 'and so on '.repeat(100);
/** How its turn begins in the transcript. */
export const GREETING = 'Agent: and';

export interface ServerOptions {
  /** What the agent says first. Default: more than a minute of tone. */
  readonly greeting?: string;
}

/** The local platform as a process of its own, at the other end of a link. */
export class Server {
  readonly url: string;
  private child: ChildProcess | undefined;
  private ended: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly network: Switch,
    private readonly end: ServerEnd,
    private readonly options: ServerOptions,
  ) {
    this.url = `http://${end.address}:${PORT}`;
  }

  /** Resolves when it can be called. */
  static async start(network: Switch, options: ServerOptions = {}): Promise<Server> {
    const server = new Server(network, await network.addServer(), options);
    await server.start();
    return server;
  }

  /** Starts it, also after it was killed: at the same address, and knowing nothing of before. */
  async start(): Promise<void> {
    const { namespace, address } = this.end;
    const { greeting } = this.options;
    const speech = greeting === undefined ? 'tone' : 'files';
    const platform = [MAIN, '--host', address, '--port', String(PORT), '--speech', speech];
    const child = spawn(
      'ip',
      ['netns', 'exec', namespace, process.execPath, '--import', 'tsx', ...platform],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.child = child;
    this.ended = once(child, 'close');
    const listening = once(createInterface(child.stdout), 'line').then(() => true);
    const isListening = await Promise.race([listening, this.ended.then(() => false)]);
    if (!isListening) throw new Error('The platform did not start.');
    await this.teach(greeting ?? LONG_GREETING);
  }

  /** `SIGKILL` ends it, `SIGSTOP` freezes it. */
  signal(signal: 'SIGKILL' | 'SIGSTOP'): void {
    this.child?.kill(signal);
  }

  /** Ends it without a word. */
  async close(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  /** Changes the wire from now on. */
  setFaults(faults: Partial<WireFaults>): Promise<void> {
    return this.network.setFaults(this.end.address, faults);
  }

  /** A black hole for so many milliseconds. Resolves when it is over. */
  async outage(ms: number, drop: WireFaults['drop'] = 'all'): Promise<void> {
    await this.setFaults({ drop });
    await setTimeout(ms);
    await this.setFaults({ drop: 'none' });
  }

  /** How many calls it ever had. */
  async calls(): Promise<number> {
    const answer = await this.ask('GET', '/call-logs');
    return (JSON.parse(answer) as { readonly histories: readonly unknown[] }).histories.length;
  }

  private async teach(greeting: string): Promise<void> {
    const update = { name: AGENT, config: { first_message: greeting } };
    await this.ask('PUT', `/agents/${AGENT}`, JSON.stringify(update));
  }

  /** On a connection of its own: one that was kept would keep an address that the visitor may have lost. */
  private async ask(method: string, path: string, body = ''): Promise<string> {
    const headers = { 'content-type': 'application/json' };
    const asking = request(`${this.url}${path}`, { method, headers, agent: false, timeout: ASK_MS });
    asking.on('timeout', () => asking.destroy(new Error(`${path} was not answered.`)));
    asking.end(body);
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    const answer = await text(response);
    if (response.statusCode !== 200) throw new Error(`${path} was answered with ${response.statusCode}.`);
    return answer;
  }
}
