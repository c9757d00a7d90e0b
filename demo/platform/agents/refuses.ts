import { type AgentScript, SHIPPED_AGENT } from '../agent-script.js';

type Refusal = readonly [status: number, detail: string, headers?: Record<string, string>];

const REFUSALS: readonly Refusal[] = [
  [400, 'The offer is not acceptable.'],
  [401, 'Invalid or missing API key.'],
  [402, 'Your credit is used up.'],
  [403, 'This agent may not be called from here.'],
  [404, 'Agent not found.'],
  [409, 'The agent is busy with another call.'],
  [413, 'The request is too large.'],
  [415, 'The request is not JSON.'],
  [418, 'I am a teapot.'],
  [429, 'Too many calls.', { 'Retry-After': '2' }],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'The service is being restarted.', { 'Retry-After': '1' }],
  [504, 'Gateway Timeout'],
];

function refuse([status, detail, headers = {}]: Refusal): Promise<Response> {
  return Promise.resolve(Response.json({ detail }, { status, headers }));
}

/** `refuses-400` and so on: an HTTP status with the API's `HTTPError` body. */
export const refusing: readonly AgentScript[] = REFUSALS.map((refusal) => ({
  id: `refuses-${refusal[0]}`,
  name: `Refuses with ${refusal[0]}`,
  config: SHIPPED_AGENT,
  answerOffer: () => refuse(refusal),
}));

/** `refuses-429-for-long`: longer than a visitor waits before a button. */
export const refusesForLong: AgentScript = {
  id: 'refuses-429-for-long',
  name: 'Refuses with 429 for two minutes',
  config: SHIPPED_AGENT,
  answerOffer: () => refuse([429, 'Too many calls.', { 'Retry-After': '120' }]),
};

/** `refuses-422`: the API's `HTTPValidationError`. */
export const refusesAsInvalid: AgentScript = {
  id: 'refuses-422',
  name: 'Refuses with 422',
  config: SHIPPED_AGENT,
  answerOffer: () => {
    const detail = [{ loc: ['body', 'offer', 'sdp'], msg: 'Not a session description', type: 'value_error' }];
    return Promise.resolve(Response.json({ detail }, { status: 422 }));
  },
};
