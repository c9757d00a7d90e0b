import type { Break } from './break.js';

const MESSAGES = 'test/faults/messages.test.ts';
const FLOODS = 'test/faults/floods.test.ts';
const SESSION = 'src/call/session.ts';

/** What the rows of the data channel guard. */
export const breaks: readonly Break[] = [
  { row: 42, file: SESSION, from: 'else onDropped();', to: '', test: MESSAGES },
  {
    row: 43,
    file: SESSION,
    from: 'if (now - floodFrom > FLOOD_MS) channel.close();',
    to: '',
    test: FLOODS,
  },
  {
    row: 44,
    file: 'src/element/transcript-view.ts',
    from: '<span class="unseen" dir="auto">',
    to: '<span class="unseen">',
    test: MESSAGES,
  },
  {
    row: 45,
    file: 'src/domain/transcript.ts',
    from: 'if (!closed.cut) return echo && said.includes(words) ? transcript : undefined;',
    to: 'if (!closed.cut) return undefined;',
    test: MESSAGES,
  },
];
