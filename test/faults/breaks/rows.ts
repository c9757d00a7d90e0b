import type { Break } from './break.js';

const SIGNALLING = 'test/e2e/faults-signalling.test.ts';
const REFUSALS = 'test/e2e/faults-refusals.test.ts';
const TRANSPORT = 'test/e2e/faults-transport.test.ts';
const HANG_UP = 'test/e2e/faults-hang-up.test.ts';
const DRIVEN = 'test/faults/transport.test.ts';
const CODE = 'src/call/signaling.ts';
const ANSWER = 'src/protocol/offer.ts';
const POLICY = 'src/domain/reconnect-policy.ts';
const WATCH = 'src/call/connection-watch.ts';
const LINES = 'src/call/lines.ts';

/** What the rows of signalling and of transport guard. */
export const breaks: readonly Break[] = [
  { row: 18, file: CODE, from: 'return navigator.onLine\n    ?', to: 'return true\n    ?', test: SIGNALLING },
  {
    row: 19,
    file: POLICY,
    from: "code === 'server-unreachable'",
    to: "code === 'internal'",
    test: SIGNALLING,
  },
  {
    row: 20,
    file: CODE,
    from: "disposition === 'enforce'",
    to: "disposition === 'report'",
    test: SIGNALLING,
  },
  {
    row: 21,
    file: CODE,
    from: "new CallError('offer-timeout'",
    to: "new CallError('internal'",
    test: SIGNALLING,
  },
  {
    row: 22,
    file: CODE,
    from: "'server-error' : 'offer-rejected'",
    to: "'server-error' : 'internal'",
    test: REFUSALS,
  },
  { row: 23, file: CODE, from: "[402, 'payment-required'],", to: '', test: REFUSALS },
  {
    row: 24,
    file: POLICY,
    from: 'const MOST_WAIT_MS = 10_000;',
    to: 'const MOST_WAIT_MS = 1;',
    test: REFUSALS,
  },
  { row: 25, file: POLICY, from: 'status >= 502', to: 'status > 504', test: REFUSALS },
  { row: 26, file: CODE, from: "redirect: 'manual'", to: "redirect: 'follow'", test: SIGNALLING },
  {
    row: 27,
    file: ANSWER,
    from: 'return JSON.parse(text);\n  } catch {\n    return undefined;',
    to: 'return JSON.parse(text);\n  } catch (error) {\n    throw error;',
    test: SIGNALLING,
  },
  { row: 28, file: ANSWER, from: "data?.type !== 'answer'", to: '!data', test: SIGNALLING },
  {
    row: 29,
    file: 'src/call/peer.ts',
    from: "throw answerInvalid('was refused by the browser', cause)",
    to: 'throw cause',
    test: SIGNALLING,
  },
  {
    row: 30,
    file: ANSWER,
    from: 'if (!sendsAudio(data.sdp)) throw',
    to: 'if (!data.sdp) throw',
    test: SIGNALLING,
  },
  { row: 31, file: LINES, from: "this.#policy = 'relay';", to: '', test: TRANSPORT },
  { row: 32, file: 'src/call/peer.ts', from: 'isDtls ? new', to: '!isDtls ? new', test: TRANSPORT },
  { row: 33, file: WATCH, from: 'const STALL_MS = 1500;', to: 'const STALL_MS = 9000;', test: TRANSPORT },
  { row: 34, file: WATCH, from: 'interrupt(isCutOff);', to: 'interrupt(false);', test: DRIVEN },
  { row: 35, file: LINES, from: 'delayMs === null', to: 'delayMs !== undefined', test: DRIVEN },
  {
    row: 35,
    file: 'src/domain/reconnect-policy.ts',
    from: '[500, 2000]',
    to: '[500, 2000, 2000]',
    test: DRIVEN,
  },
  { row: 38, file: WATCH, from: 'const STATS_AGE_MS = 100;', to: 'const STATS_AGE_MS = 900;', test: HANG_UP },
  { row: 39, file: WATCH, from: "now > then ? 'channel-lost' : 'hung-up'", to: "'hung-up'", test: TRANSPORT },
  {
    row: 40,
    file: WATCH,
    from: "if (channel.readyState === 'connecting')",
    to: 'if (signal.aborted)',
    test: DRIVEN,
  },
  { row: 41, file: WATCH, from: 'silentMs >= FIRST_PACKET_MS', to: 'silentMs >= 60_000', test: TRANSPORT },
  { row: 61, file: WATCH, from: ' || sinceCheckMs >= SLEEP_MS', to: '', test: DRIVEN },
];
