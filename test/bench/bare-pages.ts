/** How a page without the widget makes a call, written by hand. */
interface BarePage {
  readonly server: string;
  /** A STUN server, if any. */
  readonly iceServers?: readonly RTCIceServer[];
}

const HEAD = '<!doctype html><meta charset="utf-8" /><title>A bare page</title><button>Call</button><script>';

/**
 * The best negotiation that is known: microphone and offer side by side, sent at the first candidate, the microphone joined by
 * replaceTrack.
 */
export function bestByHand({ server, iceServers = [] }: BarePage): string {
  return `${HEAD}
document.querySelector('button').addEventListener('click', async () => {
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers: ${JSON.stringify(iceServers)} });
  const { sender, receiver } = peer.addTransceiver('audio', { direction: 'sendrecv' });
  peer.createDataChannel('call');
  ${playing}
  const joined = navigator.mediaDevices.getUserMedia(${audio}).then((stream) => sender.replaceTrack(stream.getTracks()[0]));
  const candidate = new Promise((resolve) => peer.addEventListener('icecandidate', resolve, { once: true }));
  await peer.setLocalDescription();
  await candidate;
  ${exchange(server)}
  await joined;
});
</script>`;
}

/** What most tutorials do: the microphone, then the offer, then all the candidates. */
export function waitingForGathering({ server, iceServers = [] }: BarePage): string {
  return `${HEAD}
document.querySelector('button').addEventListener('click', async () => {
  const stream = await navigator.mediaDevices.getUserMedia(${audio});
  const peer = new RTCPeerConnection({ iceServers: ${JSON.stringify(iceServers)} });
  const { receiver } = peer.addTransceiver(stream.getTracks()[0], { direction: 'sendrecv' });
  peer.createDataChannel('call');
  ${playing}
  const gathered = new Promise((resolve) => peer.addEventListener('icegatheringstatechange', () => {
    if (peer.iceGatheringState === 'complete') resolve();
  }));
  await peer.setLocalDescription();
  await gathered;
  ${exchange(server)}
});
</script>`;
}

const audio =
  '{ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 } }';

const playing = `const sound = new Audio();
  sound.srcObject = new MediaStream([receiver.track]);
  sound.play();`;

function exchange(server: string): string {
  return `const { type, sdp } = peer.localDescription;
  const response = await fetch('${server}/webrtc/offer', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offer: { type, sdp }, agent_id: 'patient' }),
    credentials: 'omit',
  });
  await peer.setRemoteDescription((await response.json()).answer);`;
}
