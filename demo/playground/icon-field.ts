import { readIcon } from '../../src/element/icon-source.js';
import type { ButtonState } from '../../src/protocol/embed-config.js';
import type { ChoiceStore } from './choice-store.js';
import { announce, create } from './dom.js';
import { textField } from './field.js';
import { perState } from './lens.js';

/** A config has at most 64 kB, and three icons must fit into it. A file grows by a third when it becomes text. */
const MOST_CHARS = 20_000;
const MOST_KILOBYTES = 15;

/** An icon: written as a URL, SVG or emoji, or taken from a file, with a small picture of what that is. */
export function iconField(store: ChoiceStore, state: keyof ButtonState, label: string): HTMLElement {
  const lens = perState('icons', state);
  const preview = create('span', { class: 'preview', 'aria-hidden': 'true' });
  const file = create('input', { type: 'file', accept: 'image/*', class: 'unseen' });
  const trouble = create('p', { class: 'problem', hidden: true });
  const say = (text: string) => {
    trouble.textContent = text;
    trouble.hidden = text === '';
    announce(text);
  };
  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    void dataUrl(chosen).then(
      (text) => {
        say('');
        store.edit(lens.path, lens.write(store.view.choice, text));
      },
      (error: unknown) => say(error instanceof Error ? error.message : String(error)),
    );
    // The same file, chosen again, is a change, too.
    file.value = '';
  });
  let shown = '';
  store.subscribe(({ choice }) => {
    const value = lens.read(choice);
    if (value !== shown) preview.replaceChildren(...picture(value, getComputedStyle(preview).color));
    shown = value;
  });
  const picker = create('label', { class: 'pick' }, file, 'File', unseen(` for the icon ${label}`));
  return textField(store, lens, {
    label,
    before: [preview],
    after: [picker],
    below: [trouble],
    placeholder: 'URL, SVG or emoji',
  });
}

function unseen(text: string): HTMLElement {
  return create('span', { class: 'unseen' }, text);
}

/** As the widget shows it; nothing for what it does not take. */
function picture(icon: string, color: string): (Node | string)[] {
  const source = readIcon(icon, color);
  if (!source) return [];
  return ['text' in source ? source.text : create('img', { src: source.image, alt: '' })];
}

/** Rejects with what to tell the person when the file is no image, or too large. */
async function dataUrl(file: File): Promise<string> {
  if (!file.type.startsWith('image/')) throw new Error(`${file.name} is not an image.`);
  const text = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error(`${file.name} cannot be read.`));
    reader.readAsDataURL(file);
  });
  if (text.length <= MOST_CHARS) return text;
  const kilobytes = Math.ceil(file.size / 1000);
  throw new Error(
    `${file.name} is too large: it has ${kilobytes} kB, and an icon may have ${MOST_KILOBYTES} kB. Make it smaller, or give its URL.`,
  );
}
