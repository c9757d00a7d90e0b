import type { MillisVoiceAgent } from '../../../../src/element/millis-voice-agent.js';

/** One call, from its start to its end. It keeps nothing. */
export type Way = (call: CallAtHand) => Promise<void>;

/** What a way may use. */
interface CallAtHand {
  /** Puts a new element into the page, which calls an agent of the local platform. */
  readonly element: (agentId: string) => MillisVoiceAgent;
  /** Ends a call from the platform's side. */
  readonly terminate: (sessionId: string | undefined) => Promise<unknown>;
}

/** Not at once, as `catch` alone would: `start()` of a call that is ended or fails rejects. */
export function attempt(element: MillisVoiceAgent): void {
  element.start().catch(() => undefined);
}

/** Resolves when the element is in a phase. */
export function phase(element: MillisVoiceAgent, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    if (element.phase === wanted) resolve();
    const check = () => {
      if (element.phase !== wanted) return;
      element.removeEventListener('millis-state-change', check);
      resolve();
    };
    element.addEventListener('millis-state-change', check);
  });
}

/** Resolves when the element next tells of something. */
export function told(element: MillisVoiceAgent, type: keyof HTMLElementEventMap): Promise<void> {
  return new Promise((resolve) => element.addEventListener(type, () => resolve(), { once: true }));
}

/** The element's button. Throws when it was not drawn. */
export function button(element: MillisVoiceAgent): HTMLElement {
  const found = element.renderRoot.querySelector<HTMLElement>('[part~=button]');
  if (!found) throw new Error('The element has no button.');
  return found;
}

/** Puts another answer before `getUserMedia` for one call. */
export async function withMicrophone(
  answer: () => Promise<MediaStream>,
  run: () => Promise<void>,
): Promise<void> {
  const { mediaDevices } = navigator;
  Object.defineProperty(mediaDevices, 'getUserMedia', { value: answer, configurable: true });
  try {
    await run();
  } finally {
    Reflect.deleteProperty(mediaDevices, 'getUserMedia');
  }
}

/** A call to an agent that ends in failure. */
export function failing(agentId: string): Way {
  return async ({ element }) => {
    const caller = element(agentId);
    attempt(caller);
    await phase(caller, 'failed');
  };
}
