import type { Browser } from 'puppeteer-core';
import { CallPage } from '../support/node/call-page.js';
import { launchChromium } from '../support/node/chromium.js';
import { launchFirefox } from '../support/node/firefox.js';
import { startPageServer, type PageServer } from '../support/node/page-server.js';
import { pageWith, widget } from '../support/node/stage.js';
import { noteFigure } from './figures.js';
import { Switch } from './link.js';
import { NetworkCall } from './network-call.js';
import { AGENT, Server, type ServerOptions } from './server.js';

/** What `run.ts` tells the process of a visitor, which runs inside of the visitor's namespace. */
export interface VisitorEnvironment {
  readonly MILLIS_NETWORK_BROWSER: 'chromium' | 'firefox';
  /** The link's, see `link.ts`. */
  readonly MILLIS_NETWORK_SOCKET: string;
  /** Where the measured times are written. */
  readonly MILLIS_NETWORK_FIGURES: string;
}

/**
 * To the widget these pages are behind others, so it does not draw how loud it is 60 times a second: that is half of what a call costs
 * the machine. Their timers run as in front.
 */
const HEAD =
  '<meta charset="utf-8" /><script>Object.defineProperty(document, "hidden", { value: true })</script>';

/** As everybody's Firefox has it, and Puppeteer's has not: it tells pages when the network goes and comes. */
const FIREFOX_PREFS = { 'network.manage-offline-status': true };

/** A visitor at one end of a link: a browser, and a site on the same machine, which is what makes its pages secure contexts. */
export class Visitor {
  private readonly servers: Server[] = [];

  private constructor(
    readonly network: Switch,
    private readonly browser: Browser,
    private readonly site: PageServer,
    private readonly environment: VisitorEnvironment,
  ) {}

  static async open(environment: VisitorEnvironment): Promise<Visitor> {
    const network = await Switch.connect(environment.MILLIS_NETWORK_SOCKET);
    const site = await startPageServer();
    const isFirefox = environment.MILLIS_NETWORK_BROWSER === 'firefox';
    const browser = await (isFirefox ? launchFirefox(FIREFOX_PREFS) : launchChromium());
    return new Visitor(network, browser, site, environment);
  }

  /** Starts a server at the end of a new wire. */
  async server(options?: ServerOptions): Promise<Server> {
    const server = await Server.start(this.network, options);
    this.servers.push(server);
    return server;
  }

  /** Opens a page that calls the server's agent. The visitor is muted, so that the agent's words are one turn. */
  async at(server: Server, attributes = ''): Promise<NetworkCall> {
    const url = this.site.add(pageWith(widget(AGENT, server.url, `transcript muted ${attributes}`), HEAD));
    return new NetworkCall(await CallPage.open(this.browser, url, { window: true }));
  }

  /** A call that is under way with a server of its own: the agent was heard. */
  async talks(attributes = ''): Promise<{ readonly server: Server; readonly call: NetworkCall }> {
    const server = await this.server();
    const call = await this.at(server, attributes);
    await call.connect();
    await call.hears();
    return { server, call };
  }

  /** Writes what was measured into the table at the end of the run: milliseconds, if no other unit is named. */
  note(what: string, value: number, unit = ' ms'): void {
    const { MILLIS_NETWORK_BROWSER: browser, MILLIS_NETWORK_FIGURES: file } = this.environment;
    const text = unit === ' ms' ? value.toFixed(0) : value.toFixed(2);
    noteFigure(file, { what, browser, value: `${text}${unit}` });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await Promise.all([this.site.close(), ...this.servers.map((server) => server.close())]);
    this.network.close();
  }
}

/** The environment of this process. Throws where `run.ts` did not start it. */
export function visitorEnvironment(env: NodeJS.ProcessEnv = process.env): VisitorEnvironment {
  const { MILLIS_NETWORK_BROWSER, MILLIS_NETWORK_SOCKET = '', MILLIS_NETWORK_FIGURES = '' } = env;
  if (MILLIS_NETWORK_BROWSER !== 'chromium' && MILLIS_NETWORK_BROWSER !== 'firefox')
    throw new Error('Run these tests with npm run test:network: they need a network of their own.');
  return { MILLIS_NETWORK_BROWSER, MILLIS_NETWORK_SOCKET, MILLIS_NETWORK_FIGURES };
}
