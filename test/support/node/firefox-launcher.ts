import type { MediaFeature, Page } from 'puppeteer-core';
import { launchFirefox, setFirefoxPrefs } from './firefox.js';
import { pageLauncher, type RunnerPage } from './page-launcher.js';

/** Firefox for the test runner: the same files as in Chromium. */
export const firefoxLauncher = () => pageLauncher('Firefox', openPage);

async function openPage(): Promise<RunnerPage> {
  // As in Chromium, a page that nobody has pressed in is silent; by default Firefox forbids less.
  const browser = await launchFirefox({ 'media.autoplay.default': 5 });
  const page: Page = await browser.newPage();
  return {
    keyboard: page.keyboard,
    mouse: page.mouse,
    goto: (url) => page.goto(url),
    setViewport: (viewport) => page.setViewport(viewport),
    emulateMediaFeatures: (features = []) => setFirefoxPrefs(browser, prefsFor(features)),
    close: () => browser.close(),
  };
}

/** WebDriver BiDi cannot emulate them: these are the preferences that stand for the system's. */
function prefsFor(features: readonly MediaFeature[]): Record<string, number> {
  const entries = features.map(({ name, value }): [string, number] => {
    if (name === 'prefers-reduced-motion') return ['ui.prefersReducedMotion', value === 'reduce' ? 1 : 0];
    if (name === 'prefers-color-scheme') {
      return ['layout.css.prefers-color-scheme.content-override', value === 'dark' ? 0 : 1];
    }
    throw new Error(`Firefox has no preference for ${name} here.`);
  });
  return Object.fromEntries(entries);
}
