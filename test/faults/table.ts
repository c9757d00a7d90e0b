import type { CallErrorCode, CallWarningCode } from '../../src/domain/call-error.js';

/** One thing that goes wrong in a stranger's page. What is said of it here is what its test asserts, so the two cannot differ. */
export interface Fault {
  /** What goes wrong, and how it shows in a browser. */
  readonly fault: string;
  /** What the widget does by itself. */
  readonly happens: string;
  /** What the visitor reads. `undefined`: nothing new, because nothing is asked of the visitor. */
  readonly words?: string;
  /** Of `millis-error`, or of `millis-warning` where the call goes on. */
  readonly code?: CallErrorCode | CallWarningCode;
  /** Why it cannot be provoked on a test machine, and what the test drives instead. `undefined`: it is provoked. */
  readonly driven?: string;
}

const AT_REST = 'Nothing: the button can be pressed again.';
const GOES_ON = 'The call goes on.';
const NOT_SET_UP = 'Voice is not set up correctly on this page.';
const UNAVAILABLE = 'The agent is not available.';
const UNAVAILABLE_NOW = 'The agent is not available. Please try again in a moment.';
const UNREACHABLE = 'The agent could not be reached. Please try again in a moment.';
const NO_RESPONSE = "The agent isn't responding.";
const RECONNECTING = 'The connection is interrupted.';
const LOST = 'The call was lost.';

