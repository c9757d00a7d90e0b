import type { Break } from './break.js';

/** What the row of a browser that cannot call guards; the test runs in WebKitGTK. */
export const breaks: readonly Break[] = [
  {
    row: 7,
    file: 'src/call/peer.ts',
    from: "'browser-unsupported'",
    to: "'internal'",
    test: 'test/engines/cannot-call.test.ts',
  },
];
