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

let known: PermissionStatus | undefined;

/**
 * Asks the browser, not the visitor, whether the microphone is granted, and lets the browser keep the answer up to date: the
 * question goes to another process, which has enough to do in a start.
 */
export async function learnPermission(): Promise<void> {
  known ??= await queryPermission();
  // Chromium keeps a status up to date only while somebody listens.
  if (known) known.onchange = () => undefined;
}

/** Resolves when the visitor is known to have granted the microphone to this page before; else never. */
export async function microphoneAlreadyGranted(): Promise<void> {
  const status = known ?? (await queryPermission());
  if (status?.state !== 'granted') await new Promise(() => undefined);
}

async function queryPermission(): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions.query({ name: 'microphone' });
  } catch {
    // An older browser does not know the question (Firefox before 131), so it is not known.
    return undefined;
  }
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
