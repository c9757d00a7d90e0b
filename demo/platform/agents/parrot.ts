import { type AgentScript, SHIPPED_AGENT } from '../agent-script.js';
import { heardText } from '../interim-text.js';

/** Plays back what the visitor just said, as loud as it was: microphone and loudspeaker proven by ear. */
export const parrot: AgentScript = {
  id: 'parrot',
  name: 'Parrot',
  config: {
    ...SHIPPED_AGENT,
    first_message: 'Say something.',
    session_timeout: { max_duration: 600 },
  },
  interim: 'pieces',
  reply: ({ heard, heardMs }) => ({ text: `${heardText(heardMs)}, played back`, samples: heard }),
};
