import { FRAME_SAMPLES, SAMPLE_RATE_HZ, toMono } from './pcm.js';
import { resample } from './resample.js';
import {
  type AudioBlock,
  type AudioSink,
  NativeAudioSink,
  NativeAudioSource,
  PeerConnection,
} from './wrtc.js';

/** Everything is local: candidates take a few milliseconds, and what is later than this is not waited for. */
const GATHERING_MS = 250;
/** How often a connection is looked at on top of its events. */
const LOOK_MS = 100;

/** What happens at a peer. Nothing is called after `close()`. */
interface PeerEvents {
  connected(): void;
  /** The visitor's side closed the connection, or it was lost for good. */
  lost(): void;
  /** 10 ms of the visitor's side. */
  heard(frame: Int16Array): void;
  channel(channel: RTCDataChannel): void;
}

/** The offer cannot be answered: the caller's mistake, with a reason fit for a response. */
export class OfferRefused extends Error {
  override readonly name = 'OfferRefused';
}

/** The agent's end of one WebRTC connection: sound in both directions, and the channel that the visitor's side opens. */
export class AgentPeer {
  /** The answer, with its candidates in it: there is no second exchange. */
  readonly answerSdp: string;

  private constructor(
    private readonly connection: RTCPeerConnection,
    private readonly source: InstanceType<typeof NativeAudioSource>,
    private readonly track: MediaStreamTrack,
    private readonly sink: AudioSink,
    private readonly watching: NodeJS.Timeout,
  ) {
    this.answerSdp = connection.localDescription?.sdp ?? '';
  }

  /** Answers an offer. Throws `OfferRefused` when it has no audio section or the WebRTC library refuses it. */
  static async answer(offerSdp: string, events: PeerEvents): Promise<AgentPeer> {
    if (!/^m=audio /m.test(offerSdp)) throw new OfferRefused('The offer has no audio section.');
    const connection = new PeerConnection();
    try {
      connection.ondatachannel = ({ channel }) => events.channel(channel);
      await connection.setRemoteDescription({ type: 'offer', sdp: offerSdp });
      const audio = connection.getTransceivers().find(({ receiver }) => receiver.track.kind === 'audio');
      if (!audio) throw new OfferRefused('The offer has no audio section.');
      const source = new NativeAudioSource();
      const track = source.createTrack();
      await audio.sender.replaceTrack(track);
      audio.direction = 'sendrecv';
      const gathered = candidatesOf(connection);
      await connection.setLocalDescription(await connection.createAnswer());
      await gathered;
      const sink = new NativeAudioSink(audio.receiver.track);
      sink.ondata = (block) => events.heard(frameOf(block));
      const watching = watchConnection(connection, audio.receiver, events);
      return new AgentPeer(connection, source, track, sink, watching);
    } catch (error) {
      connection.close();
      // The library's own message can quote the SDP.
      throw error instanceof OfferRefused
        ? error
        : new OfferRefused('The offer was refused by the WebRTC library.');
    }
  }

  /** Sends 10 ms of the agent's side. Packets go out only while this is called. */
  send(frame: Int16Array): void {
    this.source.onData({
      samples: frame,
      sampleRate: SAMPLE_RATE_HZ,
      bitsPerSample: 16,
      channelCount: 1,
      numberOfFrames: FRAME_SAMPLES,
    });
  }

  /** Releases everything. The native objects must not be used again. */
  close(): void {
    clearInterval(this.watching);
    this.connection.onconnectionstatechange = null;
    this.connection.ondatachannel = null;
    this.sink.ondata = null;
    this.sink.stop();
    this.track.stop();
    this.connection.close();
  }
}

/** Until the timer that it returns is cleared. */
function watchConnection(
  connection: RTCPeerConnection,
  receiver: RTCRtpReceiver,
  events: PeerEvents,
): NodeJS.Timeout {
  const look = () => {
    const { connectionState } = connection;
    // When the visitor's side closes its peer, the DTLS transport says so within milliseconds; the state of the connection stays
    // "connected" for 5 to 15 seconds more. The library's event comes at times before that state, and then no other comes.
    const gone = receiver.transport?.state === 'closed' || ['failed', 'closed'].includes(connectionState);
    if (gone) events.lost();
    else if (connectionState === 'connected') events.connected();
  };
  connection.onconnectionstatechange = look;
  return setInterval(look, LOOK_MS);
}

/** Until all candidates are in the local description, or a short time has passed. */
async function candidatesOf(connection: RTCPeerConnection): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, GATHERING_MS);
    connection.onicecandidate = ({ candidate }) => {
      // The native module can announce the end before the first candidate of a later connection.
      if (candidate || !connection.localDescription?.sdp.includes('a=candidate:')) return;
      clearTimeout(timer);
      resolve();
    };
  });
  connection.onicecandidate = null;
}

/** The sink speaks 16 kHz until the first packet has been decoded, then the codec's rate. */
function frameOf(block: AudioBlock): Int16Array {
  return resample(toMono(block.samples, block.channelCount ?? 1), block.sampleRate, SAMPLE_RATE_HZ);
}
