import { afterTest } from './cleanup.js';

/** A microphone whose prompt the test answers. What is granted in the end is a real track of the browser's fake device. */
export interface Prompt {
  /** Resolves when the page asked. */
  readonly asked: Promise<void>;
  /** How often the page asked. */
  readonly count: () => number;
  readonly allow: () => Promise<void>;
  readonly refuse: (name: string, message?: string) => void;
}

/** Puts a prompt before `getUserMedia`, and answers `permissions.query` with `state`, until the test is over. */
export function askForMicrophone(state: PermissionState = 'prompt'): Prompt {
  const { mediaDevices, permissions } = navigator;
  const native = mediaDevices.getUserMedia.bind(mediaDevices);
  const waiting: { resolve: (stream: MediaStream) => void; reject: (error: Error) => void }[] = [];
  let count = 0;
  let tellAsked: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (tellAsked = resolve));
  replace(mediaDevices, 'getUserMedia', () => {
    count += 1;
    tellAsked();
    return new Promise<MediaStream>((resolve, reject) => waiting.push({ resolve, reject }));
  });
  replace(permissions, 'query', () => Promise.resolve(permissionStatus(state)));
  return {
    asked,
    count: () => count,
    async allow() {
      const stream = await native({ audio: true });
      waiting.shift()?.resolve(stream);
    },
    refuse(name, message = name) {
      waiting.shift()?.reject(new DOMException(message, name));
    },
  };
}

/** What `permissions.query` answers with. */
function permissionStatus(state: PermissionState): EventTarget & { readonly state: PermissionState } {
  return Object.assign(new EventTarget(), { state });
}

/** What one request for a microphone comes to: a track, or an error by its name. */
export type Given = MediaStreamTrack | 'native' | { readonly name: string; readonly message?: string };

/**
 * Answers each `getUserMedia`, in turn, with what is given; the last holds for all that follow. `native` is the browser's own device.
 * Returns the constraints of the requests so far.
 */
export function giveMicrophones(...given: readonly [Given, ...Given[]]): readonly MediaStreamConstraints[] {
  const { mediaDevices } = navigator;
  const native = mediaDevices.getUserMedia.bind(mediaDevices);
  const asked: MediaStreamConstraints[] = [];
  // Where it is known to be granted, the offer does not wait for it.
  replace(navigator.permissions, 'query', () => Promise.resolve(permissionStatus('prompt')));
  replace(mediaDevices, 'getUserMedia', async (constraints: MediaStreamConstraints) => {
    const next = given[Math.min(asked.length, given.length - 1)];
    asked.push(constraints);
    if (next === undefined || next === 'native') return native(constraints);
    if (next instanceof MediaStreamTrack) return new MediaStream([next]);
    throw new DOMException(next.message ?? next.name, next.name);
  });
  return asked;
}

/** Replaces a member of one of the browser's objects until the test is over. */
export function replace(owner: object, name: string, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  afterTest(() => {
    if (own) Object.defineProperty(owner, name, own);
    else Reflect.deleteProperty(owner, name);
  });
}
