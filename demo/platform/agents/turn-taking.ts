import { type AgentScript, SHIPPED_AGENT } from '../agent-script.js';

const LISTENED = 'I have listened to you.';
const LONG_ANSWER =
  'I have heard you, and now I say this sentence to its end, however long it is, because nobody can interrupt me.';

/** Waits until the visitor has spoken first. */
export const patient: AgentScript = {
  id: 'patient',
  name: 'Patient',
  config: { ...SHIPPED_AGENT, first_message: 'Hello.', flow: { user_start_first: true } },
  lines: [LISTENED],
  reply: () => ({ text: LISTENED }),
};

/** Finishes its sentences: it hears what is said meanwhile, and answers afterwards. */
export const steadfast: AgentScript = {
  id: 'steadfast',
  name: 'Steadfast',
  config: {
    ...SHIPPED_AGENT,
    first_message: 'Hello, I cannot be interrupted.',
    flow: { interruption: { allowed: false } },
  },
  lines: [LONG_ANSWER],
  reply: () => ({ text: LONG_ANSWER }),
};
