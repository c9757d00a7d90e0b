import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where each system keeps a Chromium, beside the `PATH`. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
];

/** The Chromium to use: the one that `MILLIS_CHROMIUM` names, else the first in the usual places, else `undefined`. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['MILLIS_CHROMIUM'];
  if (named) return named;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  return [...USUAL_PLACES, ...found].find((path) => existsSync(path));
}

/**
 * The same, for a program that cannot go on without one.
 *
 * @throws Error that says in one line what is missing and how to get it
 */
export function requireChromium(): string {
  const path = findChromium();
  if (path === undefined) {
    throw new Error(
      'No Chromium found. Install one (Debian: apt-get install chromium), or set MILLIS_CHROMIUM to its path.',
    );
  }
  return path;
}
