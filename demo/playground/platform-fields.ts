import type { ChoiceStore } from './choice-store.js';
import { announce, create } from './dom.js';
import { snippets } from './snippets.js';

/** Stores the config with the platform, so that store, reload, see it can be tried without a terminal. */
export function platformFields(store: ChoiceStore, reload: () => void): HTMLElement[] {
  const answer = create('output', { class: 'answer' });
  const run = (body: () => string) => async () => {
    answer.textContent = await storeConfig(store, body());
    announce(answer.textContent);
    if (store.view.storedLook) reload();
  };
  const keep = create('button', { type: 'button', class: 'chip' }, 'Store this look');
  const empty = create('button', { type: 'button', class: 'chip' }, 'Store an empty one');
  const json = () => snippets(store.view.choice).find(({ id }) => id === 'json')?.text ?? '{}';
  keep.addEventListener('click', () => void run(json)());
  empty.addEventListener('click', () => void run(() => '{}')());
  const only = create('input', { type: 'checkbox', id: 'stored-look' });
  only.addEventListener('change', () => {
    store.show({ storedLook: only.checked });
    reload();
  });
  return [
    create(
      'p',
      { class: 'hint' },
      'A stored config is what every page with this agent gets, where it says nothing else.',
    ),
    create('div', { class: 'row' }, keep, empty),
    answer,
    create('label', { class: 'tick' }, only, 'Show what the platform has stored, and not this form'),
  ];
}

/** Returns what came back, for the person. */
async function storeConfig({ view: { choice } }: ChoiceStore, body: string): Promise<string> {
  if (choice.server === '') {
    return 'Set a server under Wiring. The platform itself wants the private key, and that must not be in a page: use the curl snippet.';
  }
  const url = `${choice.server.replace(/\/+$/, '')}/agents/${encodeURIComponent(choice.agentId)}/embed`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    return `POST ${url}\n${response.status} ${(await response.text()).slice(0, 500)}`;
  } catch (error) {
    return `POST ${url}\n${String(error)}`;
  }
}
