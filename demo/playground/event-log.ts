import { create, find } from './dom.js';

const EVENTS = [
  'millis-before-start',
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

/** Writes down what the widget of that page tells it, the newest at the bottom. */
export function logEvents(page: Document): void {
  for (const type of EVENTS) page.addEventListener(type, write);
}

function write(event: Event): void {
  const list = find('#events', HTMLElement);
  const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 4;
  const name = create('b', {}, event.type.slice('millis-'.length));
  list.append(create('li', {}, name, ` ${facts(event)}`));
  if (list.childElementCount > MOST_LINES) list.firstElementChild?.remove();
  if (isAtEnd) list.scrollTop = list.scrollHeight;
  find('#event-count', HTMLElement).textContent = String(list.childElementCount);
}

/** What an event carries, on one line. An error of a frame is no `Error` of this page. */
function facts(event: Event): string {
  if ('error' in event) {
    const { code = '', message } = event.error as { code?: string; message: string };
    return `${code}: ${message}`;
  }
  if ('previous' in event && 'state' in event) {
    const [from, to] = [event.previous, event.state] as { phase: string }[];
    return `${from?.phase ?? ''} → ${to?.phase ?? ''}`;
  }
  const own = Object.entries(event).filter(([name]) => name !== 'isTrusted' && name !== 'turns');
  return own.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('  ');
}
