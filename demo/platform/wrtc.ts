import * as namespace from '@roamhq/wrtc';

/** One block of sound as the native sink and source take it: 10 ms, interleaved when there is more than one channel. */
export interface AudioBlock {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly bitsPerSample?: number;
  readonly channelCount?: number;
  readonly numberOfFrames?: number;
}

/** Where the agent's sound goes in. */
interface AudioSource {
  createTrack(): MediaStreamTrack;
  onData(block: AudioBlock): void;
}

/** Where the visitor's sound comes out, one block every 10 ms, silence included, until `stop()`. */
export interface AudioSink {
  ondata: ((block: AudioBlock) => void) | null;
  stop(): void;
}

interface Wrtc {
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly nonstandard: {
    readonly RTCAudioSource: new () => AudioSource;
    readonly RTCAudioSink: new (track: MediaStreamTrack) => AudioSink;
  };
}

// The package is CommonJS, and Node's static scan of its exports finds only a few names: the rest is on `default`.
const wrtc = (namespace as unknown as { readonly default: Wrtc }).default;

export const PeerConnection = wrtc.RTCPeerConnection;
export const NativeAudioSource = wrtc.nonstandard.RTCAudioSource;
export const NativeAudioSink = wrtc.nonstandard.RTCAudioSink;

// @roamhq/wrtc 0.10 crashes in the finalizers that Node runs when the event loop empties, after all that there was to
// do has been done (node-webrtc issues 636 and 651). `process.exit` skips them. It is called from the last `exit`
// listener, so that every other one has run.
process.once('beforeExit', () => {
  process.once('exit', () => process.exit());
});
