/** The platform's end of a call, played by a second real peer in the page. */
export interface FarEnd {
  readonly peer: RTCPeerConnection;
  readonly answer: RTCSessionDescriptionInit;
  /** Sends a session message once the channel is open; strings and buffers go as they are. */
  say(message: object | string | ArrayBuffer): Promise<void>;
  /** Packets of the visitor's voice that arrived so far. */
  packetsHeard(): Promise<number>;
  /** Closes the data channel only; the audio goes on. */
  closeChannel(): void;
  /** Closes this end, as the platform does when the agent hangs up. */
  hangUp(): void;
}

/** Ways in which an agent's end can be odd. */
export interface FarEndOptions {
  /** The agent's voice. Default: the fake microphone's beep. `null` sends nothing. */
  readonly voice?: MediaStreamTrack | null;
  /** Refuses the data channel in the answer (port 0), as a server without SCTP does. */
  readonly refuseChannel?: boolean;
}

/** Answers an offer as the platform does: one answer with all its candidates. Closed by `hangUp()`. */
export async function answerOffer(
  offer: RTCSessionDescriptionInit,
  { voice, refuseChannel = false }: FarEndOptions = {},
): Promise<FarEnd> {
  const peer = new RTCPeerConnection();
  const track = voice === undefined ? await openBeep() : voice;
  const channel = new Promise<RTCDataChannel>((resolve) => {
    peer.addEventListener('datachannel', (event) => resolve(event.channel), { once: true });
  });
  await peer.setRemoteDescription(offer);
  const [transceiver] = peer.getTransceivers();
  if (!transceiver) throw new Error('The offer has no media section.');
  transceiver.direction = 'sendrecv';
  await transceiver.sender.replaceTrack(track);
  await peer.setLocalDescription();
  await gatheringComplete(peer);
  const sdp = peer.localDescription?.sdp ?? '';
  return {
    peer,
    answer: { type: 'answer', sdp: refuseChannel ? withoutChannel(sdp) : sdp },
    async say(message) {
      const open = await opened(await channel);
      if (message instanceof ArrayBuffer) open.send(message);
      else open.send(typeof message === 'string' ? message : JSON.stringify(message));
    },
    async packetsHeard() {
      let packets = 0;
      const stats = await transceiver.receiver.getStats();
      stats.forEach((entry: RTCStats & Partial<RTCInboundRtpStreamStats>) => {
        if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0;
      });
      return packets;
    },
    closeChannel() {
      void channel.then((open) => open.close());
    },
    hangUp() {
      track?.stop();
      peer.close();
    },
  };
}

async function openBeep(): Promise<MediaStreamTrack> {
  // From the prototype: a test may have put a prompt of its own before the page's.
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
  const { getUserMedia } = MediaDevices.prototype;
  const stream = await getUserMedia.call(navigator.mediaDevices, { audio: { echoCancellation: false } });
  const [track] = stream.getAudioTracks();
  if (!track) throw new Error('The fake microphone has no track.');
  return track;
}

function gatheringComplete(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (peer.iceGatheringState === 'complete') resolve();
    };
    peer.addEventListener('icegatheringstatechange', check);
    check();
  });
}

function opened(channel: RTCDataChannel): Promise<RTCDataChannel> {
  return new Promise((resolve) => {
    if (channel.readyState === 'open') resolve(channel);
    else channel.addEventListener('open', () => resolve(channel), { once: true });
  });
}

function withoutChannel(sdp: string): string {
  return sdp.replace(/^m=application \d+/m, 'm=application 0').replace(/^(a=group:BUNDLE \S+).*$/m, '$1');
}
