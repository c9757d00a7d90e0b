import type { Choice, Look } from './choice.js';
import type { ChoiceStore } from './choice-store.js';
import { create } from './dom.js';
import { type Sample, sampleOf } from './samples.js';

/** A whole look, and what belongs to it. */
interface Preset {
  readonly name: string;
  /** The language of the name, where it is not English. */
  readonly lang?: string;
  readonly look: Look;
  readonly placement?: string;
  /** The sample page that it is made for. */
  readonly page?: string;
}

const LEAF =
  '<svg viewBox="0 0 24 24"><path fill="#3c6e47" d="M4 20C4 9 10 4 21 3c0 12-5 17-13 16l6-8-8 8Z"/></svg>';

const PRESETS: readonly Preset[] = [
  { name: 'Plain', look: {} },
  {
    name: 'Ink',
    look: {
      titles: { idle: 'Ask us anything', connecting: 'One moment', running: 'End the call' },
      background: '#16181d',
      buttonCss: 'border-radius: 14px;\nfont-weight: 500;\n\n&:hover {\n  background: #2b2f38;\n}',
      size: 56,
    },
  },
  {
    name: 'Apricot',
    look: {
      titles: { idle: 'Say hello', connecting: 'Calling', running: 'Goodbye' },
      icons: { idle: '👋', connecting: '', running: '' },
      background: 'linear-gradient(120deg, #ffd3a5, #fd9a8b)',
    },
  },
  {
    name: 'Garden',
    look: {
      icons: { idle: LEAF, connecting: '', running: '' },
      background: '#f2f6ee',
      buttonCss: 'border: 2px solid #3c6e47;\nbox-shadow: none;',
      transcript: true,
    },
  },
  {
    name: 'Praxis',
    lang: 'de',
    look: {
      titles: { idle: 'Jetzt sprechen', connecting: 'Wird verbunden …', running: 'Auflegen' },
      background: '#0b6e4f',
      buttonCss: 'border-radius: 10px;',
    },
  },
  {
    name: 'مرحبا',
    lang: 'ar',
    look: {
      titles: { idle: 'تحدثوا معنا', connecting: 'جارٍ الاتصال…', running: 'إنهاء المكالمة' },
      background: 'linear-gradient(120deg, #4c3f91, #9145b6)',
    },
    page: 'right-to-left',
  },
  { name: 'Corner', look: { size: 56, transcript: true }, placement: 'bottom-right' },
  { name: 'Round', look: { titles: { idle: ' ', connecting: ' ', running: ' ' }, background: '#ffd43b' } },
];

/** One press, one whole look. Agent and wiring stay as they are. */
export function presetButtons(store: ChoiceStore): HTMLElement {
  const buttons = PRESETS.map((preset) => {
    const button = create('button', {
      type: 'button',
      class: 'preset',
      ...(preset.lang && { lang: preset.lang }),
    });
    const swatch = create('span', { class: 'dot' });
    swatch.style.background = preset.look.background ?? '#3b5bdb';
    button.append(swatch, preset.name);
    button.addEventListener('click', () => {
      store.replace(applied(preset, store.view.choice));
      store.show({ sample: pageFor(preset, store.view.sample) });
    });
    store.subscribe(({ choice }) => button.setAttribute('aria-pressed', String(isShown(preset, choice))));
    return button;
  });
  return create('div', { class: 'presets', role: 'group', 'aria-label': 'Whole looks' }, ...buttons);
}

/** A look from right to left gets such a page, and the next one leaves it. */
function pageFor({ page }: Preset, shown: Sample): Sample {
  if (page) return sampleOf(page);
  return PRESETS.some((preset) => preset.page === shown.id) ? sampleOf(null) : shown;
}

function applied({ look, placement = 'inline' }: Preset, choice: Choice): Choice {
  return { ...choice, look, placement };
}

function isShown(preset: Preset, choice: Choice): boolean {
  return JSON.stringify(applied(preset, choice)) === JSON.stringify(choice);
}
