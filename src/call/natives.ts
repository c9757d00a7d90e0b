/**
 * What a call needs of the browser's globals, as they were when this file was loaded: a page may put its own in their place later.
 * Undefined where they are missing, as in Node. Take a function out before calling it; it wants no receiver.
 */
export const natives = {
  fetch: globalThis.fetch,
  RTCPeerConnection: globalThis.RTCPeerConnection,
};
