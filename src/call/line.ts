import type { Exchange } from './signaling.js';
import { openPeer, type Peer } from './peer.js';

/** One session with the platform: a peer, and what it takes to connect it. A call may need a second or third one. */
export interface Line {
  readonly peer: Peer;
  /** Aborts when the line is closed, or with the call. */
  readonly signal: AbortSignal;
  readonly close: () => void;
}

/** How a line is made. */
export interface LineOptions {
  readonly iceServers: readonly RTCIceServer[];
  readonly policy?: RTCIceTransportPolicy | undefined;
}

/**
 * Opens a line, whose offer is prepared at once, until the call's signal aborts.
 *
 * @throws CallError `browser-unsupported`
 */
export function openLine({ iceServers, policy }: LineOptions, call: AbortSignal): Line {
  const own = new AbortController();
  const signal = AbortSignal.any([call, own.signal]);
  return {
    peer: openPeer(iceServers, signal, policy),
    signal,
    close: () => own.abort(new DOMException('The line was closed.', 'AbortError')),
  };
}

/**
 * Sends the offer once `ready` resolves, takes the answer, and resolves when media can flow.
 *
 * @throws CallError of the exchange, or of the connection
 */
export async function dial(
  { peer, signal }: Line,
  ready: Promise<unknown>,
  exchange: Exchange,
  onStep: (step: 'offerMs' | 'answerMs') => void,
): Promise<void> {
  await Promise.all([ready, peer.prepared]);
  signal.throwIfAborted();
  onStep('offerMs');
  const answer = await exchange(peer.offer(), signal);
  onStep('answerMs');
  await peer.connect(answer);
}

/** Whether there is a relay (TURN, RFC 8656) that a network could be crossed by. */
export function hasRelay(iceServers: readonly RTCIceServer[]): boolean {
  return iceServers.some(({ urls }) => [urls].flat().some((url) => /^turns?:/i.test(url)));
}
