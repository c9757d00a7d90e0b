/** The pair of candidates that media flows between, without their addresses. */
interface CandidatePair {
  /** `host`, `srflx`, `prflx` or `relay`. */
  readonly local: string | undefined;
  readonly remote: string | undefined;
  /** `udp` or `tcp`. */
  readonly protocol: string | undefined;
  /** `wifi`, `cellular`, `vpn` and the like. Only Chromium tells. */
  readonly networkType: string | undefined;
}

/** What a peer's statistics say of a call. `undefined` is what this browser does not tell, or not yet. */
export interface Diagnosis {
  readonly candidatePair: CandidatePair | undefined;
  /** Type and protocol of each candidate, as in `host udp`. */
  readonly localCandidates: readonly string[];
  readonly remoteCandidates: readonly string[];
  readonly iceState: string | undefined;
  readonly dtlsState: string | undefined;
  readonly channelState: string | undefined;
  readonly messagesReceived: number | undefined;
  readonly roundTripMs: number | undefined;
  /** Of the agent's voice, as it arrives. */
  readonly packetsReceived: number | undefined;
  readonly packetsLost: number | undefined;
  readonly lossPercent: number | undefined;
  readonly jitterMs: number | undefined;
  /** Of the visitor's voice, as it leaves. */
  readonly packetsSent: number | undefined;
  /** As the other end tells in its reports. */
  readonly sentLossPercent: number | undefined;
  /** As in `audio/opus, 48000 Hz`. */
  readonly codec: string | undefined;
  /** 0 (silence) to 1 (full scale), linear. Firefox does not tell it. */
  readonly microphoneLevel: number | undefined;
  readonly agentLevel: number | undefined;
}

/** One entry of a report: browsers differ in what is in it. */
type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads a peer's statistics (WebRTC Statistics, section 8). Pure, and never throws. Reads only what is named here, so no address, port, user
 * fragment, certificate or track id is in what it returns.
 */
export function diagnose(report: RTCStatsReport): Diagnosis {
  const entries: Entry[] = [];
  report.forEach((entry: Entry) => entries.push(entry));
  const of = (type: string): readonly Entry[] => entries.filter((entry) => entry['type'] === type);
  const [inbound] = of('inbound-rtp');
  const [sent] = of('remote-inbound-rtp');
  const [transport] = of('transport');
  const [channel] = of('data-channel');
  const pair = selectedPair(of('candidate-pair'), transport);
  const packetsReceived = number(inbound, 'packetsReceived');
  const packetsLost = number(inbound, 'packetsLost');
  return {
    candidatePair: pair && describePair(pair, entries),
    localCandidates: of('local-candidate').map(describeCandidate),
    remoteCandidates: of('remote-candidate').map(describeCandidate),
    iceState: word(transport, 'iceState'),
    dtlsState: word(transport, 'dtlsState'),
    channelState: word(channel, 'state'),
    messagesReceived: number(channel, 'messagesReceived'),
    roundTripMs: inMs(number(pair, 'currentRoundTripTime') ?? number(sent, 'roundTripTime')),
    packetsReceived,
    packetsLost,
    lossPercent: lossPercent(packetsReceived, packetsLost),
    jitterMs: inMs(number(inbound, 'jitter')),
    packetsSent: number(of('outbound-rtp')[0], 'packetsSent'),
    sentLossPercent: percent(number(sent, 'fractionLost')),
    codec: describeCodec(byId(entries, inbound?.['codecId'])),
    microphoneLevel: number(of('media-source')[0], 'audioLevel'),
    agentLevel: number(inbound, 'audioLevel'),
  };
}

/** Firefox had no transport in its reports for long, and marks the pair itself. */
function selectedPair(pairs: readonly Entry[], transport: Entry | undefined): Entry | undefined {
  return (
    byId(pairs, transport?.['selectedCandidatePairId']) ??
    pairs.find((pair) => pair['selected'] === true) ??
    pairs.find((pair) => pair['nominated'] === true && pair['state'] === 'succeeded')
  );
}

function describePair(pair: Entry, entries: readonly Entry[]): CandidatePair {
  const local = byId(entries, pair['localCandidateId']);
  const remote = byId(entries, pair['remoteCandidateId']);
  return {
    local: word(local, 'candidateType'),
    remote: word(remote, 'candidateType'),
    // Between this browser and a relay, which may be another than between the relay and the agent.
    protocol: word(local, 'relayProtocol') ?? word(local, 'protocol'),
    networkType: word(local, 'networkType'),
  };
}

function describeCandidate(candidate: Entry): string {
  return [word(candidate, 'candidateType'), word(candidate, 'protocol')].filter(Boolean).join(' ');
}

function describeCodec(codec: Entry | undefined): string | undefined {
  const [mimeType, clockRate] = [word(codec, 'mimeType'), number(codec, 'clockRate')];
  return mimeType && (clockRate === undefined ? mimeType : `${mimeType}, ${clockRate} Hz`);
}

function lossPercent(received: number | undefined, lost: number | undefined): number | undefined {
  if (received === undefined || lost === undefined || received + lost <= 0) return undefined;
  // Packets that came twice count as lost less than never.
  return (Math.max(0, lost) / (received + lost)) * 100;
}

function byId(entries: readonly Entry[], id: unknown): Entry | undefined {
  return id === undefined ? undefined : entries.find((entry) => entry['id'] === id);
}

function number(entry: Entry | undefined, name: string): number | undefined {
  const value = entry?.[name];
  return typeof value === 'number' ? value : undefined;
}

/** A word of the browser's own: nothing that has an address in it has this shape. */
function word(entry: Entry | undefined, name: string): string | undefined {
  const value = entry?.[name];
  return typeof value === 'string' && /^[a-z][\w/-]{0,29}$/i.test(value) ? value : undefined;
}

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

function percent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : share * 100;
}
