import type { CallPhase } from '../domain/call-state.js';
import type { CallErrorCode } from '../domain/call-error.js';
import type { CallHint } from '../call/call-store.js';

/** Words for what a gateway's code says better than its status does. */
type GatewayLabel =
  `gateway-${'misconfigured' | 'quota' | 'daily-limit' | 'not-authorized' | 'upstream-timeout'}`;

/** Every text that a visitor reads or hears from a screen reader. */
export interface Labels extends Record<
  CallErrorCode | CallHint | 'playback-blocked' | `status-${CallPhase}` | GatewayLabel,
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
  readonly close: string;
  readonly playSound: string;
  readonly transcript: string;
  readonly transcriptEmpty: string;
  readonly user: string;
  readonly agent: string;
  /** Said by screen readers while the microphone is muted. */
  readonly muted: string;
}

const NOT_SET_UP = 'Voice is not set up correctly on this page.';
const UNAVAILABLE = 'The agent is not available.';
const LATER = 'Please try again in a moment.';
const UNAVAILABLE_NOW = `${UNAVAILABLE} ${LATER}`;
const NO_RESPONSE = "The agent isn't responding.";

export const ENGLISH: Labels = {
  idle: 'Talk to us',
  connecting: 'Connecting…',
  running: 'End call',
  cancel: 'Cancel',
  mute: 'Mute microphone',
  retry: 'Try again',
  close: 'Close',
  playSound: 'Turn on sound',
  transcript: 'Conversation',
  transcriptEmpty: 'Your conversation appears here.',
  user: 'You',
  agent: 'Agent',
  muted: 'Your microphone is muted.',

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
  'microphone-denied': 'Allow the microphone for this site, then try again.',
  'microphone-dismissed': 'We need your microphone to start.',
  'microphone-blocked': 'Voice is not enabled on this page.',
  'microphone-missing': 'No microphone was found.',
  'microphone-busy': 'Another app is using your microphone.',
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

  'playback-blocked': 'Your browser blocked the sound.',
  'microphone-prompt': 'Please allow the microphone.',
  'still-connecting': 'Still connecting…',
};
