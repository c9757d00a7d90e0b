import { learnPermission } from './microphone.js';
import { serverUrl, type ExchangeOptions } from './signaling.js';

let link: HTMLLinkElement | undefined;

/**
 * Opens a connection to the server's origin, so that the offer need not wait for TCP and TLS, and learns whether the microphone
 * is granted. Sends nothing on the connection, asks the visitor nothing, and never throws.
 */
export function warmUpConnection({ server, region }: ExchangeOptions): void {
  void learnPermission();
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
