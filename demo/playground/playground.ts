/** The page of `npm start`: pick an agent of the local platform, talk with it, and see what the page is told. */
import '../../src/define.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';

declare global {
  interface ImportMetaEnv {
    readonly VITE_PLATFORM_URL: string;
  }
  interface ImportMeta {
    readonly env: ImportMetaEnv;
  }
}

interface Agent {
  readonly id: string;
  readonly name: string;
}

/** What to expect of the agents that are good to talk to; the others misbehave, and their names say how. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  receptionist: 'Greets you, books an appointment, says goodbye.',
  parrot: 'Says back what you said, in your own voice.',
  patient: 'Waits for you to speak first.',
  steadfast: 'Does not let itself be interrupted.',
};

const EVENTS = [
  'millis-state-change',
  'millis-call-start',
  'millis-call-end',
  'millis-transcript',
  'millis-agent-state',
  'millis-function',
  'millis-mute-change',
  'millis-error',
  'millis-warning',
] as const;

const MOST_LINES = 200;

const widget = findWidget();
widget.server = import.meta.env.VITE_PLATFORM_URL;
for (const type of EVENTS) widget.addEventListener(type, show);
await offerAgents();

async function offerAgents(): Promise<void> {
  const response = await fetch(`${widget.server}/agents`);
  const agents = (await response.json()) as Agent[];
  const chosen = new URLSearchParams(location.search).get('agent') ?? 'receptionist';
  const isGood = ({ id }: Agent) => Object.hasOwn(DESCRIPTIONS, id);
  const good = Object.keys(DESCRIPTIONS).flatMap((id) => agents.filter((agent) => agent.id === id));
  const bad = agents.filter((agent) => !isGood(agent));
  find('#agents').append(...good.map((agent) => choice(agent, chosen)));
  find('#bad-agents').append(...bad.map((agent) => choice(agent, chosen)));
  if (bad.some(({ id }) => id === chosen)) find('details').setAttribute('open', '');
}

function choice({ id, name }: Agent, chosen: string): HTMLLabelElement {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = 'agent';
  input.value = id;
  input.checked = id === chosen;
  if (input.checked) widget.agentId = id;
  input.addEventListener('change', () => {
    widget.agentId = id;
    history.replaceState(null, '', `?agent=${encodeURIComponent(id)}`);
  });
  const text = document.createElement('span');
  text.textContent = name;
  const description = document.createElement('small');
  description.textContent = DESCRIPTIONS[id] ?? id;
  text.append(description);
  label.append(input, text);
  return label;
}

function show(event: Event): void {
  const line = document.createElement('li');
  line.textContent = `${event.type.slice('millis-'.length)}  ${facts(event)}`;
  const list = find('#events');
  list.append(line);
  if (list.childElementCount > MOST_LINES) list.firstElementChild?.remove();
  list.scrollTop = list.scrollHeight;
}

/** What an event carries, on one line. */
function facts(event: Event): string {
  if ('error' in event && event.error instanceof Error) {
    const { code, message } = event.error as Error & { code?: string };
    return `${code ?? ''}: ${message}`;
  }
  if ('previous' in event && 'state' in event) {
    const [from, to] = [event.previous, event.state] as { phase: string }[];
    return `${from?.phase ?? ''} → ${to?.phase ?? ''}`;
  }
  const own = Object.entries(event).filter(([name]) => name !== 'isTrusted' && name !== 'turns');
  return own.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('  ');
}

function findWidget(): MillisVoiceAgent {
  const found = document.querySelector('millis-voice-agent');
  if (!found) throw new Error('The page has no widget.');
  return found;
}

function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}
