import type { CallWarningCode } from '../domain/call-error.js';
import { after, every } from './lifetime.js';
import { openMicrophone } from './microphone.js';

interface VoiceListener {
  /** Another track has to be sent from now on. */
  readonly onTrack: (track: MediaStreamTrack) => void;
  /** Something began, or ended. */
  readonly onWarning: (code: CallWarningCode, active: boolean) => void;
  /** Another microphone took over by itself. */
  readonly onReplaced: () => void;
  /** Whoever sends the track just now. */
  readonly sender: () => RTCRtpSender | undefined;
}

/** A phone that only rings for a moment mutes a track for as long. */
const INTERRUPTED_MS = 1500;
const POLL_MS = 500;
const SILENT_MS = 3000;
/** An Opus packet of exact silence (Firefox, which tells no energy); a single step of noise makes it far longer. */
const MOST_SILENT_PACKET_BYTES = 3;

/**
 * The visitor's voice in one call: a microphone, and the next one when that goes away. A device that the system makes its default
 * meanwhile is the browser's matter: nothing is switched by us.
 */
export class VisitorVoice {
  readonly #signal: AbortSignal;
  readonly #listener: VoiceListener;
  #track: MediaStreamTrack | undefined;
  #muted: boolean;
  #reopening = false;
  /** Another try was asked for while one is under way. */
  #wanted = false;

  constructor(signal: AbortSignal, muted: boolean, listener: VoiceListener) {
    this.#signal = signal;
    this.#muted = muted;
    this.#listener = listener;
  }

  get track(): MediaStreamTrack | undefined {
    return this.#track;
  }

  set muted(muted: boolean) {
    this.#muted = muted;
    if (this.#track) this.#track.enabled = !muted;
    if (muted) this.#listener.onWarning('microphone-silent', false);
  }

  /**
   * Opens the microphone. Call it in the task of the visitor's gesture.
   *
   * @throws CallError
   */
  async open(): Promise<void> {
    const track = await openMicrophone(this.#signal);
    this.#track = track;
    track.enabled = !this.#muted;
    this.#listener.onTrack(track);
    const { onWarning } = this.#listener;
    const ended = () => track === this.#track && void this.#lost();
    track.addEventListener('ended', ended, { signal: this.#signal });
    track.addEventListener('unmute', () => onWarning('microphone-interrupted', false), {
      signal: this.#signal,
    });
    track.addEventListener(
      'mute',
      () =>
        after(INTERRUPTED_MS, this.#signal, () => {
          if (track.muted && track === this.#track) onWarning('microphone-interrupted', true);
        }),
      { signal: this.#signal },
    );
  }

  /** From now on it is seen when the microphone gives nothing, and taken when there is one again. */
  watch(): void {
    const signal = this.#signal;
    navigator.mediaDevices.addEventListener('devicechange', () => this.check(), { signal });
    let heardAt = performance.now();
    let heard = -1;
    const listen = async () => {
      const amount = await soundSent(this.#listener.sender());
      const now = performance.now();
      const isHeard = amount === undefined || amount !== heard || this.#muted || this.#track?.muted;
      heard = amount ?? -1;
      if (isHeard || this.#track?.readyState !== 'live') heardAt = now;
      if (!signal.aborted) this.#listener.onWarning('microphone-silent', now - heardAt >= SILENT_MS);
    };
    every(POLL_MS, signal, () => void listen());
  }

  /** Looks whether the microphone is still there: not every browser tells while the page is hidden. */
  check(): void {
    if (this.#track?.readyState === 'ended') void this.#lost();
  }

  /** Opens the microphone again after an interruption. Call it in a gesture. */
  resume(): void {
    void this.#reopen(() => this.#listener.onWarning('microphone-interrupted', false));
  }

  async #lost(): Promise<void> {
    this.#listener.onWarning('microphone-lost', true);
    await this.#reopen(() => {
      this.#listener.onWarning('microphone-lost', false);
      this.#listener.onReplaced();
    });
  }

  /** Where there is none, the next device that is connected is another try; also one that came during this try. */
  async #reopen(done: () => void): Promise<void> {
    this.#wanted = true;
    if (this.#reopening) return;
    this.#reopening = true;
    while (this.#wanted) {
      this.#wanted = false;
      const old = this.#track;
      try {
        await this.open();
        old?.stop();
        this.#wanted = false;
        done();
      } catch {
        // The warning stays.
        if (this.#signal.aborted) break;
      }
    }
    this.#reopening = false;
  }
}

/**
 * A number that grows with every sound that is not exact silence; `undefined` where the browser does not tell. Chromium counts the
 * energy of the microphone (WebRTC Statistics, section 6.5.4); Firefox only the bytes that leave.
 */
async function soundSent(sender: RTCRtpSender | undefined): Promise<number | undefined> {
  let energy: number | undefined;
  let bytes: number | undefined;
  const stats = await sender?.getStats();
  stats?.forEach(
    (entry: RTCStats & { totalAudioEnergy?: number; bytesSent?: number; packetsSent?: number }) => {
      if (entry.type === 'media-source') energy = entry.totalAudioEnergy;
      const { bytesSent = 0, packetsSent = 0 } = entry;
      if (entry.type === 'outbound-rtp') bytes = bytesSent - packetsSent * MOST_SILENT_PACKET_BYTES;
    },
  );
  return energy ?? bytes;
}
