/**
 * Keeps book of what a page opens, by wrapping the browser's own constructors: what is alive can then be asked at any moment.
 * Import it before the code that is watched.
 */

const tracks = new Map<MediaStreamTrack, string>();
const peers = new Map<RTCPeerConnection, string>();
const sounds = new Set<HTMLAudioElement>();
const timers = new Map<string, string>();
/** Where something comes from that is not of the widget. */
const TEST = '(test)';
/** Where the other ends of calls come from that a test plays. */
const FAR_END = 'far-end';

const listeners = new Set<{ readonly what: string }>();

/** One line for each thing that is alive: live tracks of microphones, open peers, playing elements, timers, listeners. */
export function alive(): string[] {
  return [
    ...[...tracks].filter(([{ readyState }]) => readyState === 'live').map(([, from]) => `track ${from}`),
    ...[...peers.keys()].filter(({ signalingState }) => signalingState !== 'closed').map(() => 'peer'),
    ...[...sounds]
      .filter(({ srcObject, paused }) => srcObject !== null || !paused)
      .map(() => 'audio element'),
    ...[...timers].map(([id, from]) => `timer ${id} ${from}`),
    ...[...listeners].map(({ what }) => `listener ${what}`),
  ];
}

/** How many peers are open just now. */
export function openPeers(): number {
  return alive().filter((thing) => thing === 'peer').length;
}

/** The widget's own peers that are open just now, without the far ends of its calls. */
export function widgetPeers(): RTCPeerConnection[] {
  return [...peers]
    .filter(([{ signalingState }, from]) => signalingState !== 'closed' && from !== FAR_END)
    .map(([peer]) => peer);
}

/** The microphone's tracks that are live just now. */
export function liveTracks(): MediaStreamTrack[] {
  return [...tracks.keys()].filter(({ readyState }) => readyState === 'live');
}

/** The audio elements that play something just now. */
export function soundingElements(): HTMLAudioElement[] {
  return [...sounds].filter(({ srcObject }) => srcObject !== null);
}

function caller(): string {
  const stack = new Error().stack ?? '';
  if (stack.includes('/far-end.ts')) return FAR_END;
  const lines = stack.split('\n').filter((line) => line.includes(`${location.origin}/src/`));
  return lines[0]?.trim().replace(/https?:\/\/[^/]+/, '') ?? TEST;
}

const { mediaDevices } = navigator;
// A page that is not secure has none.
if ('MediaDevices' in window) watchMicrophones();

function watchMicrophones(): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    const from = caller();
    const stream = await getUserMedia.call(this, constraints);
    for (const track of stream.getTracks()) tracks.set(track, from);
    return stream;
  };
}

// A browser without WebRTC has none.
if ('RTCPeerConnection' in window) {
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      peers.set(this, caller());
    }
  };
}

window.Audio = class extends Audio {
  constructor() {
    super();
    sounds.add(this);
  }
};

function watchTimers(
  start: 'setTimeout' | 'setInterval' | 'requestAnimationFrame',
  stop: keyof Window,
): void {
  const nativeStart = window[start].bind(window) as (callback: (now: number) => void, ms?: number) => number;
  const nativeStop = (window[stop] as (id: number) => void).bind(window);
  const watchedStart = (callback: (now: number) => void, ms?: number): number => {
    const from = caller();
    const id = nativeStart((now) => {
      if (start !== 'setInterval') timers.delete(`${start} ${id}`);
      callback(now);
    }, ms);
    // The framework's own clocks are not of a call.
    if (from !== TEST) timers.set(`${start} ${id}`, from);
    return id;
  };
  const watchedStop = (id: number): void => {
    timers.delete(`${start} ${id}`);
    nativeStop(id);
  };
  Object.assign(window, { [start]: watchedStart, [stop]: watchedStop });
}

watchTimers('setTimeout', 'clearTimeout');
watchTimers('setInterval', 'clearInterval');
watchTimers('requestAnimationFrame', 'cancelAnimationFrame');

const LASTING = new Map<EventTarget, string>([
  [window, 'window'],
  [document, 'document'],
  [mediaDevices, 'mediaDevices'],
]);

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
const { addEventListener, removeEventListener } = EventTarget.prototype;

EventTarget.prototype.addEventListener = function (type, listener, options) {
  // A bare addEventListener() has no receiver, and means the window.
  const receiver = (this as EventTarget | undefined) ?? window;
  const target = LASTING.get(receiver);
  const { signal, once = false } = typeof options === 'object' ? options : {};
  if (target === undefined || !listener || signal?.aborted || caller() === TEST) {
    addEventListener.call(receiver, type, listener, options);
    return;
  }
  const entry = { what: `${target} ${type} ${caller()}`, type, listener };
  listeners.add(entry);
  const forget = () => listeners.delete(entry);
  if (signal) addEventListener.call(signal, 'abort', forget, { once: true });
  if (once) addEventListener.call(receiver, type, forget, { once: true });
  addEventListener.call(receiver, type, listener, options);
};

EventTarget.prototype.removeEventListener = function (type, listener, options) {
  for (const entry of listeners) {
    if ('listener' in entry && entry.listener === listener) listeners.delete(entry);
  }
  removeEventListener.call((this as EventTarget | undefined) ?? window, type, listener, options);
};
