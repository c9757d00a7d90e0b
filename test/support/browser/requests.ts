import { natives } from '../../../src/call/natives.js';
import { replace } from './microphone.js';

const nativeFetch = window.fetch.bind(window);

/** What the page fetched, and what came of it. */
export interface Requests {
  readonly all: readonly Request[];
  /** Resolves when the first `count` requests were answered, refused or aborted. */
  settled(count: number): Promise<void>;
}

/** Notes what the page fetches, from now on and until the test is over. The requests are made. */
export function noteRequests(): Requests {
  const all: Request[] = [];
  const settlements: Promise<unknown>[] = [];
  const waiting = new Set<() => void>();
  replace(natives, 'fetch', (address: string, init: RequestInit) => {
    const request = new Request(address, init);
    all.push(request);
    const response = nativeFetch(request);
    settlements.push(response.catch(() => undefined));
    for (const tell of waiting) tell();
    return response;
  });
  return {
    all,
    async settled(count) {
      while (settlements.length < count) await new Promise<void>((resolve) => waiting.add(resolve));
      await Promise.all(settlements.slice(0, count));
    },
  };
}

/** Where a config is that the test hands out when it likes. */
export interface HeldConfig {
  /** Address of the config itself. */
  readonly configSrc: string;
  /** A server that has it for every agent. */
  readonly server: string;
  /** Answers those who wait for it, and those who come. */
  readonly release: (config: unknown) => Promise<void>;
}

/** A config that is not answered before the test says so (see `odd-configs.ts`). */
export function holdConfig(): HeldConfig {
  const behaviour = `held-${crypto.randomUUID()}`;
  const configSrc = `/odd-config/${behaviour}`;
  return {
    configSrc,
    server: `/server/${behaviour}`,
    async release(config) {
      await nativeFetch(configSrc, { method: 'POST', body: JSON.stringify(config) });
    },
  };
}
