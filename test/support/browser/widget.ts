import { fixture, html, oneEvent } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import '../../../src/define.js';
import { MillisVoiceAgent } from '../../../src/element/millis-voice-agent.js';
import { afterTest } from './cleanup.js';
import { answerOffer, type FarEnd } from './far-end.js';

/** An element, and the agent's end of its latest call. */
export interface Widget {
  readonly element: MillisVoiceAgent;
  readonly far: () => FarEnd;
}

/** An element whose agent is played in this page. The template may have a page around it. */
export async function widget(
  template = html`<millis-voice-agent agent-id="agent"></millis-voice-agent>`,
): Promise<Widget> {
  const root = await fixture(template);
  const agent = root instanceof MillisVoiceAgent ? root : root.querySelector('millis-voice-agent');
  if (!agent) throw new Error('There is no element in the template.');
  let latest: FarEnd | undefined;
  agent.negotiate = async (offer) => {
    const far = answerOffer(offer);
    afterTest(async () => (await far).hangUp());
    latest = await far;
    return latest.answer;
  };
  await agent.updateComplete;
  return {
    element: agent,
    far() {
      if (!latest) throw new Error('The platform was not asked yet.');
      return latest;
    },
  };
}

/** A part of the element. Throws when it is not there. */
export function part(element: MillisVoiceAgent, name: string): HTMLElement {
  const found = parts(element, name)[0];
  if (!found) throw new Error(`There is no part "${name}".`);
  return found;
}

/** All parts of a name, in the order of the document. */
export function parts(element: MillisVoiceAgent, name: string): HTMLElement[] {
  return Array.from(element.renderRoot.querySelectorAll<HTMLElement>(`[part~="${name}"]`));
}

export function has(element: MillisVoiceAgent, name: string): boolean {
  return parts(element, name).length > 0;
}

/** What a visitor sees on the button. */
export function words(element: MillisVoiceAgent): string | undefined {
  return part(element, 'label').querySelector('[data-shown]')?.textContent;
}

/** Clicks into the middle of something, with a real mouse. */
export async function press(target: Element): Promise<void> {
  const { x, y, width, height } = target.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
}

/** Resolves when the element is in a phase, and shows it. */
export async function phase(element: MillisVoiceAgent, wanted: string): Promise<void> {
  while (element.phase !== wanted) await oneEvent(element, 'millis-state-change');
  await element.updateComplete;
}

/** Resolves when `condition` holds; asked again after each frame, until the test's own time is over. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await frame();
}

/** Resolves with the next frame: what was to be drawn is laid out by then. */
export function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** What the visitor reads in the notice; empty when there is none. */
export function notice(element: MillisVoiceAgent): string {
  return part(element, 'notice').querySelector('p')?.textContent ?? '';
}

/** Resolves when the visitor reads `text` in the notice; empty: when there is none any more. */
export async function reads(element: MillisVoiceAgent, text: string): Promise<void> {
  while (notice(element) !== text) await frame();
}
