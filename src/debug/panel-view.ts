import { PANEL_STYLES } from './panel.styles.js';
import type { Row, Section } from './sections.js';

/** What the panel is made of. */
export interface PanelView {
  /** To be put somewhere; its `popover` is shown by whoever does. */
  readonly box: HTMLElement;
  readonly copyButton: HTMLElement;
  readonly closeButton: HTMLElement;
  /** Holds a report that only the visitor's own keys may copy. */
  readonly area: HTMLTextAreaElement;
  /** Says something, also to a screen reader. */
  say(text: string): void;
  /** Changes only what is another than before: a selection, the focus and the place of scrolling stay. */
  draw(sections: readonly Section[]): void;
}

/** Draws by hand: it has to work where a page broke everything else. English only, so always from left to right. */
export function createView(): PanelView {
  const box = create('div', {
    popover: 'manual',
    dir: 'ltr',
    lang: 'en',
    role: 'region',
    'aria-label': 'Voice agent: debug',
  });
  const root = box.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(PANEL_STYLES);
  root.adoptedStyleSheets = [sheet];
  const closeButton = create('button', { type: 'button', 'aria-label': 'Close the debug panel' }, '✕');
  const copyButton = create('button', { type: 'button' }, 'Copy report');
  const status = create('span', { role: 'status' });
  const area = create('textarea', { readonly: '', hidden: '', 'aria-label': 'Report' });
  const body = create('div', { class: 'body', tabindex: '0', role: 'group', 'aria-label': 'Facts' });
  const head = create('div', { class: 'head' });
  head.append(create('h2', {}, 'Voice agent: debug'), closeButton);
  const foot = create('div', { class: 'foot' });
  foot.append(copyButton, status, area);
  root.append(head, body, foot);
  return {
    box,
    copyButton,
    closeButton,
    area,
    say: (text) => (status.textContent = text),
    draw: (sections) => drawSections(body, sections),
  };
}

function drawSections(body: HTMLElement, sections: readonly Section[]): void {
  sections.forEach(({ title, rows }, index) => {
    const list = body.children[index]?.querySelector('dl') ?? appendSection(body, title);
    while (list.children.length > rows.length) list.lastElementChild?.remove();
    rows.forEach((row, at) => drawRow(list.children[at] ?? appendRow(list), row));
  });
}

function appendSection(body: HTMLElement, title: string): HTMLElement {
  const section = create('section');
  const list = create('dl');
  section.append(create('h3', {}, title), list);
  body.append(section);
  return list;
}

function appendRow(list: HTMLElement): Element {
  const row = create('div');
  row.append(create('dt'), create('dd'));
  list.append(row);
  return row;
}

function drawRow(row: Element, [name, value, level]: Row): void {
  const [term, fact] = row.children;
  if (!(fact instanceof HTMLElement)) return;
  for (const [element, text] of [
    [term, name],
    [fact, value],
  ] as const) {
    if (element && element.textContent !== text) element.textContent = text;
  }
  fact.toggleAttribute('data-level', level !== undefined);
  if (level !== undefined) fact.style.setProperty('--level', level.toFixed(2));
}

function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.textContent = text;
  return element;
}
