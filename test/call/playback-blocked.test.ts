import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { liveCall, snapshotWhere } from '../support/browser/calls.js';
import { afterTest } from '../support/browser/cleanup.js';
import { soundingElements } from '../support/browser/ledger.js';

// Nobody has pressed anything in this page yet, so the browser itself blocks the sound: this file must stay alone.
describe('VoiceCall: sound that the browser blocks', () => {
  it('is a live call that says so, and plays with the next press', async () => {
    const warnings: string[] = [];
    const { call } = await liveCall({ onWarning: (code) => warnings.push(code) });
    await snapshotWhere(call, ({ warnings: now }) => now.includes('playback-blocked'));
    expect(call.snapshot.state.phase).to.equal('live');
    expect(warnings).to.deep.equal(['playback-blocked']);
    expect(soundingElements()[0]?.paused).to.equal(true);

    const press = () => call.resume();
    document.addEventListener('click', press, { once: true });
    afterTest(() => document.removeEventListener('click', press));
    await sendMouse({ type: 'click', position: [5, 5] });

    await snapshotWhere(call, ({ warnings: now }) => now.length === 0);
    expect(soundingElements()[0]?.paused).to.equal(false);
  });
});
