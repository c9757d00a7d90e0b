/** The steps of a call, each with the milliseconds from the click to its end. */
export interface Marks {
  microphone?: number;
  /** How many candidates the peer had found by now. */
  candidates: number;
  offerSent?: number;
  answer?: number;
  connected?: number;
  firstPacket?: number;
  /** The click itself, by the page's clock. */
  clickedAtMs?: number;
  /** What was sent as the offer. */
  offerSdp?: string;
  /** When each offer left, by the page's clock. */
  readonly offersAtMs: number[];
  /** Which ways through the network each peer may look for. */
  readonly icePolicies: (RTCIceTransportPolicy | undefined)[];
}

/** What is known of the latest call. */
export const marks: Marks = { candidates: 0, offersAtMs: [], icePolicies: [] };

function mark(step: 'microphone' | 'offerSent' | 'answer' | 'connected' | 'firstPacket'): void {
  marks[step] ??= performance.now() - (marks.clickedAtMs ?? 0);
}

addEventListener(
  'click',
  ({ timeStamp, isTrusted }) => {
    if (isTrusted) marks.clickedAtMs ??= timeStamp;
  },
  { capture: true },
);

// A page that is not secure has none.
if ('MediaDevices' in window) {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    const stream = await getUserMedia.call(this, constraints);
    mark('microphone');
    return stream;
  };
}

const nativeFetch = fetch;
window.fetch = (input, init) => {
  if (init?.method !== 'POST') return nativeFetch(input, init);
  if (typeof init.body === 'string') marks.offerSdp = init.body;
  mark('offerSent');
  marks.offersAtMs.push(performance.now());
  return nativeFetch(input, init);
};

window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    marks.icePolicies.push(configuration?.iceTransportPolicy);
    this.addEventListener('icecandidate', ({ candidate }) => candidate?.candidate && (marks.candidates += 1));
    this.addEventListener(
      'connectionstatechange',
      () => this.connectionState === 'connected' && mark('connected'),
    );
  }

  override addTransceiver(track: MediaStreamTrack | string, init?: RTCRtpTransceiverInit): RTCRtpTransceiver {
    const transceiver = super.addTransceiver(track, init);
    transceiver.receiver.track.addEventListener('unmute', () => mark('firstPacket'), { once: true });
    return transceiver;
  }

  override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    mark('answer');
    return super.setRemoteDescription(description);
  }
};
