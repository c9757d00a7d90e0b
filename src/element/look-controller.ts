import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { EmbedSettings } from '../protocol/embed-config.js';
import { readButtonCss } from './button-css.js';
import { readableOn, type Readable } from './contrast.js';

type Host = ReactiveControllerHost & HTMLElement;

/** The space that an element keeps, as CSS lengths. */
export interface Reserved {
  readonly inlineSize: string;
  readonly blockSize: string;
  /** It is all the width that there is: something stands beside the element. */
  readonly most: boolean;
}

interface LookSource {
  /** What is to be seen; another object when it changed. */
  readonly settings: EmbedSettings;
  readonly reserved: Reserved | undefined;
}

/** Of the button, in CSS pixels. */
export const DEFAULT_SIZE = 64;
/** Two lines of words do not fit into a smaller button. */
const LEAST_SIZE_FOR_TWO_LINES = 40;

/** Writes the look into a style sheet of the element's own, by the CSSOM: a strict content policy has nothing against it. */
export class LookController implements ReactiveController {
  /** Colour of text and icons on the button, as CSS: what `currentColor` means in an SVG icon. */
  textColor = 'rgb(255, 255, 255)';
  readonly #host: Host;
  readonly #source: LookSource;
  #sheet: CSSStyleSheet | undefined;
  #written: readonly unknown[] = [];

  constructor(host: Host, source: LookSource) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  hostConnected(): void {
    const { shadowRoot } = this.#host;
    if (shadowRoot && !this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      shadowRoot.adoptedStyleSheets.push(this.#sheet);
    }
  }

  hostUpdated(): void {
    const { settings, reserved } = this.#source;
    // Of the states only a call has a background of its own, and only where the site has none.
    const controls = this.#host.shadowRoot?.firstElementChild;
    const isDark = controls?.matches('.plain.running');
    const now = [settings, reserved, controls, isDark];
    if (now.every((value, index) => value === this.#written[index])) return;
    this.#written = now;
    this.#write(settings, reserved);
    this.keepReadable();
  }

  /** Looks again whether the text can be read: the page has other colours now. */
  readonly keepReadable = (): void => {
    const button = this.#button;
    const sheet = this.#sheet;
    const rules = [...(sheet?.cssRules ?? [])].filter((rule) => rule instanceof CSSStyleRule);
    if (!button || !sheet || rules.length === 0) return;
    const probe = button.cloneNode() as HTMLElement;
    clearStyle(probe);
    button.after(probe);
    // Those of the last time stand at the end.
    const own = rules.filter(({ style }) => !style.getPropertyValue('--_on'));
    const read = own.filter(({ selectorText }) => /^(:host$|\.call:)/.test(selectorText));
    const written = read.map(({ selectorText, style }) => {
      if (selectorText !== ':host') copyBackground(style, probe);
      return [selectorText, declarationsFor(readableOn(probe))] as const;
    });
    // New rules each time: WebKit goes on with what a rule said when it was first used.
    for (let index = own.length; index < rules.length; index += 1) sheet.deleteRule(own.length);
    for (const [selector, declarations] of written) {
      this.#addRule(sheet.insertRule(`${selector}{}`, sheet.cssRules.length), declarations);
    }
    clearStyle(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    if (color === this.textColor) return;
    this.textColor = color;
    this.#host.requestUpdate();
  };

  get #button(): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>('.call');
  }

  #write(
    { background, buttonCss, size = DEFAULT_SIZE }: EmbedSettings,
    reserved: Reserved | undefined,
  ): void {
    const kept = reserved ? `min(100%, ${reserved.inlineSize})` : '';
    this.#sheet?.replaceSync(':host{}');
    this.#addRule(0, [
      ['--_size', `min(${size}px, 92vw)`],
      ['--_lines', size < LEAST_SIZE_FOR_TWO_LINES ? '1' : '2'],
      ['--_background', background ?? ''],
      ['min-inline-size', kept],
      ['max-inline-size', reserved?.most ? kept : ''],
      ['min-block-size', reserved?.blockSize ?? ''],
    ]);
    // What is wrong in it was told when it came.
    for (const { pseudo, declarations } of readButtonCss(buttonCss ?? '', [])) {
      this.#addRule(this.#sheet?.insertRule(`.call${pseudo}{}`, this.#sheet.cssRules.length), declarations);
    }
  }

  #addRule(index = 0, declarations: readonly (readonly [name: string, value: string])[]): void {
    const rule = this.#sheet?.cssRules[index];
    if (!(rule instanceof CSSStyleRule)) return;
    for (const [name, value] of declarations) rule.style.setProperty(name, value);
  }
}

/** A colour that changes slowly would be read before it is there. */
function clearStyle(probe: HTMLElement): void {
  probe.style.cssText = 'transition:none';
}

/** A copy of the button has no pointer over it, so it is given what it would look like then. */
function copyBackground(style: CSSStyleDeclaration, probe: HTMLElement): void {
  clearStyle(probe);
  for (const name of [...style].filter((each) => each.startsWith('background'))) {
    probe.style.setProperty(name, style.getPropertyValue(name));
  }
}

function declarationsFor({ color, scrim }: Readable): readonly (readonly [name: string, value: string])[] {
  return [
    ['--_on', color],
    ['--_scrim', `rgb(0 0 0 / ${scrim})`],
    ['--_tint', color === '#fff' ? 'rgb(0 0 0 / 0.18)' : 'rgb(255 255 255 / 0.4)'],
  ];
}
