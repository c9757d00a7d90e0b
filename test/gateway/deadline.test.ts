import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { DeadlineError, withDeadline } from '../../src/gateway/deadline.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('a deadline', () => {
  it('hands on what the work came to', async () => {
    assert.equal(await withDeadline(1000, undefined, () => Promise.resolve('done')), 'done');
    await assert.rejects(
      withDeadline(1000, undefined, () => Promise.reject(new Error('broken'))),
      /broken/,
    );
  });

  it('ends work that does not listen, and aborts its signal', async () => {
    let aborted: AbortSignal | undefined;
    const work = (signal: () => AbortSignal): Promise<never> => {
      aborted = signal();
      return never();
    };
    await assert.rejects(withDeadline(1, undefined, work), DeadlineError);
    assert.equal(aborted?.aborted, true);
  });

  it('ends with the signal around it, and with its reason', async () => {
    const outer = new AbortController();
    const ended = withDeadline(1000, outer.signal, never);
    outer.abort(new Error('went away'));
    await assert.rejects(ended, /went away/);
    await assert.rejects(withDeadline(1000, outer.signal, never), /went away/);
  });

  it('leaves no timer and no listener', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const cleared = mock.method(globalThis, 'clearTimeout');
    const outer = new AbortController();
    const added = mock.method(outer.signal, 'addEventListener');
    const removed = mock.method(outer.signal, 'removeEventListener');
    await withDeadline(1000, outer.signal, () => Promise.resolve());
    assert.equal(cleared.mock.callCount(), 1);
    assert.equal(added.mock.callCount(), 1);
    assert.deepEqual(removed.mock.calls[0]?.arguments[1], added.mock.calls[0]?.arguments[1]);
    mock.timers.reset();
    mock.restoreAll();
  });
});
