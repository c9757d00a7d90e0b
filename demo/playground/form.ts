import { BUTTON_STATES } from '../../src/domain/button-state.js';
import { ENGLISH } from '../../src/element/labels.js';
import { describeProblem } from '../../src/protocol/embed-config.js';
import { agentFields } from './agent-field.js';
import { PLACEMENTS } from './choice.js';
import type { ChoiceStore } from './choice-store.js';
import { announce, create, find } from './dom.js';
import { textField, tickField } from './field.js';
import { iconField } from './icon-field.js';
import { perState, wiring } from './lens.js';
import { lookFields } from './look-fields.js';
import { pasteBox } from './paste-config.js';
import { platformFields } from './platform-fields.js';
import { presetButtons } from './presets.js';

/** People type; what is wrong halfway is not worth a word. */
const SAY_AFTER_MS = 900;

const STATE_NAMES = { idle: 'At rest', connecting: 'Connecting', running: 'In a call' } as const;
const PLACEMENT_NAMES: Readonly<Record<string, string>> = {
  inline: 'Where the tag stands',
  none: 'Nowhere: the page draws its own',
};

/** Builds the form: everything that an embed config or an attribute can say. */
export function buildForm(store: ChoiceStore, reload: () => void): void {
  const titles = BUTTON_STATES.map((state) =>
    textField(store, perState('titles', state), { label: STATE_NAMES[state], placeholder: ENGLISH[state] }),
  );
  const icons = BUTTON_STATES.map((state) => iconField(store, state, STATE_NAMES[state]));
  find('#form', HTMLElement).append(
    presetButtons(store),
    pasteBox(store),
    group('Agent', agentFields(store)),
    group('Words', titles, { kind: 'short' }),
    group('Icons', icons, { kind: 'short' }),
    group('Look', lookFields(store)),
    group('Place', placeFields(store)),
    group('Wiring', wiringFields(store), { open: false }),
    group('Store with the platform', platformFields(store, reload), { open: false }),
  );
  sayProblems(store);
}

function group(title: string, fields: readonly HTMLElement[], { open = true, kind = '' } = {}): HTMLElement {
  const summary = create('summary', {}, create('h2', {}, title));
  return create('details', { class: `group ${kind}`.trim(), open }, summary, ...fields);
}

function placeFields(store: ChoiceStore): HTMLElement[] {
  const options = PLACEMENTS.map((value) => option(value, PLACEMENT_NAMES[value] ?? sentenceCase(value)));
  return [
    textField(store, wiring('placement'), { label: 'Placement', control: create('select', {}, ...options) }),
    textField(store, wiring('trigger'), {
      label: 'Trigger',
      placeholder: '#talk',
      hint: 'CSS selector of buttons of the page that start and end the call. The samples have #talk.',
    }),
  ];
}

function wiringFields(store: ChoiceStore): HTMLElement[] {
  return [
    textField(store, wiring('region'), {
      label: 'Region',
      control: create('input', { list: 'regions', autocomplete: 'off', spellcheck: 'false' }),
      placeholder: 'us-west',
      after: [create('datalist', { id: 'regions' }, option('us-west'), option('eu-west'))],
    }),
    textField(store, wiring('server'), {
      label: 'Server',
      hint: 'Answers POST /webrtc/offer. Here it is the local platform; empty, it is the platform of the region.',
    }),
    textField(store, wiring('configSrc'), { label: 'Config address', placeholder: '/voice-agent.json' }),
    textField(store, wiring('script'), {
      label: 'Script address',
      hint: 'A real site puts the address where it hosts the file.',
    }),
    tickField(store, wiring('muted'), 'Muted: the visitor’s microphone is off'),
    tickField(store, wiring('disabled'), 'Disabled: no call can be started'),
  ];
}

function option(value: string, text = value): HTMLOptionElement {
  return create('option', { value }, text);
}

function sentenceCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replace('-', ' ');
}

/** Says new problems to people who cannot see them. */
function sayProblems(store: ChoiceStore): void {
  let said = new Set<string>();
  let timer = 0;
  store.subscribe(() => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const now = [...store.view.problems.values()].flat().map(describeProblem);
      const fresh = now.filter((problem) => !said.has(problem));
      said = new Set(now);
      if (fresh.length > 0) announce(fresh.join('. '));
    }, SAY_AFTER_MS);
  });
}
