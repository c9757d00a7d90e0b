import { CallError, type CallErrorCode } from '../domain/call-error.js';
import { after, unlessAborted } from './lifetime.js';

/** Speech for a far listener. The echo canceller works against what the browser itself plays (see `speaker.ts`). */
const CONSTRAINTS: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
};

/** Another program may be letting go of the microphone just now. */
const BUSY_RETRY_MS = 500;
/** Nobody reads and answers a prompt in this time. */
const AT_ONCE_MS = 100;

/** Errors of `getUserMedia` by their `DOMException` name (Media Capture and Streams, section 10.2); others mean busy. */
const CODES: ReadonlyMap<string, CallErrorCode> = new Map<string, CallErrorCode>([
  ['NotAllowedError', 'microphone-denied'],
  ['SecurityError', 'microphone-blocked'],
  ['NotFoundError', 'microphone-missing'],
  ['OverconstrainedError', 'microphone-missing'],
]);

/**
 * Opens the microphone. Call it in the task of the visitor's gesture. The prompt cannot be cancelled, so a grant that comes
 * after the signal aborted is released at once; the track is stopped by the signal. Where it is busy, or cannot do what a
 * conversation wants of it, it is asked for once more.
 *
 * @throws CallError with a `microphone-…` code, or `insecure-context`
 */
export async function openMicrophone(signal: AbortSignal): Promise<MediaStreamTrack> {
  try {
    return await requestTrack(signal, CONSTRAINTS);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { code, cause } = error;
    if (cause instanceof Error && cause.name === 'OverconstrainedError') return requestTrack(signal, true);
    if (code !== 'microphone-busy') throw error;
    await unlessAborted(new Promise<void>((resolve) => after(BUSY_RETRY_MS, signal, resolve)), signal);
    return requestTrack(signal, CONSTRAINTS);
  }
}

let known: PermissionStatus | undefined;

/**
 * Asks the browser, not the visitor, whether the microphone is granted, and lets the browser keep the answer up to date: the
 * question goes to another process, which has enough to do in a start. `undefined`: this browser does not know.
 */
export async function learnPermission(): Promise<PermissionStatus | undefined> {
  known ??= await queryPermission();
  // Chromium keeps a status up to date only while somebody listens.
  if (known) known.onchange = () => undefined;
  return known;
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

async function requestTrack(
  signal: AbortSignal,
  audio: true | MediaTrackConstraints,
): Promise<MediaStreamTrack> {
  signal.throwIfAborted();
  const problem = microphoneProblem();
  if (problem) throw problem;
  const askedAt = performance.now();
  const stream = await navigator.mediaDevices.getUserMedia({ audio }).catch((cause: unknown) => {
    throw microphoneError(cause, performance.now() - askedAt);
  });
  const [track] = stream.getAudioTracks();
  if (!track) throw new CallError('microphone-missing', 'The stream has no audio.');
  if (signal.aborted) track.stop();
  signal.throwIfAborted();
  signal.addEventListener('abort', () => track.stop(), { once: true });
  return track;
}

/** Why this page has no microphones to ask for, as far as that is known without asking. */
export function microphoneProblem(): CallError | undefined {
  if (!isSecureContext) return new CallError('insecure-context', 'Serve the page over https.');
  if (!('mediaDevices' in navigator)) return new CallError('browser-unsupported', 'No mediaDevices.');
  return undefined;
}

/** Why the page's policy keeps the microphone from it, as far as the browser tells (Chromium does). */
export function policyProblem(): CallError | undefined {
  const { featurePolicy } = document as Document & {
    featurePolicy?: { allowsFeature(name: string): boolean };
  };
  return featurePolicy?.allowsFeature('microphone') === false ? blocked() : undefined;
}

function blocked(cause?: unknown): CallError {
  const advice =
    top === window
      ? 'The page forbids the microphone: send the header Permissions-Policy: microphone=(self), or none.'
      : 'The frame has no microphone: its <iframe> needs allow="microphone", and no sandbox without allow-same-origin; nor may the page around it forbid it by a Permissions-Policy header.';
  return new CallError('microphone-blocked', advice, { cause });
}

function microphoneError(cause: unknown, afterMs: number): CallError {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  let code = CODES.get(name) ?? 'microphone-busy';
  const isBlocked = policyProblem() ?? (afterMs < AT_ONCE_MS && isForeignFrameWithoutPolicy());
  if (code === 'microphone-blocked' || (code === 'microphone-denied' && isBlocked)) return blocked(cause);
  // Only Chromium tells a closed prompt from a refusal, and the system's refusal from the visitor's, and only in the message.
  if (code === 'microphone-denied' && /dismiss/i.test(message)) code = 'microphone-dismissed';
  const deniedBy = code === 'microphone-denied' && /system/i.test(message) ? 'system' : undefined;
  return new CallError(code, `getUserMedia: ${name}: ${message}`, { cause, deniedBy });
}

/** A frame of another origin in a browser (Firefox, Safari) that refuses there with the same words as a visitor does. */
function isForeignFrameWithoutPolicy(): boolean {
  if ('featurePolicy' in document) return false;
  try {
    return top?.document === undefined;
  } catch {
    return true;
  }
}
