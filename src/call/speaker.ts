import type { CallWarningCode } from '../domain/call-error.js';

/** The agent's voice in the visitor's ears. */
export interface Speaker {
  readonly audio: HTMLAudioElement;
  /** Plays another track from now on, by the same element: a browser has allowed this one to sound. */
  readonly listen: (track: MediaStreamTrack) => void;
  /** Tries to play again; call it in a gesture when the browser blocked playback. */
  readonly play: () => void;
}

interface SpeakerOptions {
  readonly volume: number;
  readonly signal: AbortSignal;
  /** `playback-blocked`: the browser began, or stopped, to withhold the sound until the visitor presses something. */
  readonly onWarning: (code: CallWarningCode, active: boolean) => void;
  /** The first packet of a track is there. */
  readonly onSound: () => void;
}

/**
 * Plays what it is given to listen to. That may be a receiver's track that carries nothing yet: the element then starts inside the
 * visitor's gesture, which Safari on iOS asks for, and sounds with the first packet. An `<audio>` element and not Web Audio,
 * because echo cancellers only know what the browser plays itself; not in the document, because an element that a page moves
 * or removes is paused (HTML, "removed from a document").
 */
export function openSpeaker({ volume, signal, onWarning, onSound }: SpeakerOptions): Speaker {
  const audio = new Audio();
  audio.volume = volume;
  let heard: MediaStreamTrack | undefined;
  const play = () => {
    audio.play().then(
      () => onWarning('playback-blocked', false),
      (error: unknown) => {
        // Before the first packet there is nothing to be missed.
        const isMissed = heard?.muted === false;
        const isBlocked = error instanceof Error && error.name === 'NotAllowedError';
        if (isBlocked && isMissed) onWarning('playback-blocked', true);
      },
    );
  };
  const listen = (track: MediaStreamTrack) => {
    heard = track;
    audio.srcObject = new MediaStream([track]);
    play();
    track.addEventListener(
      'unmute',
      () => {
        onSound();
        // Some browsers let a page play sound once it listens to the microphone, so the first packet is worth another try.
        if (audio.paused) play();
      },
      { signal },
    );
  };
  signal.addEventListener(
    'abort',
    () => {
      audio.pause();
      audio.srcObject = null;
    },
    { once: true },
  );
  return { audio, listen, play };
}

/**
 * Sees to it that the sound goes on when the device that played it is gone, and tells: `output-lost`. Which device is the default
 * one is the system's choice, and a page only sees the list.
 */
export async function watchOutput(
  { audio, play }: Speaker,
  signal: AbortSignal,
  onLost: () => void,
): Promise<void> {
  let before = await outputs();
  const changed = async () => {
    const now = await outputs();
    const used = before.find(({ deviceId }) => deviceId === 'default') ?? before[0];
    const isGone = used && !now.some(({ groupId }) => groupId === used.groupId);
    before = now;
    if (signal.aborted || !isGone) return;
    onLost();
    // Safari pauses what was played by a headset that is gone.
    if (audio.paused) play();
  };
  if (!signal.aborted) {
    navigator.mediaDevices.addEventListener('devicechange', () => void changed(), { signal });
  }
}

async function outputs(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'audiooutput');
}
