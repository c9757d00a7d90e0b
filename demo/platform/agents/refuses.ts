import { type AgentScript, SHIPPED_AGENT } from '../agent-script.js';

const REFUSALS: readonly (readonly [status: number, detail: string, headers?: Record<string, string>])[] = [
  [400, 'The offer is not acceptable.'],
  [401, 'Invalid or missing API key.'],
  [402, 'Your credit is used up.'],
  [403, 'This agent may not be called from here.'],
  [404, 'Agent not found.'],
  [409, 'The agent is busy with another call.'],
  [429, 'Too many calls.', { 'Retry-After': '2' }],
  [500, 'Internal Server Error'],
  [503, 'The service is being restarted.', { 'Retry-After': '1' }],
];

/** `refuses-400` and so on: an HTTP status with the API's `HTTPError` body. */
export const refusing: readonly AgentScript[] = REFUSALS.map(([status, detail, headers = {}]) => ({
  id: `refuses-${status}`,
  name: `Refuses with ${status}`,
  config: SHIPPED_AGENT,
  answerOffer: () => Promise.resolve(Response.json({ detail }, { status, headers })),
}));

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
