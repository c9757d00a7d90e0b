import { type EmbedSettings, parseEmbedConfig } from '../../src/protocol/embed-config.js';
import type { PerState } from '../../src/domain/button-state.js';
import type { Choice, Look } from './choice.js';
import type { ChoiceStore } from './choice-store.js';
import { announce, create } from './dom.js';
import { sentenceOf } from './problems.js';

/** A title that shows nothing: in a choice, an empty one is the widget's own. */
const NO_WORDS = ' ';

/** Takes an embed config as JSON: what is good fills the form, what is not is said at its field. */
export function pasteBox(store: ChoiceStore): HTMLElement {
  const box = create('textarea', {
    id: 'paste',
    class: 'code',
    rows: '5',
    spellcheck: 'false',
    placeholder: '{ "titles": { "idle": "Talk to us", … } }',
    'aria-describedby': 'paste-result',
  });
  const result = create('p', { class: 'hint', id: 'paste-result' });
  const use = create('button', { type: 'button', class: 'chip' }, 'Use it');
  const take = () => {
    result.textContent = takeConfig(store, box.value);
    announce(result.textContent);
  };
  use.addEventListener('click', take);
  // After the paste, the text is in the box.
  box.addEventListener('input', (event) => {
    if (event.inputType === 'insertFromPaste') take();
  });
  return create(
    'details',
    { class: 'paste' },
    create('summary', {}, 'Paste a config'),
    create(
      'div',
      { class: 'field' },
      create('label', { for: 'paste' }, 'EmbedConfig, as JSON'),
      box,
      use,
      result,
    ),
  );
}

/** Returns what came of it, for the person. */
function takeConfig(store: ChoiceStore, text: string): string {
  const { settings, problems } = parseEmbedConfig(text);
  const whole = problems.find(({ field }) => field === 'config');
  if (whole) return sentenceOf(whole);
  store.replace(withSettings(store.view.choice, settings), problems);
  const count = [...store.view.problems.values()].flat().length;
  if (count === 0) return 'Taken, all of it.';
  return `Taken. ${count === 1 ? 'One problem is' : `${count} problems are`} said beside the field.`;
}

/** The config says the whole look; agent, wiring and place stay as they are. */
function withSettings(choice: Choice, settings: EmbedSettings): Choice {
  const { region = '', titles, icons, ...rest } = settings;
  const look: Look = { titles: whole(titles, NO_WORDS), icons: whole(icons, ''), ...rest };
  const set = Object.entries(look).filter(([, value]) => value !== undefined);
  return { ...choice, region, look: Object.fromEntries(set) };
}

/** An empty text of a config means no words, or our own icon; a text that is not there, or not good, is not set. */
function whole(
  states: PerState<string | undefined> | undefined,
  empty: string,
): PerState<string> | undefined {
  if (!states) return undefined;
  const given = (text: string | undefined) => (text === '' ? empty : (text ?? ''));
  const all = {
    idle: given(states.idle),
    connecting: given(states.connecting),
    running: given(states.running),
  };
  return Object.values(all).some(Boolean) ? all : undefined;
}
