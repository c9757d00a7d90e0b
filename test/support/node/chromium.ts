import { type Browser, launch } from 'puppeteer-core';
import { requireChromium } from './browser-path.js';
import { chromiumFlags, type ChromiumFlags } from './chromium-flags.js';

interface ChromiumOptions extends Omit<ChromiumFlags, 'speech'> {
  /** A WAV file that the visitor says once, from the moment that the microphone opens. Default: beeps. */
  readonly speech?: string | undefined;
  /** More of Chromium's own flags. */
  readonly flags?: readonly string[];
}

/** A Chromium without a window, alone with its own profile. Close it. */
export function launchChromium({ speech, flags = [], ...own }: ChromiumOptions = {}): Promise<Browser> {
  return launch({
    executablePath: requireChromium(),
    headless: true,
    args: [...chromiumFlags({ ...own, ...(speech && { speech: `${speech}%noloop` }) }), ...flags],
  });
}
