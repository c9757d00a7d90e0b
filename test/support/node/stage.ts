import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { CallPage } from './call-page.js';
import { launchChromium } from './chromium.js';
import { type FirefoxPrefs, hasFirefox, launchFirefox } from './firefox.js';
import { WIDGET_PATH } from './page-scripts.js';
import { type OwnPlatform, startOwnPlatform } from './own-platform.js';
import { startPageServer, type PageServer } from './page-server.js';
import { writeVisitorSpeech } from './visitor-speech.js';

/** Long enough for a parrot to have greeted, short enough to interrupt a receptionist. */
const SPEECH_LEAD_MS = 2_500;

/** A browser in which a call can be made. */
export type CallingBrowser = 'chromium' | 'firefox';

/** Those that are here; one that is missing is named in one line. A test of all of them is written once, in a loop. */
export function callingBrowsers(): readonly CallingBrowser[] {
  return hasFirefox() ? ['chromium', 'firefox'] : ['chromium'];
}

interface StageOptions {
  /** Chromium's visitor beeps as long as the call lasts, instead of saying the words and then nothing. Default false. */
  readonly beeps?: boolean;
  /** Default Chromium. Firefox's visitor hums without a pause instead of saying the words. */
  readonly browser?: CallingBrowser;
  /** On top of those of `launchFirefox`. Nothing in Chromium. */
  readonly prefs?: FirefoxPrefs;
  /** See `chromium.ts`. Nothing in Firefox, where `prefs` say it. */
  readonly ask?: boolean;
}

/** All that a call needs: a browser, a site that embeds the widget, and a platform on another origin. */
export interface Stage {
  readonly browser: Browser;
  readonly site: PageServer;
  readonly platform: OwnPlatform;
  /** The words that the visitor says once, 2.5 s after the microphone opened; in Firefox nobody says them. */
  readonly speech: Int16Array;
  /** Opens a plain page whose one widget calls an agent. */
  open(agentId: string): Promise<CallPage>;
  close(): Promise<void>;
}

/** Sets the stage. What is not there is said in one line. */
export async function openStage({
  browser: engine = 'chromium',
  prefs,
  ask = false,
  beeps = false,
}: StageOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'millis-e2e-'));
  const file = join(folder, 'speech.wav');
  const speech = await writeVisitorSpeech(file, { leadMs: SPEECH_LEAD_MS });
  const site = await startPageServer();
  const platform = await startOwnPlatform({ recordDir: folder });
  const browser =
    engine === 'firefox'
      ? await launchFirefox(prefs)
      : await launchChromium({ ...(!beeps && { speech: file }), ask });
  return {
    browser,
    site,
    platform,
    speech,
    open: (agentId) => CallPage.open(browser, site.add(pageWith(widget(agentId, platform.url)))),
    close: async () => {
      await browser.close();
      await Promise.all([site.close(), platform.close()]);
      await rm(folder, { recursive: true });
    },
  };
}

/** The tag that a site writes. */
export function widget(agentId: string, server: string, attributes = 'transcript'): string {
  return `<millis-voice-agent agent-id="${agentId}" server="${server}" ${attributes}></millis-voice-agent>`;
}

/** A page as a site would write it by hand. */
export function pageWith(body: string, head = '<meta charset="utf-8" />'): string {
  return `<!doctype html><html lang="en"><head>${head}<title>A site</title>
<script async src="${WIDGET_PATH}"></script></head><body><h1>A site</h1>${body}</body></html>`;
}
