/** Makes calls in a page, in every way that there is, and keeps nothing of them. Import it before the code that is watched. */
import { pendingTimers } from './pending-timers.js';
import type { MillisVoiceAgent } from '../../../../src/element/millis-voice-agent.js';
import { SLOW_WAYS } from './slow-ways.js';
import { QUICK_WAYS } from './ways.js';

export const quickWays = Object.keys(QUICK_WAYS);
export const slowWays = Object.keys(SLOW_WAYS);

/** Makes one call, and takes its elements out of the page afterwards. */
export async function call(name: string, server: string): Promise<void> {
  const way = QUICK_WAYS[name] ?? SLOW_WAYS[name];
  if (!way) throw new Error(`There is no way "${name}".`);
  const elements: MillisVoiceAgent[] = [];
  await way({
    element(agentId) {
      const element = document.createElement('millis-voice-agent');
      element.transcript = true;
      element.server = server;
      element.agentId = agentId;
      document.body.append(element);
      elements.push(element);
      return element;
    },
    terminate: (sessionId = '') =>
      fetch(`${server}/sessions/${sessionId}/terminate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
  });
  for (const element of elements) {
    // All is drawn, also what is said of a failure, before it goes.
    if (element.isConnected) await element.updateComplete;
    element.remove();
  }
}

/** How many timers of the page are waiting. */
export function timers(): number {
  return pendingTimers.size;
}

const KINDS = {
  any: () => true,
  open: (thing: unknown) => thing instanceof RTCPeerConnection && thing.signalingState !== 'closed',
  live: (thing: unknown) => thing instanceof MediaStreamTrack && thing.readyState === 'live',
  detached: (thing: unknown) => thing instanceof Node && !thing.isConnected,
};

/** How many of these objects are of a kind. Prototypes, which a debugger finds as well, are none. */
export function count(objects: readonly unknown[], kind: keyof typeof KINDS): number {
  return objects.filter((each) => !Object.hasOwn(Object(each) as object, 'constructor')).filter(KINDS[kind])
    .length;
}
