import { MAX_SIZE, MIN_SIZE } from '../../src/protocol/embed-config.js';
import type { ChoiceStore } from './choice-store.js';
import { create } from './dom.js';
import { choiceField, framed, textField } from './field.js';
import { lookText, SIZE, TRANSCRIPT } from './lens.js';

/** The widget's own, which the pickers show while nothing is chosen. */
const OWN_COLOUR = '#3b5bdb';
const OWN_SIZE = 64;

const GRADIENTS = [
  ['Dusk', 'linear-gradient(120deg, #4c3f91, #9145b6)'],
  ['Lagoon', 'linear-gradient(120deg, #0f766e, #0e7490)'],
  ['Apricot', 'linear-gradient(120deg, #ffd3a5, #fd9a8b)'],
  ['Glow', 'radial-gradient(circle at 25% 20%, #6f86ff, #2a3bb7)'],
] as const;

const BUTTON_STYLES = [
  ['Square', 'border-radius: 8px;\nbox-shadow: none;'],
  ['Outline', 'border: 2px solid currentColor;\nbox-shadow: none;'],
  ['Loud', 'text-transform: uppercase;\nletter-spacing: 0.08em;\nfont-weight: 800;'],
  ['Lift', 'transition: box-shadow 0.2s;\n\n&:hover {\n  box-shadow: 0 14px 30px -10px rgb(0 0 0 / 0.5);\n}'],
] as const;

/** How the button looks, and whether the conversation is shown under it. */
export function lookFields(store: ChoiceStore): HTMLElement[] {
  return [
    backgroundField(store),
    sizeField(store),
    buttonCssField(store),
    choiceField(store, TRANSCRIPT, 'Conversation', [
      ['', 'Config decides'],
      ['on', 'Shown'],
      ['off', 'Hidden'],
    ]),
  ];
}

function backgroundField(store: ChoiceStore): HTMLElement {
  const lens = lookText('background');
  const picker = create('input', { type: 'color', 'aria-label': 'Colour of the background' });
  const set = (value: string) => store.edit(lens.path, lens.write(store.view.choice, value));
  picker.addEventListener('input', () => set(picker.value));
  store.subscribe(({ choice }) => {
    const value = lens.read(choice).trim().toLowerCase();
    picker.value = /^#[0-9a-f]{6}$/.test(value) ? value : OWN_COLOUR;
  });
  const swatches = GRADIENTS.map(([name, value]) => {
    const swatch = create('button', { type: 'button', class: 'swatch', 'aria-label': `${name}, a gradient` });
    swatch.style.background = value;
    swatch.title = name;
    swatch.addEventListener('click', () => set(value));
    return swatch;
  });
  return textField(store, lens, {
    label: 'Background',
    before: [picker],
    below: [create('div', { class: 'row' }, ...swatches)],
    placeholder: 'Colour or gradient',
  });
}

function sizeField(store: ChoiceStore): HTMLElement {
  const limits = { min: String(MIN_SIZE), max: String(MAX_SIZE) };
  const slider = create('input', { type: 'range', ...limits, 'aria-label': 'Size, as a slider' });
  const number = create('input', { type: 'number', ...limits, placeholder: String(OWN_SIZE) });
  const set = (size: number | undefined) => store.edit(SIZE.path, SIZE.write(store.view.choice, size));
  slider.addEventListener('input', () => set(slider.valueAsNumber));
  number.addEventListener('input', () => set(number.value === '' ? undefined : number.valueAsNumber));
  store.subscribe(({ choice }) => {
    const size = SIZE.read(choice);
    slider.value = String(size ?? OWN_SIZE);
    if (size === undefined) number.value = '';
    else if (number.valueAsNumber !== size) number.value = String(size);
  });
  return framed(store, SIZE.path, number, { label: 'Size in pixels', before: [slider] });
}

function buttonCssField(store: ChoiceStore): HTMLElement {
  const lens = lookText('buttonCss');
  const control = create('textarea', { rows: '4', spellcheck: 'false', class: 'code' });
  const styles = BUTTON_STYLES.map(([name, css]) => {
    const button = create('button', { type: 'button', class: 'chip' }, name);
    button.addEventListener('click', () => store.edit(lens.path, lens.write(store.view.choice, css)));
    return button;
  });
  return textField(store, lens, {
    label: 'Button CSS',
    control,
    placeholder: 'border-radius: 8px;',
    below: [create('div', { class: 'row' }, ...styles)],
    hint: 'Declarations, and nested &:hover, &:focus-visible, &:active and &:disabled.',
  });
}
