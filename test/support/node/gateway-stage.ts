import type { Browser } from 'puppeteer-core';
import { type LocalGateway, startLocalGateway } from '../../../demo/gateway/local-gateway.js';
import type { GatewayOptions } from '../../../src/gateway.js';
import { CallPage, type CallPageOptions } from './call-page.js';
import { CANARY_KEY } from './canary.js';
import { type OwnPlatform, startOwnPlatform } from './own-platform.js';
import { startPageServer, type PageServer } from './page-server.js';
import { PageTraffic } from './page-traffic.js';
import { pageWith, widget } from './stage.js';

/** A gateway that runs, and all the lines that it logged. */
export interface StagedGateway extends LocalGateway {
  readonly lines: readonly string[];
}

/** A visitor behind a gateway. */
export interface GatewayVisit {
  readonly call: CallPage;
  readonly traffic: PageTraffic;
}

/** A site, a platform that demands the canary, and gateways between them, each on an origin of its own. */
export interface GatewayStage {
  readonly site: PageServer;
  readonly platform: OwnPlatform;
  /** All that the platform logged. */
  readonly platformLines: readonly string[];
  /** Starts a gateway for the site. It knows each agent of the platform by its own id, or those that `options` names. */
  gateway(options?: Partial<GatewayOptions>): Promise<StagedGateway>;
  close(): Promise<void>;
}

const LOOSE = { requests: 1000, seconds: 60 };

/** Sets the stage. */
export async function openGatewayStage(): Promise<GatewayStage> {
  const platformLines: string[] = [];
  const platform = await startOwnPlatform({ key: CANARY_KEY }, (line) => platformLines.push(line));
  const site = await startPageServer();
  const gateways: LocalGateway[] = [];
  return {
    site,
    platform,
    platformLines,
    gateway: async (options) => {
      const lines: string[] = [];
      const gateway = await startLocalGateway({
        privateKey: CANARY_KEY,
        platform: platform.url,
        origins: [site.url],
        agents: ['steadfast', 'patient'],
        limits: { visitor: LOOSE },
        log: (line) => lines.push(line),
        ...options,
      });
      gateways.push(gateway);
      return { ...gateway, lines };
    },
    close: async () => {
      await Promise.all([site.close(), ...gateways.map((gateway) => gateway.close())]);
      await platform.close();
    },
  };
}

/** Opens a page of a site whose one widget calls an agent through a gateway. */
export async function visitGateway(
  browser: Browser,
  site: PageServer,
  { agentId, server, script = '' }: { agentId: string; server: string; script?: string },
  options: CallPageOptions = {},
): Promise<GatewayVisit> {
  const traffic = new PageTraffic();
  const page = site.add(pageWith(`${widget(agentId, server)}<script>${script}</script>`));
  const call = await CallPage.open(browser, page, { onPage: (opened) => traffic.watch(opened), ...options });
  return { call, traffic };
}
