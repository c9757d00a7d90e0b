import { type Choice, choiceToQuery, queryToChoice } from './choice.js';
import type { ChoiceStore, View } from './choice-store.js';
import { type Sample, sampleOf } from './samples.js';

/** What this page fills in by itself, and does not write into its address: a colleague has another local platform. */
export const HERE: Choice = {
  ...queryToChoice(''),
  agentId: 'receptionist',
  server: import.meta.env.VITE_PLATFORM_URL,
  script: `${location.origin}/dist/millis-voice-agent.js`,
};

const FILLED_IN = [
  ['agentId', 'agent-id'],
  ['server', 'server'],
  ['script', 'script'],
] as const;
const WRITE_AFTER_MS = 200;

declare global {
  interface ImportMetaEnv {
    readonly VITE_PLATFORM_URL: string;
  }
  interface ImportMeta {
    readonly env: ImportMetaEnv;
  }
}

/**
 * Reads the address of the page. The choice stands behind the `#`, where it never reaches a server: an icon as a data URL is longer
 * than what servers read. Written by hand it may stand behind the `?`.
 */
export function readAddress({ hash, search }: Location = location): { choice: Choice; sample: Sample } {
  const text = hash.slice(1) || search.slice(1);
  const query = new URLSearchParams(text);
  const choice = queryToChoice(text);
  const missing = FILLED_IN.filter(([, name]) => !query.has(name));
  const filledIn = Object.fromEntries(missing.map(([field]) => [field, HERE[field]]));
  return { choice: { ...choice, ...filledIn }, sample: sampleOf(query.get('page')) };
}

/** The address of this page with all that was chosen. */
export function addressOf({ choice, sample }: Pick<View, 'choice' | 'sample'>): string {
  const query = new URLSearchParams(choiceToQuery(choice));
  for (const [field, name] of FILLED_IN) {
    if (choice[field] === HERE[field]) query.delete(name);
    else query.set(name, choice[field]);
  }
  if (sample !== sampleOf(null)) query.set('page', sample.id);
  const hash = query.toString();
  return `${location.origin}${location.pathname}${hash && `#${hash}`}`;
}

/** Keeps the address and the store equal. Browsers allow few changes of an address, so it is written when the typing pauses. */
export function followAddress(store: ChoiceStore): void {
  let timer = 0;
  store.subscribe((view) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => history.replaceState(null, '', addressOf(view)), WRITE_AFTER_MS);
  });
  addEventListener('hashchange', () => {
    const { choice, sample } = readAddress();
    store.replace(choice);
    store.show({ sample });
  });
}
