import type { SessionEvent } from '../domain/session.js';
import { parseSessionMessage } from '../protocol/session-messages.js';

interface SessionListener {
  readonly onEvent: (event: SessionEvent) => void;
  readonly onDropped: () => void;
}

/**
 * Reads what the platform says on the data channel until the signal aborts. What cannot be understood reaches `onDropped`
 * instead; nothing throws, and a channel that never opens is a call without a transcript.
 */
export function readSession(
  channel: RTCDataChannel,
  signal: AbortSignal,
  { onEvent, onDropped }: SessionListener,
): void {
  channel.addEventListener(
    'message',
    ({ data }: MessageEvent<unknown>) => {
      const event = parseSessionMessage(data);
      if (event) onEvent(event);
      else onDropped();
    },
    { signal },
  );
}