/** By the number of their row. */
export const FAULTS = {
  // A. Microphone
  1: {
    fault: 'The visitor refuses the microphone: `NotAllowedError`.',
    happens: `${AT_REST} The words say where this browser allows it.`,
    code: 'microphone-denied',
    words: 'Press the icon beside the address, allow the microphone, then try again.',
  },
  2: {
    fault: 'The visitor closes the prompt: `NotAllowedError` with a message that only Chromium has.',
    happens: AT_REST,
    code: 'microphone-dismissed',
    words: 'We need your microphone to start.',
  },
  3: {
    fault: 'The microphone was refused on an earlier visit: it is refused again at once, without a prompt.',
    happens: 'Nothing, until the permission changes: then the words say so, and a press calls.',
    code: 'microphone-denied',
    words: 'Press the icon beside the address, allow the microphone, then try again.',
  },
  4: {
    fault: 'The system blocks the microphone for the whole browser.',
    happens: AT_REST,
    code: 'microphone-denied',
    words:
      'Your system blocks the microphone for this browser. Allow it in the system settings, then try again.',
    driven:
      'Linux has no such switch: `getUserMedia` rejects with the error that Chromium has on macOS and Windows.',
  },
  5: {
    fault: 'A frame without `allow="microphone"`, an opaque sandbox, or a `Permissions-Policy` header.',
    happens: `${AT_REST} The console says once which attribute or header is missing.`,
    code: 'microphone-blocked',
    words: 'Voice is not enabled on this page.',
  },
  6: {
    fault: 'The page is not served over https: `navigator.mediaDevices` is missing.',
    happens: 'It is known, and said, before the button is pressed.',
    code: 'insecure-context',
    words: 'Voice calls need a secure page (https).',
  },
  7: {
    fault: 'No `RTCPeerConnection`, or one whose constructor throws.',
    happens: 'Nothing throws at import or upgrade; it is said before the button is pressed.',
    code: 'browser-unsupported',
    words: 'This browser cannot call. Try Chrome, Edge, Firefox or Safari.',
  },
  8: {
    fault: 'There is no microphone: `NotFoundError`.',
    happens: 'Nothing, until one is connected: then the words say so, and a press calls.',
    code: 'microphone-missing',
    words: 'No microphone was found. Connect one, then try again.',
  },
  9: {
    fault: 'Something else holds the microphone: `NotReadableError` or `AbortError`.',
    happens: 'It is asked for once more after half a second.',
    code: 'microphone-busy',
    words: 'Another app is using your microphone. Close it, then try again.',
    driven: 'A fake device is never busy: `getUserMedia` rejects with the error.',
  },
  10: {
    fault: 'The microphone cannot do what is asked of it: `OverconstrainedError`.',
    happens: 'It is asked for once more, with no wishes.',
    driven: 'A fake device can do all that is asked: `getUserMedia` rejects with the error.',
  },
  11: {
    fault: 'The prompt is left open.',
    happens:
      'A hint after 8 s; the button cancels all the time; a grant that comes later is given back at once.',
    words: 'Please allow the microphone.',
    driven: 'A browser without a window closes its prompts: `getUserMedia` is held back.',
  },
  12: {
    fault: 'The microphone is unplugged in a call: `ended` on its track.',
    happens: 'The default one takes over; where there is none, the next that is connected.',
    code: 'microphone-lost',
    words: 'Your microphone is gone. Connect one, and you will be heard again.',
    driven: 'A fake device cannot be unplugged: `ended` is dispatched on the real track.',
  },
  13: {
    fault: 'The phone interrupts (a phone call, a lock screen): `mute` on the track.',
    happens:
      'After 1.5 s the words ask for a press, which opens the microphone again; an `unmute` ends it, too.',
    code: 'microphone-interrupted',
    words: 'Paused by your phone. Tap to resume.',
    driven: 'No phone here: `mute` is dispatched on the real track.',
  },
  14: {
    fault: 'The microphone gives exact silence for 3 s, though it is not muted.',
    happens: `${GOES_ON} The words go away with the first sound.`,
    code: 'microphone-silent',
    words: "We can't hear you. Check your microphone.",
  },
  15: {
    fault: 'A headset is plugged in during a call: `devicechange`.',
    happens: 'The system decides. Nothing is asked for, nothing is switched.',
    driven: 'No headset here: `devicechange` is dispatched.',
  },
  16: {
    fault: 'The loudspeaker is gone.',
    happens: 'The sound goes on from the default one.',
    code: 'output-lost',
    words: 'Your sound comes from another device now.',
    driven:
      'A fake device cannot be unplugged: the list of devices is shorter, and `devicechange` is dispatched.',
  },
  17: {
    fault: 'The browser blocks the sound: `play()` rejects with `NotAllowedError`.',
    happens: `${GOES_ON} A press plays it.`,
    code: 'playback-blocked',
    words: 'Tap to hear the agent.',
    driven:
      'Chromium and Firefox let a page sound as soon as it listens to a microphone: `play()` rejects with the error of Safari.',
  },

  // B. Signalling
  18: {
    fault: '`navigator.onLine` is false.',
    happens:
      'It is tried all the same. If that fails: nothing, until the browser is online again; then the words say so.',
    code: 'offline',
    words: 'You are offline.',
  },
  19: {
    fault: 'Name, TLS, CORS or a blocker: `fetch` rejects with one and the same `TypeError`.',
    happens:
      'One more request after 0.4 to 1.2 s, if under 4 s have passed. The console lists what it may be.',
    code: 'server-unreachable',
    words: UNREACHABLE,
  },
  20: {
    fault: "The page's own Content-Security-Policy forbids the request.",
    happens: 'Nothing is tried again. The error names the directive.',
    code: 'server-unreachable',
    words: UNREACHABLE,
  },
  21: {
    fault: 'No answer in 10 s.',
    happens: 'After 4 s: “Still connecting…”.',
    code: 'offer-timeout',
    words: NO_RESPONSE,
  },
  22: {
    fault: '400, 409, 413, 415, 422 or another 4xx.',
    happens: `${AT_REST} The event has \`status\` and the server's \`detail\`.`,
    code: 'offer-rejected',
    words: UNAVAILABLE,
  },
  23: {
    fault: '401, 402, 403 or 404: `unauthorized`, `payment-required`, `forbidden`, `agent-not-found`.',
    happens: AT_REST,
    code: 'unauthorized',
    words: NOT_SET_UP,
  },
  24: {
    fault: '429.',
    happens: 'One more request after `Retry-After`, if that is at most 10 s; else the words say how long.',
    code: 'rate-limited',
    words: 'Many people are calling. Please try again in 2 minutes.',
  },
  25: {
    fault: '500, or 502, 503, 504.',
    happens:
      '500: nothing. 502, 503, 504: one more request, as in row 19; a 503 with `Retry-After` as in row 24.',
    code: 'server-error',
    words: UNAVAILABLE_NOW,
  },
  26: {
    fault: 'The server answers with a redirect.',
    happens: 'It is not followed, and nothing is tried again.',
    code: 'server-unreachable',
    words: UNREACHABLE,
  },
  27: {
    fault: 'A 200 with HTML, broken JSON, or more than 64 kB.',
    happens: AT_REST,
    code: 'answer-invalid',
    words: UNAVAILABLE_NOW,
  },
  28: {
    fault: 'An answer whose `type` is not `answer`; both browsers would take it.',
    happens: AT_REST,
    code: 'answer-invalid',
    words: UNAVAILABLE_NOW,
  },
  29: {
    fault: 'SDP that the browser refuses.',
    happens: `${AT_REST} No log has the SDP.`,
    code: 'answer-invalid',
    words: UNAVAILABLE_NOW,
  },
  30: {
    fault: 'An answer that sends no audio: it would connect, and no sound would ever come.',
    happens: AT_REST,
    code: 'answer-invalid',
    words: UNAVAILABLE_NOW,
  },

  // C. Transport
  31: {
    fault: 'Answered, and not connected in 12 s.',
    happens: 'With TURN configured: one more session, through the relay only.',
    code: 'connection-timeout',
    words: 'Your network blocks voice calls.',
  },
  32: {
    fault: 'DTLS fails.',
    happens: AT_REST,
    code: 'connection-failed',
    words: NO_RESPONSE,
  },
  33: {
    fault: 'Packets stop for 1.5 s.',
    happens:
      'The phase is `reconnecting`, on the same connection; live again, silently, with the first packet.',
    words: RECONNECTING,
  },
  34: {
    fault: '`disconnected` for 3 s.',
    happens: 'As row 33, also while packets come. Nothing is torn down.',
    words: RECONNECTING,
  },
  35: {
    fault: 'Packets stop for 12 s, or the connection is `failed`.',
    happens:
      'The call ends, its transcript stays. With `auto-reconnect`: up to two fresh sessions, after 0.5 and 2 s; the two are restored by 10 s of sound.',
    code: 'connection-lost',
    words: LOST,
  },
  36: {
    fault: "The visitor's network changes, and packets stop.",
    happens: 'The old connection is not waited for: as row 35, as soon as HTTP works.',
    code: 'connection-lost',
    words: LOST,
  },
  37: {
    fault: 'The server is killed, or frozen.',
    happens: 'As row 33, then as row 35.',
    code: 'connection-lost',
    words: LOST,
  },
  38: {
    fault: 'The agent hangs up: `onsessionended`, or its end is closed.',
    happens:
      '`millis-call-end` with reason `agent` within 300 ms; a last line of the transcript has the time to come.',
    words: 'The call has ended.',
  },
  39: {
    fault: 'The data channel closes, and the sound goes on.',
    happens: GOES_ON,
    code: 'transcript-lost',
    words: 'The conversation is not written down any more.',
  },
  40: {
    fault: 'The data channel never opens.',
    happens: 'If the answer refused it: nothing. Else the warning comes after 10 s.',
    code: 'transcript-lost',
    words: 'The conversation is not written down any more.',
    driven:
      'Both browsers open a channel whatever the answer says of it: the page reads that it is still connecting.',
  },
  41: {
    fault: 'Connected, and no packet in 8 s.',
    happens: AT_REST,
    code: 'connection-failed',
    words: NO_RESPONSE,
  },
  42: {
    fault: 'Messages that are malformed, binary, or unknown.',
    happens:
      'Those that cannot be read are dropped, and counted; what is newer than the widget is passed over.',
  },
  43: {
    fault: 'Messages over 64 kB, over 100 a second, or over 1 MB a minute.',
    happens:
      'What is over that is dropped, and counted; the page is drawn once a frame. After 10 s of flood the channel is closed.',
    code: 'transcript-lost',
    words: 'The conversation is not written down any more.',
  },
  44: {
    fault: 'Markup, control characters and characters that change the direction, in what is said.',
    happens: 'It is shown as text, without them, each turn in its own direction.',
  },
  45: {
    fault: 'Text that comes late, twice, or in another order.',
    happens: 'Each turn is there once; a final text wins.',
  },

  // D. The page around us
  46: { fault: 'The element is removed in a call.', happens: 'The call ends, with reason `removed`.' },
  47: {
    fault: 'The element is moved in a call (`append`, `moveBefore`).',
    happens: 'The call and its sound go on.',
  },
  48: {
    fault: 'The tab is hidden.',
    happens: 'The call goes on; the connection is looked at again when it is shown.',
  },
  49: {
    fault: 'The page is left, frozen, and comes back from the back/forward cache.',
    happens: 'The call is closed when the page goes, and the widget is at rest when it comes back.',
  },
  50: {
    fault: 'A double click; a key that is held.',
    happens: 'One attempt. While it connects, the button cancels.',
  },
  51: {
    fault: 'An end during a start; a start right after an end.',
    happens: 'The end wins within 100 ms; what comes late is closed.',
  },
  52: { fault: 'Attributes change in a call.', happens: 'The look at once, the wiring with the next call.' },
  53: { fault: 'A second element starts a call.', happens: 'The first one ends, with reason `replaced`.' },
  54: {
    fault: 'Loaded twice, in two versions, or where somebody else has the tag.',
    happens: 'One warning, and nothing is thrown.',
  },
  55: {
    fault: 'Properties that are set before the element is defined; markup from a server.',
    happens: 'They are kept.',
  },
  56: {
    fault: 'A config that is hostile, huge, or slow (`__proto__`, 10 MB, 30 s).',
    happens: 'At most 64 kB and 3 s, known keys only; the defaults hold, and the widget works.',
  },
  57: {
    fault: '`buttonCss` that loads, covers the page, or breaks out of its rule.',
    happens: 'Only allowed properties and values are taken, and written into a rule of our own.',
  },
  58: {
    fault: 'Icons that are markup, scripts, or huge.',
    happens: 'They are an image or a text, never markup in our tree.',
  },
  59: {
    fault: 'Frozen prototypes; patched `fetch`, `Promise`, `Array.prototype`.',
    happens: 'We patch nothing, and take what we need when we are loaded.',
  },
  60: { fault: 'A listener of the page throws.', happens: 'The browser reports it; the call is unharmed.' },
  61: {
    fault: 'The machine sleeps: the clocks jump over more than 20 s, and no packet came.',
    happens: 'As row 35, at once.',
    code: 'connection-lost',
    words: LOST,
    driven: 'A test cannot put the machine to sleep: the page reads a clock that jumps.',
  },
  62: {
    fault: 'A strict Content-Security-Policy, and trusted types with `lit-html` allowed.',
    happens: 'All works, and nothing is violated.',
  },
  63: {
    fault: 'Trusted types without `lit-html`.',
    happens: 'One line in the console says what to add, and nothing is thrown.',
  },
  64: {
    fault: '`postMessage`, storage, cookies, globals of the page.',
    happens: 'None is used. Storage may throw.',
  },
} as const satisfies Readonly<Record<number, Fault>>;

export type FaultNumber = keyof typeof FAULTS;

/** The title of the test of a row: `it(row(12), …)`. A check looks for one of each. */
export function row(number: FaultNumber): string {
  return `row ${number}: ${FAULTS[number].fault}`;
}
