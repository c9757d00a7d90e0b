import { HERE } from './address.js';
import type { ChoiceStore } from './choice-store.js';
import { copyText } from './copy-text.js';
import { create, find } from './dom.js';
import { type Snippet, snippets } from './snippets.js';

/** The snippets as tabs: arrow keys, Home and End move between them (ARIA Authoring Practices, "Tabs"). */
export function codeTabs(store: ChoiceStore): void {
  const list = find('#code-tabs', HTMLElement);
  const panel = find('#code-panel', HTMLElement);
  const code = find('#code', HTMLElement);
  // The address of this page says the server, and anybody may have sent it.
  const note = find('#code-note', HTMLElement);
  let selected: Snippet['id'] = 'script';
  const tabs = snippets(store.view.choice).map(({ id, title }) => {
    const tab = create('button', { type: 'button', role: 'tab', id: `code-tab-${id}` }, title);
    tab.setAttribute('aria-controls', panel.id);
    tab.addEventListener('click', () => select(id));
    return { id, tab };
  });
  const show = () => {
    const shown = snippets(store.view.choice).find(({ id }) => id === selected);
    if (code.textContent !== shown?.text) code.textContent = shown?.text ?? '';
    for (const { id, tab } of tabs) {
      tab.setAttribute('aria-selected', String(id === selected));
      tab.tabIndex = id === selected ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `code-tab-${selected}`);
    const { server } = store.view.choice;
    note.hidden = selected !== 'curl' || server === '' || server === HERE.server;
    note.textContent = `This sends your private key to ${server}. Is that the platform?`;
  };
  const select = (id: Snippet['id']) => {
    selected = id;
    show();
    panel.scrollTo(0, 0);
  };
  list.append(...tabs.map(({ tab }) => tab));
  list.addEventListener('keydown', (event) => {
    const next =
      tabs[
        nextIndex(
          event.key,
          tabs.findIndex(({ id }) => id === selected),
          tabs.length,
        )
      ];
    if (!next) return;
    event.preventDefault();
    select(next.id);
    next.tab.focus();
  });
  const copy = find('#copy-code', HTMLButtonElement);
  copy.addEventListener('click', () => void copyText(code.textContent, code));
  store.subscribe(show);
}

/** Where a key leads, or -1. The tabs stand from left to right: this page is in English. */
function nextIndex(key: string, index: number, count: number): number {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
