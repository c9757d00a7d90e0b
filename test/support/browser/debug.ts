import type { MillisVoiceAgent } from '../../../src/element/millis-voice-agent.js';
import { until } from './widget.js';

/** The debug panel of an element, or `null`. */
export function debugBox(element: MillisVoiceAgent): HTMLElement | null {
  return element.renderRoot.querySelector<HTMLElement>('[popover]');
}

/** Resolves with the panel as soon as it is there and has looked around. */
export async function openDebug(element: MillisVoiceAgent): Promise<HTMLElement> {
  element.debug = true;
  return shownDebug(element);
}

/** The same, for a panel that something else asked for. */
export async function shownDebug(element: MillisVoiceAgent): Promise<HTMLElement> {
  await until(() => debugBox(element) !== null && fact(element, 'Readiness', 'secure page') !== '');
  const box = debugBox(element);
  if (!box) throw new Error('There is no panel.');
  return box;
}

/** One fact of the panel; empty where there is none. */
export function fact(element: MillisVoiceAgent, title: string, name: string): string {
  return facts(element, title).find(([found]) => found === name)?.[1] ?? '';
}

/** What stands under a title, without its numbers. */
export function lines(element: MillisVoiceAgent, title: string): readonly string[] {
  return facts(element, title).map(([, value]) => value);
}

/** A button of the panel, by its name. */
export function debugButton(element: MillisVoiceAgent, name: string): HTMLElement {
  const buttons = [...(debugBox(element)?.shadowRoot?.querySelectorAll('button') ?? [])];
  const found = buttons.find((button) => [button.ariaLabel, button.textContent].includes(name));
  if (!found) throw new Error(`The panel has no button "${name}".`);
  return found;
}

/** What the panel says of what it did. */
export function debugStatus(element: MillisVoiceAgent): string {
  return debugBox(element)?.shadowRoot?.querySelector('[role=status]')?.textContent ?? '';
}

function facts(
  element: MillisVoiceAgent,
  title: string,
): readonly (readonly [name: string, value: string])[] {
  const all = [...(debugBox(element)?.shadowRoot?.querySelectorAll('section') ?? [])];
  const section = all.find((each) => each.querySelector('h3')?.textContent === title);
  return [...(section?.querySelectorAll('dl > div') ?? [])].map((row) => [
    row.querySelector('dt')?.textContent ?? '',
    row.querySelector('dd')?.textContent ?? '',
  ]);
}
