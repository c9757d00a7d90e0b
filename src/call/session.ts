import type { SessionEvent } from '../domain/session.js';
import { take, type Bucket, type BucketRate } from '../domain/token-bucket.js';
import { parseSessionMessage } from '../protocol/session-messages.js';

interface SessionListener {
  readonly onEvent: (event: SessionEvent) => void;
  readonly onDropped: () => void;
}

/** Far more than a conversation needs, and far less than a page can read. */
const MESSAGES: BucketRate = { capacity: 100, perSecond: 100 };
const CHARS: BucketRate = { capacity: 1_000_000, perSecond: 1_000_000 / 60 };
/** A flood that goes on for as long will not end by itself. */
const FLOOD_MS = 10_000;
/** Without a dropped message for as long, the next flood is another one. */
const FLOOD_PAUSE_MS = 1000;

/**
 * Reads what the platform says on the data channel until the signal aborts. What cannot be understood, or comes in a flood, reaches
 * `onDropped` instead; nothing throws, and a channel that never opens is a call without a transcript. A flood that does not end
 * closes the channel.
 */
export function readSession(
  channel: RTCDataChannel,
  signal: AbortSignal,
  { onEvent, onDropped }: SessionListener,
): void {
  let messages: Bucket = { tokens: MESSAGES.capacity, at: performance.now() };
  let chars: Bucket = { ...messages, tokens: CHARS.capacity };
  let floodFrom: number | undefined;
  let droppedAt = 0;

  /** Whether there is room for it. */
  const admit = (length: number): boolean => {
    const now = performance.now();
    const nextMessages = take(messages, MESSAGES, 1, now);
    const nextChars = take(chars, CHARS, length, now);
    if (nextMessages && nextChars) {
      [messages, chars] = [nextMessages, nextChars];
      return true;
    }
    if (floodFrom === undefined || now - droppedAt > FLOOD_PAUSE_MS) floodFrom = now;
    droppedAt = now;
    if (now - floodFrom > FLOOD_MS) channel.close();
    return false;
  };

  channel.addEventListener(
    'message',
    ({ data }: MessageEvent<unknown>) => {
      const length = typeof data === 'string' ? data.length : 0;
      const event = admit(length) ? parseSessionMessage(data) : undefined;
      if (event) onEvent(event);
      else onDropped();
    },
    { signal },
  );
}
