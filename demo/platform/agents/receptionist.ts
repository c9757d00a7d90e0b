import { type AgentScript, SHIPPED_AGENT } from '../agent-script.js';

const ASK_DAY = 'I can help with that. Which day suits you best?';
const BOOKED = 'Thank you. I have booked you in for Tuesday at ten.';
const ANYTHING_ELSE = 'You will get a text message. Is there anything else?';
const GOODBYE = 'Thank you for calling. Goodbye!';

/** The front desk of a small dental practice: fixed lines, one booking, and a goodbye after the fourth answer. */
export const receptionist: AgentScript = {
  id: 'receptionist',
  name: 'Receptionist',
  config: {
    ...SHIPPED_AGENT,
    first_message: 'Good day, this is the Linden dental practice. How can I help you?',
    flow: {
      response_delay: 300,
      agent_terminate_call: { enabled: true },
      inactivity_handling: { idle_time: 20, message: 'Are you still there?' },
    },
    session_timeout: { max_duration: 600, max_idle: 60, message: 'I have to end the call now. Goodbye!' },
  },
  interim: 'grows',
  lines: [ASK_DAY, BOOKED, ANYTHING_ELSE, GOODBYE],
  reply: ({ number }) => {
    if (number === 1) return { text: ASK_DAY };
    if (number === 2) return { text: BOOKED, functionCall: BOOKING };
    if (number === 3) return { text: ANYTHING_ELSE };
    return { text: GOODBYE, ends: true };
  },
};

const BOOKING = { name: 'book_appointment', params: { day: 'Tuesday', time: '10:00', reason: 'check-up' } };
