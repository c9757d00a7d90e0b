import { CallError, type CallErrorCode } from '../domain/call-error.js';
import { after, unlessAborted } from './lifetime.js';

/** Speech for a far listener. The echo canceller works against what the browser itself plays (see `speaker.ts`). */
const CONSTRAINTS: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
};

/** Another program may be letting go of the microphone just now. */
const BUSY_RETRY_MS = 500;

/** Errors of `getUserMedia` by their `DOMException` name (Media Capture and Streams, section 10.2); others mean busy. */
const CODES: ReadonlyMap<string, CallErrorCode> = new Map<string, CallErrorCode>([
  ['NotAllowedError', 'microphone-denied'],
  ['SecurityError', 'microphone-blocked'],
  ['NotFoundError', 'microphone-missing'],
  ['OverconstrainedError', 'microphone-missing'],
]);

/**
 * Opens the microphone. Call it in the task of the visitor's gesture. The prompt cannot be cancelled, so a grant that comes
 * after the signal aborted is released at once; the track is stopped by the signal.
 *
 * @throws CallError with a `microphone-…` code, or `insecure-context`
 */
export async function openMicrophone(signal: AbortSignal): Promise<MediaStreamTrack> {
  try {
    return await requestTrack(signal);
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'microphone-busy') throw error;
    await unlessAborted(new Promise<void>((resolve) => after(BUSY_RETRY_MS, signal, resolve)), signal);
    return requestTrack(signal);
  }
}

/** Resolves when the visitor is known to have granted the microphone to this page before; else never. Asks nothing. */
export async function microphoneAlreadyGranted(): Promise<void> {
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' });
    if (state === 'granted') return;
  } catch {
    // An older browser does not know the question (Firefox before 131), so it is not known.
  }
  await new Promise(() => undefined);
}

async function requestTrack(signal: AbortSignal): Promise<MediaStreamTrack> {
  signal.throwIfAborted();
  if (!isSecureContext) {
    throw new CallError('insecure-context', 'Serve the page over https.');
  }
  if (!('mediaDevices' in navigator)) {
    throw new CallError('browser-unsupported', 'No mediaDevices.');
  }
  const stream = await navigator.mediaDevices.getUserMedia(CONSTRAINTS).catch((cause: unknown) => {
    throw microphoneError(cause);
  });
  const [track] = stream.getAudioTracks();
  if (!track) throw new CallError('microphone-missing', 'The stream has no audio.');
  if (signal.aborted) track.stop();
  signal.throwIfAborted();
  signal.addEventListener('abort', () => track.stop(), { once: true });
  return track;
}

function microphoneError(cause: unknown): CallError {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  let code = CODES.get(name) ?? 'microphone-busy';
  if (code === 'microphone-denied' && !pageMayUseMicrophone()) code = 'microphone-blocked';
  // Only Chromium tells a closed prompt from a refusal, and only in the message.
  if (code === 'microphone-denied' && /dismiss/i.test(message)) code = 'microphone-dismissed';
  const advice = code === 'microphone-blocked' ? ' Does the frame have allow="microphone"?' : '';
  return new CallError(code, `getUserMedia: ${name}: ${message}${advice}`, { cause });
}

/** Whether the page's Permissions-Policy and frames allow it. Browsers that cannot tell (all but Chromium's) say yes. */
function pageMayUseMicrophone(): boolean {
  const { featurePolicy } = document as Document & {
    featurePolicy?: { allowsFeature(name: string): boolean };
  };
  return featurePolicy?.allowsFeature('microphone') ?? true;
}
