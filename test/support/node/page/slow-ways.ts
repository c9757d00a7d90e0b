import { attempt, failing, phase, told, type Way } from './caller.js';

function hungUp(agentId: string): Way {
  return async ({ element }) => {
    const caller = element(agentId);
    attempt(caller);
    await phase(caller, 'ended');
  };
}

/** Ways that take seconds, because something has to be waited for. */
export const SLOW_WAYS: Readonly<Record<string, Way>> = {
  'the agent hangs up': hungUp('hangs-up'),
  'the agent vanishes': hungUp('vanishes'),
  async 'the agent closes the channel'({ element }) {
    const caller = element('closes-channel');
    const warned = told(caller, 'millis-warning');
    await caller.start();
    // Where the machine is so busy that no packet comes meanwhile, it is taken for a hang-up.
    await Promise.race([warned, phase(caller, 'ended')]);
    await caller.end();
  },
  async 'the agent floods'({ element }) {
    const caller = element('floods');
    const isOver = new Promise<void>((resolve) =>
      caller.addEventListener('millis-transcript', ({ turns }) => {
        if (turns.some(({ text }) => text.endsWith('That was the flood.'))) resolve();
      }),
    );
    await caller.start();
    await isOver;
    await caller.end();
  },
  'the connection is lost': failing('goes-silent'),
  'it never connects': failing('never-connects'),
};
