import { BUTTON_STATES } from '../../src/domain/button-state.js';
import { lookProblems } from '../../src/element/look.js';
import { type ConfigProblem, problem, readEmbedConfig } from '../../src/protocol/embed-config.js';
import type { Choice } from './choice.js';

/** All of a choice that the widget cannot use, or not as it is. */
export function problemsOf(choice: Choice): readonly ConfigProblem[] {
  const { settings, problems } = readEmbedConfig(configOf(choice));
  return [...problems, ...lookProblems(settings), ...wiringProblems(choice)];
}

/** The path of the form's field that shows a problem: `titles` as a whole has no field, its first one speaks for it. */
export function ownerOf(path: string): string {
  return path === 'titles' || path === 'icons' ? `${path}.idle` : path;
}

/** A problem as one sentence beside its field. */
export function sentenceOf({ expected, came }: ConfigProblem): string {
  return `Expected ${expected}, got ${came}.`;
}

/** What is not set is left out: the choice says '' for it. */
function configOf({ look, region }: Choice): unknown {
  const states = (name: 'titles' | 'icons') =>
    look[name] && Object.fromEntries(BUTTON_STATES.map((state) => [state, look[name]?.[state] ?? '']));
  return {
    ...look,
    titles: states('titles'),
    icons: states('icons'),
    background: given(look.background),
    buttonCss: given(look.buttonCss),
    region: given(region),
  };
}

function given(text: string | null | undefined): string | undefined {
  return text === '' || text === null ? undefined : text;
}

function wiringProblems(choice: Choice): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (choice.agentId === '') problems.push(problem('agentId', '', 'the id of an agent'));
  for (const field of ['server', 'configSrc', 'script'] as const) {
    const value = choice[field];
    if (value !== '' && !URL.canParse(value, location.href)) problems.push(problem(field, value, 'a URL'));
  }
  if (choice.trigger !== '' && !isSelector(choice.trigger)) {
    problems.push(problem('trigger', choice.trigger, 'a CSS selector'));
  }
  return problems;
}

function isSelector(text: string): boolean {
  try {
    document.createDocumentFragment().querySelector(text);
    return true;
  } catch {
    return false;
  }
}
