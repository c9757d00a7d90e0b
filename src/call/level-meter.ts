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
 * Tells the levels of a call, of whichever peer it has just now, once a frame, and silence when the signal aborts or the page is
 * hidden. The agent's level is in the received packets (WebRTC, section 5.3.1), the microphone's in the sender's `media-source`
 * statistics; Firefox leaves it out there (seen in 153), and only there an AudioContext listens.
 */
export function startLevelMeter(
  peer: () => Peer | undefined,
  signal: AbortSignal,
  onLevels: (levels: Levels) => void,
): void {
  let microphone = 0;
  let readAt = 0;
  let frame = 0;
  let sampled: SampledLevel | undefined;

  const readMicrophone = async () => {
    const sender = peer()?.sender;
    const level = await statisticsLevel(sender);
    const track = sender?.track;
    if (level === undefined && track && !signal.aborted && sampled?.track !== track) {
      sampled = sampleLevel(track, signal);
    }
    microphone = level ?? sampled?.read() ?? 0;
  };
  const draw = (now: number) => {
    frame = requestAnimationFrame(draw);
    if (now - readAt >= MICROPHONE_READ_MS) {
      readAt = now;
      void readMicrophone();
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

/** `undefined` where the browser does not tell it. */
async function statisticsLevel(sender: RTCRtpSender | undefined): Promise<number | undefined> {
  const stats = await sender?.getStats();
  let level: number | undefined = 0;
  stats?.forEach((entry: RTCStats & { audioLevel?: number }) => {
    if (entry.type === 'media-source') level = entry.audioLevel;
  });
  return level;
}

interface SampledLevel {
  readonly track: MediaStreamTrack;
  read(): number;
}

/** The loudest sample of the last 43 ms. The context is closed with the signal. */
function sampleLevel(track: MediaStreamTrack, signal: AbortSignal): SampledLevel {
  const context = new AudioContext();
  signal.addEventListener('abort', () => void context.close(), { once: true });
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    track,
    read() {
      analyser.getFloatTimeDomainData(samples);
      return Math.max(...samples.map(Math.abs));
    },
  };
}

/** Linear sound pressure to something near loudness: speech, at a tenth of full scale, fills a third of a ring. */
function loudness(level: number): number {
  return Math.sqrt(level);
}
