import { answerOffer, type FarEnd } from './far-end.js';
import { nextTask } from './next-task.js';

/** What a platform floods a page with, by the number of the message: broken, binary, unknown, and text that grows no turn. */
export function floodMessage(number: number): object | string | ArrayBuffer {
  switch (number % 5) {
    case 0:
      return '{"method": "ontranscript", "data": ';
    case 1:
      return new ArrayBuffer(64);
    case 2:
      return { method: 'never_heard_of', data: '<b>bold</b>' };
    default:
      return { method: 'onresponsetext', data: `flood ${number}`, payload: { is_final: number % 2 === 0 } };
  }
}

const ROUND_MS = 10;

/** Sends `perSecond` messages a second, in small rounds, until `isOver` says so. Resolves with how many that were. */
export async function flood(far: FarEnd, perSecond: number, isOver: () => boolean): Promise<number> {
  let sent = 0;
  while (!isOver()) {
    const round = (perSecond * ROUND_MS) / 1000;
    // Not waited for: what is said after the channel was closed is never sent.
    for (let index = 0; index < round; index += 1) void far.say(floodMessage((sent += 1)));
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
  return sent;
}

/** How long the page could not do anything else at most, in milliseconds, while `run` was under way. */
export async function longestTaskMs(run: Promise<unknown>): Promise<number> {
  const state = { over: false };
  void run.finally(() => (state.over = true));
  let longest = 0;
  let at = performance.now();
  while (!state.over) {
    await nextTask();
    const now = performance.now();
    longest = Math.max(longest, now - at);
    at = now;
  }
  return longest;
}

/** An agent's end of a connection that nobody looks at, to measure what a page costs without the widget. */
export async function bareFarEnd(): Promise<FarEnd> {
  const peer = new RTCPeerConnection();
  peer.addTransceiver('audio');
  peer.createDataChannel('bare').onmessage = () => undefined;
  await peer.setLocalDescription();
  const far = await answerOffer(peer.localDescription ?? { type: 'offer' });
  await peer.setRemoteDescription(far.answer);
  return {
    ...far,
    hangUp() {
      far.hangUp();
      peer.close();
    },
  };
}
