import { CallError } from '../domain/call-error.js';
import { answerInvalid, withoutEndOfCandidates } from '../protocol/offer.js';
import { after } from './lifetime.js';

/**
 * How long to wait for a first candidate. The server is public and learns the visitor's address from the first connectivity
 * check (RFC 8445, section 7.3.1.3), so an offer without any candidate connects as well, only a little later.
 */
const FIRST_CANDIDATE_MS = 100;

/**
 * One WebRTC connection to an agent: one audio section both ways, one data channel. Closed by its signal; a promise of it may
 * then never settle, so wait for it beside the signal.
 */
export interface Peer {
  readonly connection: RTCPeerConnection;
  readonly sender: RTCRtpSender;
  readonly receiver: RTCRtpReceiver;
  readonly channel: RTCDataChannel;
  /**
   * Resolves when an offer can be sent: at the first candidate, or after a short bound. Never waits for gathering to
   * complete, which one dead STUN server makes 40 seconds.
   */
  prepareOffer(): Promise<void>;
  /** The offer, with the candidates that are known by now. */
  offer(): RTCSessionDescriptionInit;
  /**
   * Takes the agent's answer and resolves when media can flow.
   *
   * @throws CallError `answer-invalid`, `connection-failed`
   */
  connect(answer: RTCSessionDescriptionInit): Promise<void>;
}

/**
 * Opens the visitor's end. It touches nothing but this machine until the offer is sent.
 *
 * @throws CallError `browser-unsupported` where WebRTC is missing or switched off
 */
export function openPeer(iceServers: readonly RTCIceServer[], signal: AbortSignal): Peer {
  const connection = createConnection(iceServers);
  signal.addEventListener('abort', () => connection.close(), { once: true });
  const channel = connection.createDataChannel('millis');
  const { sender, receiver } = connection.addTransceiver('audio', { direction: 'sendrecv' });
  return {
    connection,
    sender,
    receiver,
    channel,
    async prepareOffer() {
      const candidate = firstCandidate(connection, signal);
      await connection.setLocalDescription();
      await candidate;
    },
    offer() {
      const { type = 'offer', sdp = '' } = connection.localDescription ?? {};
      return { type, sdp: withoutEndOfCandidates(sdp) };
    },
    async connect(answer) {
      await connection.setRemoteDescription(answer).catch((cause: unknown) => {
        throw answerInvalid('was refused by the browser', cause);
      });
      await connected(connection, signal);
    },
  };
}

function createConnection(iceServers: readonly RTCIceServer[]): RTCPeerConnection {
  try {
    return new RTCPeerConnection({ iceServers: [...iceServers], bundlePolicy: 'max-bundle' });
  } catch (cause) {
    throw new CallError('browser-unsupported', 'No RTCPeerConnection.', { cause });
  }
}

function firstCandidate(connection: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    connection.addEventListener('icecandidate', () => resolve(), { once: true, signal });
    after(FIRST_CANDIDATE_MS, signal, resolve);
  });
}

/** `connectionState`, because Chromium's `iceConnectionState` never says `failed` when UDP is blocked. */
function connected(connection: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      if (connection.connectionState === 'connected') resolve();
      if (connection.connectionState === 'failed') {
        reject(new CallError('connection-failed', 'ICE or DTLS failed.'));
      }
    };
    connection.addEventListener('connectionstatechange', check, { signal });
    check();
  });
}
