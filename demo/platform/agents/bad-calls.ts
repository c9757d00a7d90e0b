import { type AgentScript, type CallControl, SHIPPED_AGENT } from '../agent-script.js';

const HANG_UP_AFTER_MS = 1_500;
/** Seen as an interruption, and no loss yet. */
const PAUSE_MS = 3_000;
const LAST_WORDS_AFTER_MS = 100;
const FLOOD_EVERY_MS = 10;
/** 100 rounds a second: 5,000 messages. */
const FLOOD_PER_ROUND = 50;
const FLOOD_ROUNDS = 300;
/** What was held back by the visitor's side is forgiven by then. */
const AFTER_FLOOD_MS = 1_500;
const OVERSIZED_CHARS = 100_000;

function agent(id: string, name: string, afterGreeting: (call: CallControl) => void): AgentScript {
  return { id, name, config: { ...SHIPPED_AGENT, first_message: 'Hello.' }, afterGreeting };
}

/** So many rounds, or until the call is over, so that no timer outlives it. */
function repeat(rounds: number, ms: number, { signal }: CallControl, step: (round: number) => void): void {
  let round = 0;
  const timer = setInterval(() => {
    step((round += 1));
    if (round === rounds) clearInterval(timer);
  }, ms);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function later(ms: number, { signal }: CallControl, step: () => void): void {
  const timer = setTimeout(step, ms);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

function pause(call: CallControl): void {
  call.stopSending();
  later(PAUSE_MS, call, () => call.startSending());
}

/** The end of the session overtakes the text, and the connection stays. */
function endBeforeLastWords(call: CallControl): void {
  call.sendRaw(JSON.stringify({ method: 'onsessionended' }));
  const text = { method: 'onresponsetext', data: 'One more thing.', payload: { is_final: true } };
  later(LAST_WORDS_AFTER_MS, call, () => call.sendRaw(JSON.stringify(text)));
}

function leave(call: CallControl): void {
  call.stopSending();
  call.closeChannel();
}

function floodMessage(number: number): string | ArrayBuffer {
  switch (number % 10) {
    case 0:
      return '{"method": "ontranscript", "data": ';
    case 1:
      return new ArrayBuffer(64);
    case 2:
      return JSON.stringify({ method: 'never_heard_of', data: '<b>bold</b>' });
    case 3:
      return JSON.stringify({ method: 'ontranscript', data: { not: 'text' } });
    case 4:
      return 'null';
    default:
      return JSON.stringify({
        method: 'onresponsetext',
        data: `flood ${number}`,
        payload: { is_final: false },
      });
  }
}

/**
 * For three seconds, and then the agent says so. The WebRTC library's `send` crashes the process when the visitor's side closes the channel
 * in the middle of it (seen in RTCDataChannel::Send, which looks at a pointer that another thread clears): hang up after the flood.
 */
function flood(call: CallControl): void {
  const oversized = JSON.stringify({ method: 'onresponsetext', data: 'x'.repeat(OVERSIZED_CHARS) });
  repeat(FLOOD_ROUNDS, FLOOD_EVERY_MS, call, (round) => {
    for (let index = 0; index < FLOOD_PER_ROUND; index += 1)
      call.sendRaw(floodMessage(round * FLOOD_PER_ROUND + index));
    if (round % 100 === 1) call.sendRaw(oversized);
    if (round === FLOOD_ROUNDS) later(AFTER_FLOOD_MS, call, () => call.sendRaw(JSON.stringify(FLOOD_OVER)));
  });
}

const FLOOD_OVER = {
  method: 'onresponsetext',
  data: 'That was the flood.',
  payload: { is_final: true },
};

/** Agents that greet, and then misbehave in the call. */
export const badCalls: readonly AgentScript[] = [
  agent('hangs-up', 'Hangs up soon', (call) => later(HANG_UP_AFTER_MS, call, () => call.hangUp())),
  agent('ends-before-last-words', 'Says that it is over, and then one more thing', endBeforeLastWords),
  agent('vanishes', 'Vanishes without a word', (call) => call.vanish()),
  agent('leaves', 'Closes the channel, stops sending sound, and stays connected', leave),
  agent('goes-silent', 'Stops sending sound', (call) => call.stopSending()),
  agent('pauses', 'Stops sending sound for three seconds', pause),
  agent('closes-channel', 'Closes the data channel', (call) => call.closeChannel()),
  agent('floods', 'Floods the data channel', flood),
  // Without a greeting it misbehaves at once.
  {
    id: 'never-sends',
    name: 'Connects, and never sends sound',
    config: SHIPPED_AGENT,
    afterGreeting: (call) => call.stopSending(),
  },
];
