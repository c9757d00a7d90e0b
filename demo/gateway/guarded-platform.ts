import { randomBytes } from 'node:crypto';
import { startPlatform } from '../platform/platform.js';
import { startLocalGateway } from './local-gateway.js';

const KEY_BYTES = 24;
const TITLES = { idle: 'Talk to the front desk', connecting: 'Calling…', running: 'Hang up' };

interface GuardedOptions {
  /** Of the pages that may call. */
  readonly origins: readonly string[];
  /** Gets one line for each event of the platform, and for each request to the gateway. */
  readonly log: (line: string) => void;
  /** A folder that gets both sides of each call as WAV. */
  readonly recordDir?: string | undefined;
}

/** A platform that demands a key, and the gateway through which pages reach it. */
export interface GuardedPlatform {
  readonly gatewayUrl: string;
  readonly platformUrl: string;
  close(): Promise<void>;
}

/** Starts both. The key is made here, and nobody else gets it. The gateway lists one agent, by a public name: `front-desk`. */
export async function startGuardedPlatform(options: GuardedOptions): Promise<GuardedPlatform> {
  const { origins, log, recordDir } = options;
  const key = randomBytes(KEY_BYTES).toString('base64url');
  const platform = await startPlatform({ key, log, ...(recordDir !== undefined && { recordDir }) });
  const gateway = await startLocalGateway({
    privateKey: key,
    platform: platform.url,
    origins,
    agents: { 'front-desk': { id: 'receptionist', embed: { titles: TITLES } } },
    log,
  });
  return {
    gatewayUrl: gateway.url,
    platformUrl: platform.url,
    close: async () => {
      await gateway.close();
      await platform.close();
    },
  };
}
