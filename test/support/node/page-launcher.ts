import type { BrowserLauncher } from '@web/test-runner';
import type { Keyboard, Mouse, Page } from 'puppeteer-core';

/** What the test runner and its commands ask of a page, by Puppeteer's names. What it cannot do it rejects. */
export interface RunnerPage extends Pick<Page, 'setViewport' | 'emulateMediaFeatures'> {
  readonly keyboard: Pick<Keyboard, 'type' | 'press' | 'down' | 'up'>;
  readonly mouse: Pick<Mouse, 'move' | 'click' | 'down' | 'up' | 'reset'>;
  goto(url: string): Promise<unknown>;
  /** Ends the browser that it is in. */
  close(): Promise<void>;
}

interface PageLauncher extends BrowserLauncher {
  /** For the runner's commands, which look for it by this name. */
  getPage(sessionId: string): RunnerPage;
}

const USUAL = { width: 800, height: 600 };

/**
 * A launcher for the test runner whose files run each in a page of a browser of its own, so that none waits for another's focus, and
 * what is emulated for one holds for no other. `open` starts such a browser; it is used for one file after the other.
 */
export function pageLauncher(name: string, open: () => Promise<RunnerPage>): PageLauncher {
  const resting: RunnerPage[] = [];
  const active = new Map<string, { readonly page: RunnerPage; readonly url: string }>();
  const sessionOf = (id: string) => {
    const session = active.get(id);
    if (!session) throw new Error(`${name} has no page for ${id}.`);
    return session;
  };
  return {
    name,
    // The commands know two kinds of pages, and this one has the methods of Puppeteer's.
    type: 'puppeteer',
    async startSession(id, url) {
      const page = resting.pop() ?? (await open());
      active.set(id, { page, url });
      await page.setViewport(USUAL);
      await page.goto(url);
    },
    isActive: (id) => active.has(id),
    getBrowserUrl: (id) => sessionOf(id).url,
    getPage: (id) => sessionOf(id).page,
    async stopSession(id) {
      const { page } = sessionOf(id);
      active.delete(id);
      // Ends whatever still runs.
      await page.goto('about:blank');
      resting.push(page);
      return {};
    },
    startDebugSession: () => Promise.reject(new Error(`Debug in Chromium: ${name} has no window here.`)),
    async stop() {
      const pages = [...resting.splice(0), ...[...active.values()].map(({ page }) => page)];
      await Promise.all(pages.map((page) => page.close()));
    },
  };
}
