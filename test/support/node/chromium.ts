import { type Browser, launch } from 'puppeteer-core';
import { requireChromium } from './browser-path.js';
import { chromiumFlags } from './chromium-flags.js';

interface ChromiumOptions {
  /** A WAV file that the visitor says once, from the moment that the microphone opens. Default: beeps. */
  readonly speech?: string | undefined;
  /** Leaves the microphone's permission to the page and to the test. */
  readonly ask?: boolean | undefined;
}

/** A Chromium without a window, alone with its own profile. Close it. */
export function launchChromium({ speech, ask }: ChromiumOptions = {}): Promise<Browser> {
  return launch({
    executablePath: requireChromium(),
    headless: true,
    args: chromiumFlags({ ...(speech && { speech: `${speech}%noloop` }), ...(ask && { ask }) }),
  });
}
