import { expect } from '@open-wc/testing';
import { diagnose, type Diagnosis } from '../../src/call/diagnosis.js';
import type { VoiceCall } from '../../src/call/voice-call.js';
import { liveCall } from '../support/browser/calls.js';
import { frame } from '../support/browser/widget.js';

type Entry = Readonly<Record<string, unknown>>;

/** A report as a browser makes it, of entries that this one does not have. */
function reportOf(...entries: readonly Entry[]): RTCStatsReport {
  return new Map(entries.map((entry) => [String(entry['id']), entry]));
}

async function statsOf(call: VoiceCall): Promise<RTCStatsReport> {
  const report = await call.stats();
  if (!report) throw new Error('The call has no peer.');
  return report;
}

/** The first diagnosis of a call, from now on, of which `holds` is true. */
async function diagnosisWhere(call: VoiceCall, holds: (diagnosis: Diagnosis) => boolean): Promise<Diagnosis> {
  for (;;) {
    const diagnosis = diagnose(await statsOf(call));
    if (holds(diagnosis)) return diagnosis;
    await frame();
  }
}

describe('diagnose', () => {
  it('reads the statistics of a call between two peers', async () => {
    const { call } = await liveCall();
    const found = await diagnosisWhere(
      call,
      ({ packetsReceived = 0, packetsSent = 0, channelState, candidatePair, agentLevel = 0 }) =>
        packetsReceived > 20 &&
        packetsSent > 20 &&
        channelState === 'open' &&
        !!candidatePair &&
        agentLevel > 0,
    );
    expect(found.candidatePair?.local).to.match(/^(host|prflx)$/);
    expect(found.candidatePair?.remote).to.match(/^(host|prflx)$/);
    expect(found.candidatePair?.protocol).to.equal('udp');
    expect(found.localCandidates).to.include('host udp');
    expect(found.remoteCandidates).to.not.be.empty;
    expect([found.iceState, found.dtlsState]).to.deep.equal(['connected', 'connected']);
    expect(found.codec).to.equal('audio/opus, 48000 Hz');
    expect(found.lossPercent).to.be.within(0, 5);
    expect(found.jitterMs).to.be.within(0, 500);
    expect(found.roundTripMs).to.be.within(0, 500);
    expect(found.messagesReceived).to.equal(0);
    expect(found.agentLevel).to.be.within(0, 1);
  });

  it('tells the level of the microphone, where the browser does', async () => {
    const { call } = await liveCall();
    const tells = (await levelsOf(call)).some((entry) => 'audioLevel' in entry);
    const { microphoneLevel } = await diagnosisWhere(
      call,
      ({ microphoneLevel: level = 0, packetsSent = 0 }) => level > 0 || (!tells && packetsSent > 20),
    );
    if (tells) expect(microphoneLevel).to.be.within(0.0001, 1);
    else expect(microphoneLevel).to.equal(undefined);
  });

  it('holds no address, port, user fragment, fingerprint or id of the report', async () => {
    const { call } = await liveCall();
    await diagnosisWhere(call, ({ candidatePair }) => candidatePair !== undefined);
    const report = await statsOf(call);
    const secrets = secretsIn(report);
    expect(secrets.length, 'there is nothing to hide').to.be.greaterThan(5);
    const told = JSON.stringify(diagnose(report));
    expect(secrets.filter((secret) => told.includes(secret))).to.deep.equal([]);
  });

  it('of a peer that never connected is that nothing is known', async () => {
    const peer = new RTCPeerConnection();
    const { localCandidates, remoteCandidates, ...rest } = diagnose(await peer.getStats());
    peer.close();
    expect([localCandidates, remoteCandidates]).to.deep.equal([[], []]);
    expect(Object.values(rest).filter((value) => value !== undefined)).to.deep.equal([]);
  });

  it('finds the pair that the report marks, where it has no transport', () => {
    const found = diagnose(
      reportOf(
        { id: 'p1', type: 'candidate-pair', nominated: true, state: 'failed', localCandidateId: 'l1' },
        { id: 'p2', type: 'candidate-pair', selected: true, localCandidateId: 'l2', remoteCandidateId: 'r1' },
        { id: 'l1', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
        { id: 'l2', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' },
        { id: 'r1', type: 'remote-candidate', candidateType: 'srflx', protocol: 'udp', networkType: 'wifi' },
      ),
    );
    expect(found.candidatePair).to.deep.equal({
      local: 'relay',
      remote: 'srflx',
      protocol: 'tls',
      networkType: undefined,
    });
    expect(found.localCandidates).to.deep.equal(['host udp', 'relay udp']);
  });

  it('counts what was lost, also where more came than was sent', () => {
    const received = (packetsLost: number) =>
      diagnose(reportOf({ id: 'i', type: 'inbound-rtp', packetsReceived: 90, packetsLost })).lossPercent;
    expect([received(10), received(-3), received(-90)]).to.deep.equal([10, 0, undefined]);
  });

  it('takes nothing for a word that could be an address', () => {
    const odd = { protocol: '192.0.2.7', candidateType: '2001:db8::7', networkType: 'name.local' };
    const found = diagnose(
      reportOf(
        { id: 'p', type: 'candidate-pair', selected: true, localCandidateId: 'l' },
        { id: 'l', type: 'local-candidate', ...odd },
      ),
    );
    expect(Object.values(found.candidatePair ?? {}).filter(Boolean)).to.deep.equal([]);
  });
});

async function levelsOf(call: VoiceCall): Promise<readonly object[]> {
  const found: object[] = [];
  (await statsOf(call)).forEach((entry: RTCStats) => entry.type === 'media-source' && found.push(entry));
  return found;
}

/** What of a report must not get out of it. */
function secretsIn(report: RTCStatsReport): readonly string[] {
  const names = ['id', 'address', 'ip', 'port', 'usernameFragment', 'fingerprint', 'trackIdentifier', 'ssrc'];
  const secrets = new Set<string>();
  report.forEach((entry: Entry) => {
    for (const name of names) {
      const found = entry[name];
      const value = typeof found === 'string' || typeof found === 'number' ? String(found) : '';
      // Shorter ones are in any text by chance.
      if (value.length > 3) secrets.add(value);
    }
  });
  return [...secrets];
}
