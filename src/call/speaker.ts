/** The agent's voice in the visitor's ears. */
export interface Speaker {
  readonly audio: HTMLAudioElement;
  /** Tries to play again; call it in a gesture when the browser blocked playback. */
  readonly play: () => void;
}

interface SpeakerOptions {
  readonly volume: number;
  readonly signal: AbortSignal;
  /** The browser began, or stopped, to withhold the sound until the visitor presses something. */
  readonly onBlockedChange: (blocked: boolean) => void;
}

/**
 * Plays `track` from now on. It may be a receiver's track that carries nothing yet: the element then starts inside the
 * visitor's gesture, which Safari on iOS asks for, and sounds with the first packet. An `<audio>` element and not Web Audio,
 * because echo cancellers only know what the browser plays itself; not in the document, because an element that a page moves
 * or removes is paused (HTML, "removed from a document").
 */
export function openSpeaker(
  track: MediaStreamTrack,
  { volume, signal, onBlockedChange }: SpeakerOptions,
): Speaker {
  const audio = new Audio();
  audio.volume = volume;
  audio.srcObject = new MediaStream([track]);
  const play = () => {
    audio.play().then(
      () => onBlockedChange(false),
      (error: unknown) => {
        if (error instanceof Error && error.name === 'NotAllowedError') onBlockedChange(true);
      },
    );
  };
  play();
  // Some browsers let a page play sound once it listens to the microphone, so the first packet is worth another try.
  track.addEventListener('unmute', () => audio.paused && play(), { signal });
  signal.addEventListener(
    'abort',
    () => {
      audio.pause();
      audio.srcObject = null;
    },
    { once: true },
  );
  return { audio, play };
}
