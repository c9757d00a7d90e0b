import { BUTTON_STATES, type PerState } from '../domain/button-state.js';
import {
  problem,
  type ConfigProblem,
  type EmbedSettings,
  type ReadConfig,
} from '../protocol/embed-config.js';
import { readBackground, readButtonCss } from './button-css.js';
import { readIcon } from './icon-source.js';

const EXPECTED_ICON =
  'an image URL (https, or of this site), data:image/…, <svg …>, an emoji or up to 6 letters';

/** Leaves out of settings what only a browser can judge: a background or an icon that is none, or that may not be. Never throws. */
export function checkLook(settings: EmbedSettings): ReadConfig {
  const problems: ConfigProblem[] = [];
  const { icons, background, buttonCss } = settings;
  if (buttonCss) readButtonCss(buttonCss, problems);
  const checked = {
    ...settings,
    icons: icons && checkIcons(icons, problems),
    background: background && readBackground(background, problems),
  };
  return { settings: checked, problems };
}

/** What a browser has against a config whose types are right. */
export function lookProblems(settings: EmbedSettings): readonly ConfigProblem[] {
  return checkLook(settings).problems;
}

function checkIcons(
  icons: PerState<string | undefined>,
  problems: ConfigProblem[],
): PerState<string | undefined> {
  const checked = { ...icons };
  for (const state of BUTTON_STATES) {
    const icon = icons[state];
    if (!icon || readIcon(icon, '#000')) continue;
    problems.push(problem(`icons.${state}`, icon, EXPECTED_ICON));
    checked[state] = undefined;
  }
  return checked;
}
