import { CallError } from '../domain/call-error.js';
import { answerInvalid, withoutEndOfCandidates } from '../protocol/offer.js';
import { after, within } from './lifetime.js';
import { natives } from './natives.js';

/**
 * How long to wait for a first candidate. The server is public and learns the visitor's address from the first connectivity
 * check (RFC 8445, section 7.3.1.3), so an offer without any candidate connects as well, only a little later.
 */
const FIRST_CANDIDATE_MS = 100;
const CONNECT_MS = 12_000;

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
   * Resolves when the offer can be sent: at the first candidate, or after a short bound. Never waits for gathering to complete,
   * which one dead STUN server makes 40 seconds.
   */
  readonly prepared: Promise<void>;
  /** The answer refused the data channel, so none is missed. */
  readonly refusesChannel: () => boolean;
  /** The offer, with the candidates that are known by now. */
  offer(): RTCSessionDescriptionInit;
  /**
   * Takes the agent's answer and resolves when media can flow.
   *
   * @throws CallError `answer-invalid`, `connection-failed`, `connection-timeout`
   */
  connect(answer: RTCSessionDescriptionInit): Promise<void>;
}

/**
 * Opens the visitor's end and prepares its offer. Without ICE servers it touches nothing but this machine until that is sent.
 *
 * @throws CallError `browser-unsupported` where WebRTC is missing or switched off
 */
export function openPeer(
  iceServers: readonly RTCIceServer[],
  signal: AbortSignal,
  iceTransportPolicy: RTCIceTransportPolicy = 'all',
): Peer {
  const connection = createConnection({
    iceServers: [...iceServers],
    iceTransportPolicy,
    bundlePolicy: 'max-bundle',
  });
  signal.addEventListener('abort', () => connection.close(), { once: true });
  const channel = connection.createDataChannel('millis');
  const { sender, receiver } = connection.addTransceiver('audio', { direction: 'sendrecv' });
  const prepared = Promise.all([firstCandidate(connection, signal), connection.setLocalDescription()]).then(
    () => undefined,
  );
  // Nobody may be waiting when a peer that was prepared ahead is closed.
  prepared.catch(() => undefined);
  return {
    connection,
    sender,
    receiver,
    channel,
    prepared,
    refusesChannel: () => !/^m=application (?!0[ /])/m.test(connection.remoteDescription?.sdp ?? ''),
    offer() {
      const { type = 'offer', sdp = '' } = connection.localDescription ?? {};
      return { type, sdp: withoutEndOfCandidates(sdp) };
    },
    async connect(answer) {
      await connection.setRemoteDescription(answer).catch((cause: unknown) => {
        throw answerInvalid('was refused by the browser', cause);
      });
      await within(CONNECT_MS, signal, connectionTimeout, () => connected(connection, signal));
    },
  };
}

/** Why no peer can be made, as far as is known without making one. */
export function peerProblem(): CallError | undefined {
  const { RTCPeerConnection } = natives as Partial<typeof natives>;
  return RTCPeerConnection ? undefined : noPeer();
}

function noPeer(cause?: unknown): CallError {
  return new CallError('browser-unsupported', 'No RTCPeerConnection.', { cause });
}

function createConnection(configuration: RTCConfiguration): RTCPeerConnection {
  try {
    return new natives.RTCPeerConnection(configuration);
  } catch (cause) {
    if (!configuration.iceServers?.length) throw noPeer(cause);
    // Says so itself if it cannot make any.
    createConnection({}).close();
    throw new CallError('config-invalid', `The iceServers cannot be used: ${String(cause)}`, { cause });
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
      if (connection.connectionState !== 'failed') return;
      // Firefox gives up on ICE before we do: then no packet came through. It calls the DTLS transport failed as well, so what counts
      // is whether ICE found a way.
      const isDtls = /^(connected|completed)$/.test(connection.iceConnectionState);
      reject(isDtls ? new CallError('connection-failed', 'DTLS failed.') : connectionTimeout());
    };
    connection.addEventListener('connectionstatechange', check, { signal });
    check();
  });
}

function connectionTimeout(): CallError {
  return new CallError('connection-timeout', 'No way through the network was found.');
}
