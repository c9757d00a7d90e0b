import { CallError, type CallErrorCode } from '../domain/call-error.js';
import { learnPermission, microphoneProblem, policyProblem } from './microphone.js';
import { peerProblem } from './peer.js';
import { prepareExchange, type ExchangeOptions } from './signaling.js';

/** Whether a call could start, as far as can be known without asking the visitor or the network. */
export interface Readiness {
  /** Nothing is known that would keep it from starting. */
  readonly ready: boolean;
  /** What would. */
  readonly code: CallErrorCode | undefined;
  /** The same in words, for developers. */
  readonly message: string;
  /** Whether the visitor will be asked; `undefined` where the browser does not tell. */
  readonly microphone: PermissionState | undefined;
}

/** Why no call can be made in this page, whoever is called: the page, its frame or the browser. */
export function pageProblem(): CallError | undefined {
  return microphoneProblem() ?? policyProblem() ?? peerProblem();
}

/** Asks the visitor nothing, opens nothing, and sends nothing. Never rejects. */
export async function checkReadiness(options: ExchangeOptions): Promise<Readiness> {
  const permission = await learnPermission();
  const problem = wiringProblem(options) ?? pageProblem() ?? (await deviceProblem(permission?.state));
  return {
    ready: !problem,
    code: problem?.code,
    message: problem?.message ?? '',
    microphone: permission?.state,
  };
}

function wiringProblem(options: ExchangeOptions): CallError | undefined {
  try {
    prepareExchange(options);
    return undefined;
  } catch (error) {
    return error instanceof CallError ? error : undefined;
  }
}

async function deviceProblem(permission: PermissionState | undefined): Promise<CallError | undefined> {
  if (permission === 'denied') {
    return new CallError('microphone-denied', 'The visitor, or the frame, refused the microphone.');
  }
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => undefined);
  if (devices && !devices.some(({ kind }) => kind === 'audioinput')) {
    return new CallError('microphone-missing', 'There is no microphone.');
  }
  return navigator.onLine ? undefined : new CallError('offline', 'The browser is offline.');
}
