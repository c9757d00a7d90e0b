import { expect } from '@open-wc/testing';
import { failure, liveCall, prepareCall, snapshotWhere } from '../support/browser/calls.js';
import { alive } from '../support/browser/ledger.js';
import { askForMicrophone } from '../support/browser/microphone.js';

/** What is left of a call that is over, beside the far peer and its voice. */
function left(): string[] {
  return alive().filter((thing) => thing !== 'peer' && !thing.includes('far-end'));
}

// These wait as long as a visitor would. They have a file of their own, so that others run beside them.
describe('VoiceCall: deadlines', function () {
  this.timeout(25_000);

  it('hints at the prompt after eight seconds, and still takes the answer', async () => {
    const prompt = askForMicrophone();
    const { call } = prepareCall();
    const startedAt = performance.now();
    const started = call.start();
    await snapshotWhere(call, ({ hint }) => hint === 'microphone-prompt');
    expect(performance.now() - startedAt).to.be.at.least(7900);
    await prompt.allow();
    await started;
    expect(call.snapshot).to.include({ hint: undefined });
  });

  it('says that it is still connecting after four seconds', async () => {
    const { call } = prepareCall({ negotiate: () => new Promise(() => undefined) });
    const startedAt = performance.now();
    void call.start();
    await snapshotWhere(call, ({ hint }) => hint === 'still-connecting');
    expect(performance.now() - startedAt).to.be.at.least(3900);
  });

  it('offer-timeout: no answer in ten seconds', async () => {
    const { call } = prepareCall({ negotiate: () => new Promise(() => undefined) });
    expect(await failure(call.start())).to.include({ code: 'offer-timeout', phase: 'connecting' });
    expect(alive()).to.deep.equal([]);
  });

  it('connection-failed: connected, and not one packet in eight seconds', async () => {
    const { call } = await liveCall({}, { voice: null });
    const { state } = await snapshotWhere(call, ({ state }) => state.phase === 'failed');
    expect(state).to.have.nested.property('error.code', 'connection-failed');
    expect(left()).to.deep.equal([]);
  });

  it('connection-lost: no packet for twelve seconds, reconnecting meanwhile, and the transcript is kept', async () => {
    const { call, far, phases } = await liveCall();
    await far().say({ method: 'onresponsetext', data: 'Hello', payload: { is_final: true } });
    await snapshotWhere(call, ({ transcript }) => transcript.turns.length === 1);
    // A second of packets: the agent has been heard for certain.
    while ((await far().packetsHeard()) < 60)
      await snapshotWhere(call, ({ state }) => state.phase === 'live');
    await far().peer.getSenders()[0]?.replaceTrack(null);
    const { state, transcript } = await snapshotWhere(call, ({ state }) => state.phase === 'failed');
    expect(state).to.have.nested.property('error.code', 'connection-lost');
    expect(phases.slice(-2)).to.deep.equal(['reconnecting', 'failed']);
    expect(transcript.turns).to.have.length(1);
    expect(left()).to.deep.equal([]);
  });
});
