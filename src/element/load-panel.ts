/**
 * Loads the debug panel, which no visitor pays for: bundlers make a file of its own of it. The script-tag file has
 * `load-panel.script-tag.ts` in the place of this module.
 */
export function loadPanel(): Promise<typeof import('../debug/debug-panel.js')> {
  return import('../debug/debug-panel.js');
}
