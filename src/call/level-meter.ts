import type { Peer } from './peer.js';

/** How loud both sides are, 0 (silence) to 1 (full scale), as the ear would put it. */
export interface Levels {
  readonly agent: number;
  readonly microphone: number;
}

const SILENCE: Levels = { agent: 0, microphone: 0 };
/** Statistics cost a round trip to another process, so the microphone is read less often than the screen is drawn. */
const MICROPHONE_READ_MS = 60;

/**
 * Tells the levels of a call, of whichever peer it has just now, once a frame, and silence when the signal aborts or the page is hidden. No AudioContext: the
 * agent's level is in the received packets (WebRTC, section 5.3.1), the microphone's in the sender's `media-source` statistics.
 */
export function startLevelMeter(
  peer: () => Peer | undefined,
  signal: AbortSignal,
  onLevels: (levels: Levels) => void,
): void {
  let microphone = 0;
  let readAt = 0;
  let frame = 0;

  const draw = (now: number) => {
    frame = requestAnimationFrame(draw);
    if (now - readAt >= MICROPHONE_READ_MS) {
      readAt = now;
      void microphoneLevel(peer()?.sender).then((level) => (microphone = level));
    }
    const agent = peer()?.receiver.getSynchronizationSources()[0]?.audioLevel ?? 0;
    onLevels({ agent: loudness(agent), microphone: loudness(microphone) });
  };
  const rest = () => {
    cancelAnimationFrame(frame);
    onLevels(SILENCE);
  };
  const follow = () => {
    rest();
    if (!document.hidden) frame = requestAnimationFrame(draw);
  };
  document.addEventListener('visibilitychange', follow, { signal });
  signal.addEventListener('abort', rest, { once: true });
  follow();
}

async function microphoneLevel(sender: RTCRtpSender | undefined): Promise<number> {
  const stats = await sender?.getStats();
  let level = 0;
  stats?.forEach((entry: RTCStats & { audioLevel?: number }) => {
    if (entry.type === 'media-source') level = entry.audioLevel ?? 0;
  });
  return level;
}

/** Linear sound pressure to something near loudness: speech, at a tenth of full scale, fills a third of a ring. */
function loudness(level: number): number {
  return Math.sqrt(level);
}
