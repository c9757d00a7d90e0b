import type { Break } from './break.js';

const OUTAGES = 'test/network/outages.test.ts';
const ADDRESS = 'test/network/address.test.ts';
const WATCH = 'src/call/connection-watch.ts';

/** What the rows guard that were tested over a real link. */
export const breaks: readonly Break[] = [
  {
    row: 31,
    file: 'src/call/peer.ts',
    from: "new CallError('connection-timeout', 'No way",
    to: "new CallError('connection-failed', 'No way",
    test: OUTAGES,
  },
  { row: 33, file: WATCH, from: 'const STALL_MS = 1500;', to: 'const STALL_MS = 6000;', test: OUTAGES },
  { row: 35, file: WATCH, from: 'const HOLD_MS = 12_000;', to: 'const HOLD_MS = 8_000;', test: OUTAGES },
  // The greeting of a fresh session would be written over what was said in the one before.
  {
    row: 35,
    file: 'src/call/call-run.ts',
    from: 'this.#store.settle();',
    to: '',
    test: OUTAGES,
  },
  {
    row: 36,
    file: WATCH,
    from: 'if (asking || changedAt < packetAt - CHANGE_LEAD_MS) return;',
    to: 'if (asking || packetAt > 0) return;',
    test: ADDRESS,
  },
  {
    row: 36,
    file: 'src/domain/reconnect-policy.ts',
    from: 'const SESSION_DELAYS_MS = [500, 2000];',
    to: 'const SESSION_DELAYS_MS = [500, 2000, 2000];',
    test: ADDRESS,
  },
  { row: 37, file: WATCH, from: 'const HOLD_MS = 12_000;', to: 'const HOLD_MS = 40_000;', test: OUTAGES },
];
