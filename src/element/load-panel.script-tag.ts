import type { loadPanel as load } from './load-panel.js';

/** Known only while the script runs, and not to a module. */
const script = document.currentScript as HTMLScriptElement | null;
const FILE = './millis-voice-agent.debug.js';

/**
 * Loads the debug panel from beside the script-tag file. A script of another origin without `crossorigin` cannot import by a relative
 * address (HTML, "create a classic script": its base URL is `about:blank`), so it says where it is from.
 */
export const loadPanel: typeof load = () =>
  import(/* @vite-ignore */ script?.src ? new URL(FILE, script.src).href : FILE);
