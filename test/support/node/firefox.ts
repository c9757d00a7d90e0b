import { type Browser, launch } from 'puppeteer-core';
import { findFirefox, requireFirefox } from './browser-path.js';

/** As in `about:config`. */
export type FirefoxPrefs = Readonly<Record<string, boolean | number | string>>;

const PREFS: FirefoxPrefs = {
  'media.autoplay.default': 0,
  // Without a sound card the page's recorder would stand still.
  'media.cubeb.force_mock_context': true,
  'media.navigator.permission.disabled': true,
  'media.navigator.streams.fake': true,
  'media.peerconnection.ice.loopback': true,
};

/** Whether there is a Firefox. Says in one line when there is none. */
export function hasFirefox(): boolean {
  const isThere = findFirefox() !== undefined;
  if (!isThere) {
    console.log('No Firefox: not tested with it. Install firefox-esr, or set MILLIS_FIREFOX to its path.');
  }
  return isThere;
}

/**
 * A Firefox without a window, with false sound devices: its microphone hums without a pause. Nobody is asked. `prefs` come on top,
 * so `{ 'media.peerconnection.enabled': false }` is a browser that cannot call. Close it.
 */
export function launchFirefox(prefs: FirefoxPrefs = {}): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: requireFirefox(),
    headless: true,
    // For `setFirefoxPrefs`.
    args: ['-remote-allow-system-access'],
    extraPrefsFirefox: { ...PREFS, ...prefs },
  });
}

/** The part of Puppeteer's browser that speaks WebDriver BiDi without knowing the words. */
interface BidiBrowser {
  readonly connection: {
    send(method: string, params: object): Promise<{ readonly result: unknown }>;
  };
}

interface Tree {
  readonly contexts: readonly { readonly context: string }[];
}

/** Sets preferences of a Firefox that runs, by a script of its own window. */
export async function setFirefoxPrefs(browser: Browser, prefs: FirefoxPrefs): Promise<void> {
  const { connection } = browser as unknown as BidiBrowser;
  const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const [window] = (result as Tree).contexts;
  const lines = Object.entries(prefs).map(([name, value]) => {
    const kind = { boolean: 'Bool', number: 'Int', string: 'String' }[typeof value as 'boolean'];
    return `Services.prefs.set${kind}Pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`;
  });
  await connection.send('script.evaluate', {
    expression: lines.join(''),
    target: { context: window?.context },
    awaitPromise: false,
  });
}
