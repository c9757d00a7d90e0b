import type { CallPhase } from '../domain/call-state.js';
import type { CallErrorCode, CallWarningCode } from '../domain/call-error.js';
import type { CallHint } from '../call/call-store.js';

/** Words for what a gateway's code says better than its status does. */
type GatewayLabel =
  `gateway-${'misconfigured' | 'quota' | 'daily-limit' | 'not-authorized' | 'upstream-timeout'}`;

/** Where a refused microphone is allowed again: browsers differ. Chrome's and Edge's words are those of the code. */
type DeniedLabel = `microphone-denied-${'firefox' | 'safari' | 'ios' | 'android' | 'system'}`;

/** What could mend itself, and did. */
type MendedLabel = `mended-${'microphone-denied' | 'microphone-missing' | 'offline'}`;

/** With `{time}` in it: “in 2 minutes”. */
type WaitLabel = `${'rate-limited' | 'server-error'}-wait`;

/** Every text that a visitor reads or hears from a screen reader. */
export interface Labels extends Record<
  | CallErrorCode
  | CallWarningCode
  | CallHint
  | `status-${CallPhase}`
  | GatewayLabel
  | DeniedLabel
  | MendedLabel
  | WaitLabel,
  string
> {
  /** The button's words in its three states. */
  readonly idle: string;
  readonly connecting: string;
  readonly running: string;
  /** Said after `connecting`: the button cancels then. */
  readonly cancel: string;
  readonly mute: string;
  readonly retry: string;
  /** The second try after a call that was lost. */
  readonly callAgain: string;
  readonly close: string;
  readonly playSound: string;
  /** Opens the microphone again after a phone took it. */
  readonly resume: string;
  readonly transcript: string;
  readonly transcriptEmpty: string;
  readonly user: string;
  readonly agent: string;
  /** Said by screen readers while the microphone is muted. */
  readonly muted: string;
  /** Language of the times in these words (BCP 47). */
  readonly locale: string;
}

const NOT_SET_UP = 'Voice is not set up correctly on this page.';
const UNAVAILABLE = 'The agent is not available.';
const LATER = 'Please try again in a moment.';
const WAIT = 'Please try again {time}.';
const TRY = 'then try again.';
const UNAVAILABLE_NOW = `${UNAVAILABLE} ${LATER}`;
const NO_RESPONSE = "The agent isn't responding.";

export const ENGLISH: Labels = {
  idle: 'Talk to us',
  connecting: 'Connecting…',
  running: 'End call',
  cancel: 'Cancel',
  mute: 'Mute microphone',
  retry: 'Try again',
  callAgain: 'Call again',
  close: 'Close',
  playSound: 'Turn on sound',
  resume: 'Resume',
  transcript: 'Conversation',
  transcriptEmpty: 'Your conversation appears here.',
  user: 'You',
  agent: 'Agent',
  muted: 'Your microphone is muted.',
  locale: 'en',

  // Said by screen readers as the call moves on. A failure is said by its notice.
  'status-idle': '',
  'status-requesting-microphone': 'Waiting for your microphone.',
  'status-connecting': 'Connecting…',
  'status-live': 'Connected. You can speak now.',
  'status-reconnecting': 'The connection is interrupted.',
  'status-ending': 'The call is ending.',
  'status-ended': 'The call has ended.',
  'status-failed': '',

  'agent-id-missing': NOT_SET_UP,
  'config-invalid': NOT_SET_UP,
  'region-unknown': NOT_SET_UP,
  'browser-unsupported': 'This browser cannot call. Try Chrome, Edge, Firefox or Safari.',
  'insecure-context': 'Voice calls need a secure page (https).',
  'microphone-denied': `Press the icon beside the address, allow the microphone, ${TRY}`,
  'microphone-denied-firefox': `Press the crossed-out microphone beside the address, remove the block, ${TRY}`,
  'microphone-denied-safari': `In the menu Safari, under Settings for this website, allow the microphone, ${TRY}`,
  'microphone-denied-ios': `Press the icon beside the address, then Website Settings, allow the microphone, ${TRY}`,
  'microphone-denied-android': `Press the icon beside the address, then Permissions, allow the microphone, ${TRY}`,
  'microphone-denied-system': `Your system blocks the microphone for this browser. Allow it in the system settings, ${TRY}`,
  'microphone-dismissed': 'We need your microphone to start.',
  'microphone-blocked': 'Voice is not enabled on this page.',
  'microphone-missing': `No microphone was found. Connect one, ${TRY}`,
  'microphone-busy': `Another app is using your microphone. Close it, ${TRY}`,
  offline: 'You are offline.',
  'server-unreachable': `The agent could not be reached. ${LATER}`,
  unauthorized: NOT_SET_UP,
  'payment-required': UNAVAILABLE,
  forbidden: NOT_SET_UP,
  'agent-not-found': UNAVAILABLE,
  'offer-rejected': UNAVAILABLE,
  'rate-limited': `Many people are calling. ${LATER}`,
  'server-error': UNAVAILABLE_NOW,
  'offer-timeout': NO_RESPONSE,
  'answer-invalid': UNAVAILABLE_NOW,
  'connection-timeout': 'Your network blocks voice calls.',
  'connection-failed': NO_RESPONSE,
  'connection-lost': 'The call was lost.',
  internal: `Something went wrong. ${LATER}`,

  'gateway-misconfigured': NOT_SET_UP,
  'gateway-quota': UNAVAILABLE,
  'gateway-daily-limit': UNAVAILABLE,
  'gateway-not-authorized': 'Please reload the page, then try again.',
  'gateway-upstream-timeout': NO_RESPONSE,

  'mended-microphone-denied': 'The microphone is allowed now.',
  'mended-microphone-missing': 'A microphone is there now.',
  'mended-offline': 'You are online again.',
  'rate-limited-wait': `Many people are calling. ${WAIT}`,
  'server-error-wait': `${UNAVAILABLE} ${WAIT}`,

  'playback-blocked': 'Tap to hear the agent.',
  'microphone-lost': 'Your microphone is gone. Connect one, and you will be heard again.',
  'microphone-interrupted': 'Paused by your phone. Tap to resume.',
  'microphone-silent': "We can't hear you. Check your microphone.",
  'output-lost': 'Your sound comes from another device now.',
  'transcript-lost': 'The conversation is not written down any more.',
  'microphone-prompt': 'Please allow the microphone.',
  'still-connecting': 'Still connecting…',
  'microphone-replaced': 'Your microphone is gone. Another one is used now.',
};
