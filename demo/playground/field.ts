import type { ChoiceStore } from './choice-store.js';
import { create } from './dom.js';
import type { Lens } from './lens.js';
import { sentenceOf } from './problems.js';

/** What is around a control. */
interface Frame {
  readonly label: string;
  readonly hint?: string;
  /** On the control's line, before and after it. */
  readonly before?: readonly HTMLElement[];
  readonly after?: readonly HTMLElement[];
  /** On lines of its own. */
  readonly below?: readonly HTMLElement[];
}

type TextControl = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface TextFrame extends Frame {
  readonly control?: TextControl;
  readonly placeholder?: string;
}

/** A control for one text of the choice, with its label, hint and problem. */
export function textField(store: ChoiceStore, lens: Lens<string>, options: TextFrame): HTMLElement {
  const control = options.control ?? create('input', { autocomplete: 'off', spellcheck: 'false' });
  if (options.placeholder) control.setAttribute('placeholder', options.placeholder);
  control.addEventListener('input', () =>
    store.edit(lens.path, lens.write(store.view.choice, control.value)),
  );
  store.subscribe(({ choice }) => {
    const value = lens.read(choice);
    // Writing the same text again would move the caret.
    if (control.value !== value) control.value = value;
  });
  return framed(store, lens.path, control, options);
}

/** A tick box for one yes or no of the choice. */
export function tickField(store: ChoiceStore, lens: Lens<boolean>, text: string): HTMLElement {
  const control = create('input', { type: 'checkbox' });
  control.addEventListener('change', () =>
    store.edit(lens.path, lens.write(store.view.choice, control.checked)),
  );
  store.subscribe(({ choice }) => (control.checked = lens.read(choice)));
  return create('label', { class: 'tick' }, control, text);
}

/** One of a few texts, all of them in sight. */
export function choiceField(
  store: ChoiceStore,
  lens: Lens<string>,
  legend: string,
  texts: readonly (readonly [value: string, text: string])[],
): HTMLElement {
  const buttons = texts.map(([value, text]) => {
    const control = create('input', { type: 'radio', name: lens.path, value });
    control.addEventListener('change', () => store.edit(lens.path, lens.write(store.view.choice, value)));
    store.subscribe(({ choice }) => (control.checked = lens.read(choice) === value));
    return create('label', {}, control, create('span', {}, text));
  });
  const group = create('div', { class: 'segments' }, ...buttons);
  const fieldset = create('fieldset', { class: 'field' }, create('legend', {}, legend), group);
  fieldset.append(problemLine(store, lens.path, fieldset, ''));
  return fieldset;
}

/** The line of a form around any control. The problem of that path is shown under it, and told with the control. */
export function framed(store: ChoiceStore, path: string, control: HTMLElement, frame: Frame): HTMLElement {
  control.id = `field-${path.replace('.', '-')}`;
  const line = create('div', { class: 'line' }, ...(frame.before ?? []), control, ...(frame.after ?? []));
  const element = create('div', { class: 'field' }, create('label', { for: control.id }, frame.label), line);
  element.append(...(frame.below ?? []));
  const hint = frame.hint ? `${control.id}-hint` : '';
  if (frame.hint) element.append(create('p', { class: 'hint', id: hint }, frame.hint));
  element.append(problemLine(store, path, control, hint));
  return element;
}

/** Where the problem of a path is said; it also opens the group that it is in. */
function problemLine(store: ChoiceStore, path: string, control: HTMLElement, hintId: string): HTMLElement {
  const line = create('p', { class: 'problem', id: `problem-${path.replace('.', '-')}`, hidden: true });
  store.subscribe(({ problems }) => {
    const found = problems.get(path);
    line.hidden = !found;
    line.textContent = found ? found.map(sentenceOf).join(' ') : '';
    if (found) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
    if (found) line.closest('details')?.setAttribute('open', '');
    const described = [hintId, found ? line.id : ''].filter(Boolean).join(' ');
    if (described) control.setAttribute('aria-describedby', described);
    else control.removeAttribute('aria-describedby');
  });
  return line;
}
