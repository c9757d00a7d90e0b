import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A browser, or what else drives one, as it is looked for. */
interface Program {
  readonly name: string;
  /** The variable that names its path. */
  readonly variable: string;
  /** Debian's package. */
  readonly debian: string;
  /** Where each system keeps it, beside the `PATH`. */
  readonly places: readonly string[];
  readonly commands: readonly string[];
}

const CHROMIUM: Program = {
  name: 'Chromium',
  variable: 'MILLIS_CHROMIUM',
  debian: 'chromium',
  places: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'],
};

const FIREFOX: Program = {
  name: 'Firefox',
  variable: 'MILLIS_FIREFOX',
  debian: 'firefox-esr',
  places: [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
  commands: ['firefox-esr', 'firefox'],
};

const WEBKIT_DRIVER: Program = {
  name: "WebKitGTK's WebDriver",
  variable: 'MILLIS_WEBKIT_DRIVER',
  debian: 'webkit2gtk-driver',
  places: ['/usr/bin/WebKitWebDriver'],
  commands: ['WebKitWebDriver'],
};

/** The Chromium to use: the one that `MILLIS_CHROMIUM` names, else the first in the usual places, else `undefined`. */
export const findChromium = () => find(CHROMIUM);

/** The same for `MILLIS_FIREFOX`. */
export const findFirefox = () => find(FIREFOX);

/** The same for `MILLIS_WEBKIT_DRIVER`: the program through which WebKitGTK is driven. */
export const findWebKitDriver = () => find(WEBKIT_DRIVER);

/**
 * The same, for a program that cannot go on without one.
 *
 * @throws Error that says in one line what is missing and how to get it
 */
export const requireChromium = () => need(CHROMIUM);

/** The same for Firefox. */
export const requireFirefox = () => need(FIREFOX);

/** The same for WebKitGTK. */
export const requireWebKitDriver = () => need(WEBKIT_DRIVER);

/** A program on the `PATH`. */
export function findOnPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function find({ variable, places, commands }: Program): string | undefined {
  const named = process.env[variable];
  if (named) return named;
  return places.find((path) => existsSync(path)) ?? commands.map(findOnPath).find((path) => path);
}

function need(program: Program): string {
  const path = find(program);
  if (path !== undefined) return path;
  const { name, debian, variable } = program;
  throw new Error(
    `No ${name} found. Install one (Debian: apt-get install ${debian}), or set ${variable} to its path.`,
  );
}
