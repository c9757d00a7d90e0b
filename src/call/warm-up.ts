import { serverUrl } from './signaling.js';

interface WarmUpOptions {
  readonly server: string;
  readonly region: string;
}

let link: HTMLLinkElement | undefined;

/**
 * Prepares for a start that is likely, because the pointer or the focus is on the button: a connection to the server's origin,
 * so that the offer need not wait for TCP and TLS. Sends nothing on it, opens no microphone and no session, and never throws. While
 * the connection is open, asking again is free.
 */
export function warmUp({ server, region }: WarmUpOptions): void {
  try {
    const { origin } = new URL(serverUrl(server, region), location.href);
    link?.remove();
    link = document.createElement('link');
    link.rel = 'preconnect';
    link.href = origin;
    // The offer is sent without credentials, and such requests have connections of their own.
    link.crossOrigin = 'anonymous';
    document.head.append(link);
  } catch {
    // A server that is no URL, or an unknown region: start() says so.
  }
}
