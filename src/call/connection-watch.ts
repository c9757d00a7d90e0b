import { CallError } from '../domain/call-error.js';
import type { Peer } from './peer.js';
import { after, every } from './lifetime.js';

/** What becomes of a connection that was made, and goes on or was ended on purpose. */
export type ConnectionEvent =
  | 'interrupted'
  | 'resumed'
  /** The agent's end was closed on purpose. */
  | 'hung-up'
  /** The data channel is gone while the audio goes on. */
  | 'channel-lost';

const POLL_MS = 500;
/** Browsers say `disconnected` only after 5 to 9 s; received packets show a stall at once. */
const STALL_MS = 1500;
const FIRST_PACKET_MS = 8000;
const HOLD_MS = 12_000;
/** Agents send 50 packets a second: none in this time, and a channel that closed, is a hang-up. */
const HANG_UP_CHECK_MS = 150;

/**
 * Watches a connected peer until the signal aborts, and tells what happens to it, in order. What it cannot recover from comes as
 * the error: `connection-lost`, or `connection-failed` when the agent never sent a packet.
 */
export function watchConnection(
  { connection, receiver, channel }: Peer,
  signal: AbortSignal,
  onEvent: (event: ConnectionEvent | CallError) => void,
): void {
  let packets = 0;
  let packetAt = performance.now();
  let interrupted = false;

  const check = async () => {
    const received = await packetsReceived(receiver);
    if (signal.aborted) return;
    const now = performance.now();
    if (received > packets) {
      packets = received;
      packetAt = now;
      if (interrupted) onEvent('resumed');
      interrupted = false;
      return;
    }
    const silentMs = now - packetAt;
    if (packets === 0) {
      if (silentMs >= FIRST_PACKET_MS) {
        onEvent(new CallError('connection-failed', 'No packet in 8 s.'));
      }
    } else if (silentMs >= HOLD_MS) onEvent(lost());
    else if (silentMs >= STALL_MS && !interrupted) {
      interrupted = true;
      onEvent('interrupted');
    }
  };
  every(POLL_MS, signal, () => void check());

  connection.addEventListener(
    'connectionstatechange',
    () => {
      if (connection.connectionState === 'failed') onEvent(lost());
    },
    { signal },
  );
  // The other end's DTLS close_notify (RFC 8827, section 6.5): a hang-up, seconds before the connection state shows it.
  const transport = receiver.transport;
  transport?.addEventListener('statechange', () => transport.state === 'closed' && onEvent('hung-up'), {
    signal,
  });
  channel.addEventListener(
    'close',
    () => {
      const before = packetsReceived(receiver);
      after(HANG_UP_CHECK_MS, signal, () => {
        void Promise.all([before, packetsReceived(receiver)]).then(([then, now]) => {
          if (!signal.aborted) onEvent(now > then ? 'channel-lost' : 'hung-up');
        });
      });
    },
    { signal },
  );
}

async function packetsReceived(receiver: RTCRtpReceiver): Promise<number> {
  const stats = await receiver.getStats();
  let packets = 0;
  stats.forEach((entry: RTCStats & Partial<RTCInboundRtpStreamStats>) => {
    if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0;
  });
  return packets;
}

function lost(): CallError {
  return new CallError('connection-lost', 'No packets for 12 s.');
}
