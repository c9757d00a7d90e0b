import { existsSync } from 'node:fs';
import { type Browser, launch } from 'puppeteer-core';

const FIREFOX = process.env['MILLIS_FIREFOX'] ?? '/usr/bin/firefox-esr';

/** Whether there is a Firefox: the one that `MILLIS_FIREFOX` names, else Debian's. Says in one line when there is none. */
export function hasFirefox(): boolean {
  const isThere = existsSync(FIREFOX);
  if (!isThere) {
    console.log(`No Firefox at ${FIREFOX}: not tested with it. Install firefox-esr, or set MILLIS_FIREFOX.`);
  }
  return isThere;
}

/** A Firefox without a window, with false sound devices: its microphone hums without a pause. Nobody is asked. Close it. */
export function launchFirefox(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    extraPrefsFirefox: {
      'media.autoplay.default': 0,
      // Without a sound card the page's recorder would stand still.
      'media.cubeb.force_mock_context': true,
      'media.navigator.permission.disabled': true,
      'media.navigator.streams.fake': true,
      'media.peerconnection.ice.loopback': true,
    },
  });
}
