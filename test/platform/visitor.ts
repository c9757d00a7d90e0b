import { once } from 'node:events';
import {
  joinFrames,
  FRAME_SAMPLES,
  frameAt,
  SAMPLE_RATE_HZ,
  SILENCE,
  levelDb,
} from '../../demo/platform/pcm.js';
import { startPacer } from '../../demo/platform/pacer.js';
import type { Platform } from '../../demo/platform/platform.js';
import { resample } from '../../demo/platform/resample.js';
import type { SessionMessage } from '../../demo/platform/session-channel.js';
import { NativeAudioSink, NativeAudioSource, PeerConnection } from '../../demo/platform/wrtc.js';
import { postOffer } from './requests.js';

/** Every wait in the tests ends by then: an event that does not come is a failure, not a pause. */
export const DEADLINE_MS = 10_000;

interface CallOptions {
  readonly channel?: boolean;
}

/** The visitor's side of a real call, in the same process: speaks what it is told, and keeps all that it hears. */
export class Visitor {
  private readonly changes = new EventTarget();
  readonly messages: SessionMessage[] = [];
  readonly raw: unknown[] = [];
  readonly heard: Int16Array[] = [];
  readonly connection = new PeerConnection();
  readonly channel: RTCDataChannel | undefined;
  private readonly over = new AbortController();
  private readonly source = new NativeAudioSource();
  private readonly track = this.source.createTrack();
  private speech: Int16Array = new Int16Array(0);
  private position = 0;

  private constructor({ channel = true }: CallOptions) {
    this.connection.addTransceiver(this.track, { direction: 'sendrecv' });
    this.connection.ontrack = ({ track }) => this.listen(track);
    this.connection.onconnectionstatechange = () => this.changes.dispatchEvent(new Event('change'));
    if (channel) this.channel = this.openChannel();
  }

  /** Makes an offer, sends it, and waits until the connection is up. */
  static async call(
    platform: Pick<Platform, 'url'>,
    agentId: string,
    options: CallOptions = {},
  ): Promise<Visitor> {
    const visitor = new Visitor(options);
    const response = await postOffer(platform, agentId, await visitor.offer());
    const { answer } = (await response.json()) as { answer: RTCSessionDescriptionInit };
    await visitor.connection.setRemoteDescription(answer);
    startPacer(() => visitor.speakFrame(), visitor.over.signal);
    await visitor.until(() => visitor.connection.connectionState === 'connected', 'the connection');
    return visitor;
  }

  /** The visitor's side of an offer, candidates included, for tests that send it themselves. */
  static async offerOnly(): Promise<{ sdp: string; close: () => void }> {
    const visitor = new Visitor({});
    const sdp = await visitor.offer();
    return { sdp, close: () => visitor.close() };
  }

  /** Sends a real offer and gives what comes back, without ever connecting. */
  static async offered(
    platform: Pick<Platform, 'url'>,
    agentId: string,
  ): Promise<{ response: Response; text: string }> {
    const { sdp, close } = await Visitor.offerOnly();
    try {
      const response = await postOffer(platform, agentId, sdp);
      return { response, text: await response.text() };
    } finally {
      close();
    }
  }

  /** Speaks, after what is still being said. */
  say(samples: Int16Array): void {
    this.speech = joinFrames([this.speech.subarray(this.position), samples]);
    this.position = 0;
  }

  /** Resolves with the first message from `from` on that fits. */
  async message(
    method: string,
    fits: (message: SessionMessage) => boolean = () => true,
  ): Promise<SessionMessage> {
    const find = () => this.messages.find((message) => message.method === method && fits(message));
    await this.until(() => find() !== undefined, method);
    return find() ?? { method };
  }

  /** Resolves when the condition holds; it is asked again whenever anything arrives. */
  async until(condition: () => boolean, what: string): Promise<void> {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    while (!condition()) {
      await once(this.changes, 'change', { signal }).catch(() => {
        throw new Error(`${what} did not come; ${JSON.stringify(this.messages.map(({ method }) => method))}`);
      });
    }
  }

  /** Loudness of the last `frames` × 10 ms that were heard. */
  recentDb(frames = 10): number {
    return levelDb(joinFrames(this.heard.slice(-frames)));
  }

  /** Packets of the agent's sound so far. */
  async packetsReceived(): Promise<number> {
    const report = await this.connection.getStats();
    let packets = 0;
    report.forEach((entry: { type: string; packetsReceived?: number }) => {
      if (entry.type === 'inbound-rtp') packets = entry.packetsReceived ?? 0;
    });
    return packets;
  }

  close(): void {
    if (this.over.signal.aborted) return;
    this.over.abort();
    this.track.stop();
    this.connection.close();
  }

  private async offer(): Promise<string> {
    const gathered = new Promise<void>((resolve) => {
      this.connection.onicecandidate = ({ candidate }) => {
        if (candidate) resolve();
      };
    });
    await this.connection.setLocalDescription(await this.connection.createOffer());
    await gathered;
    return this.connection.localDescription?.sdp ?? '';
  }

  private speakFrame(): void {
    const done = this.position >= this.speech.length;
    this.source.onData({
      samples: done ? SILENCE : frameAt(this.speech, this.position),
      sampleRate: SAMPLE_RATE_HZ,
      channelCount: 1,
      bitsPerSample: 16,
      numberOfFrames: FRAME_SAMPLES,
    });
    if (!done) this.position += FRAME_SAMPLES;
  }

  private listen(track: MediaStreamTrack): void {
    const sink = new NativeAudioSink(track);
    sink.ondata = ({ samples, sampleRate }) => {
      this.heard.push(resample(samples, sampleRate, SAMPLE_RATE_HZ));
      this.changes.dispatchEvent(new Event('change'));
    };
    this.over.signal.addEventListener('abort', () => sink.stop(), { once: true });
  }

  private openChannel(): RTCDataChannel {
    const channel = this.connection.createDataChannel('session');
    channel.onclose = () => this.changes.dispatchEvent(new Event('change'));
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.raw.push(data);
      const message = parse(data);
      if (message) this.messages.push(message);
      this.changes.dispatchEvent(new Event('change'));
    };
    return channel;
  }
}

function parse(data: unknown): SessionMessage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const message = JSON.parse(data) as unknown;
    return typeof message === 'object' && message !== null ? (message as SessionMessage) : undefined;
  } catch {
    return undefined;
  }
}
