import { widgetPeers } from './ledger.js';

/** Lets the widget's open peer say that its connection is in a state, as a browser does seconds after a fault. */
export function tellConnectionState(state: RTCPeerConnectionState): void {
  const [peer] = widgetPeers();
  if (!peer) throw new Error('There is no open peer.');
  Object.defineProperty(peer, 'connectionState', { value: state, configurable: true });
  peer.dispatchEvent(new Event('connectionstatechange'));
}
