import fc from 'fast-check';
import { CallError } from '../../../src/domain/call-error.js';
import type { MillisVoiceAgent } from '../../../src/element/millis-voice-agent.js';
import type { BadAnswer, RaceStage } from './race-stage.js';

/** Something that happens, in words and in deed. */
export interface Move {
  readonly words: string;
  /** Which of the elements it happens to, if it is only one. */
  readonly of?: 0 | 1;
  run(stage: RaceStage): void;
}

const REFUSALS = [
  'NotAllowedError',
  'NotFoundError',
  'NotReadableError',
  'AbortError',
  'OverconstrainedError',
  'SecurityError',
  'NeverHeardOfError',
] as const;
const BAD_ANSWERS: readonly BadAnswer[] = ['empty', 'an offer', 'garbage', 'no audio', 'unconnectable'];

type ElementMove = (element: MillisVoiceAgent, stage: RaceStage) => void;

const ELEMENT_MOVES: readonly (readonly [weight: number, words: string, run: ElementMove])[] = [
  [14, 'starts', (element, stage) => stage.start(element)],
  [2, 'ends', (element) => void element.end()],
  [4, 'is pressed', (element) => buttonOf(element)?.click()],
  [5, 'is pointed at', (element) => buttonOf(element)?.dispatchEvent(new PointerEvent('pointerenter'))],
  [2, 'is removed', (element) => element.remove()],
  [3, 'is put into the first place', (element, { places }) => places[0].append(element)],
  [3, 'is put into the second place', (element, { places }) => places[1].prepend(element)],
  [2, 'is moved with its state', moveBefore],
  [2, 'is muted, or heard again', (element) => (element.muted = !element.muted)],
  [1, 'is turned down', (element) => (element.volume = 0.5)],
  [1, 'loses its agent', (element) => element.removeAttribute('agent-id')],
  [2, 'gets an agent', (element) => element.setAttribute('agent-id', 'other')],
  [1, 'is in another region', (element) => element.setAttribute('region', 'eu')],
  [1, 'is in no region that there is', (element) => element.setAttribute('region', 'moon')],
  [1, 'shows the conversation', (element) => element.toggleAttribute('transcript')],
  [1, 'is disabled, or enabled', (element) => (element.disabled = !element.disabled)],
  [1, 'is in a corner', (element) => (element.placement = 'bottom-right')],
  [1, 'has no interface', (element) => (element.placement = 'none')],
  [1, 'is inline', (element) => (element.placement = 'inline')],
  [1, 'gets a config', (element) => (element.config = { size: 80 })],
];

const STAGE_MOVES: readonly (readonly [weight: number, words: string, run: (stage: RaceStage) => void])[] = [
  [10, 'the visitor allows the microphone', (stage) => stage.grant()],
  [10, 'the platform answers', (stage) => stage.answer()],
  [2, 'the platform says 503', (stage) => stage.fail(new CallError('server-error', '503'))],
  [2, 'the platform cannot be reached', (stage) => stage.fail(new TypeError('Failed to fetch'))],
  [4, 'the agent hangs up', (stage) => stage.agent((far) => far.hangUp())],
  [2, 'the agent closes the channel', (stage) => stage.agent((far) => far.closeChannel())],
  [4, 'the agent says goodbye', say({ method: 'onsessionended' })],
  [3, 'the agent speaks', say({ method: 'onresponsetext', data: 'Hello', payload: { is_final: false } })],
  [2, 'the page is left', () => void dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))],
  [2, 'the page is back', () => void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))],
  [1, 'the tab is shown', () => void document.dispatchEvent(new Event('visibilitychange'))],
  [1, 'the devices change', () => void navigator.mediaDevices.dispatchEvent(new Event('devicechange'))],
  [1, 'the browser is online', () => void dispatchEvent(new Event('online'))],
];

/** Any one of them, the usual ones more often. */
export const anyMove: fc.Arbitrary<Move> = fc.oneof(
  ...ELEMENT_MOVES.map(([weight, words, run]) => ({
    weight,
    arbitrary: fc.constantFrom<0 | 1>(0, 1).map((of): Move => {
      const name = of === 0 ? 'the first' : 'the second';
      return { words: `${name} ${words}`, of, run: (stage) => run(stage.elements[of], stage) };
    }),
  })),
  ...STAGE_MOVES.map(([weight, words, run]) => ({ weight, arbitrary: fc.constant<Move>({ words, run }) })),
  {
    weight: 4,
    arbitrary: fc.constantFrom(...REFUSALS).map((name): Move => {
      return { words: `the microphone is refused with ${name}`, run: (stage) => stage.refuse(name) };
    }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(...BAD_ANSWERS).map((how): Move => {
      return { words: `the platform answers badly: ${how}`, run: (stage) => stage.answerBadly(how) };
    }),
  },
);

function buttonOf(element: MillisVoiceAgent): HTMLElement | null {
  return element.renderRoot.querySelector<HTMLElement>('[part~=button]');
}

/** Where the browser has it, and the element is somewhere. */
function moveBefore(element: MillisVoiceAgent, { places: [, place] }: RaceStage): void {
  if (!element.isConnected || !('moveBefore' in place)) return;
  (place as Element & { moveBefore(node: Node, child: Node | null): void }).moveBefore(element, null);
}

/** It is not waited for: a channel that is closed before it opens never sends. */
function say(message: object): (stage: RaceStage) => void {
  return (stage) => stage.agent((far) => void far.say(message).catch(() => undefined));
}
