import { CallError } from '../domain/call-error.js';
import { RESTORED_BY_SOUND_MS } from '../domain/reconnect-policy.js';
import { after, every } from './lifetime.js';
import type { Line } from './line.js';
import { watchNetwork } from './network-watch.js';

/** What becomes of a connection that was made, and goes on or was ended on purpose. */
export type ConnectionEvent =
  | 'interrupted'
  | 'resumed'
  /** Sound has come for long enough to call this connection a good one. */
  | 'steady'
  /** The agent's end was closed on purpose. */
  | 'hung-up'
  /** The data channel is gone, or never came, while the audio goes on. */
  | 'channel-lost';

const POLL_MS = 500;
/** Browsers say `disconnected` only after 5 to 9 s; received packets show a stall at once. */
const STALL_MS = 1500;
const DISCONNECTED_MS = 3000;
const FIRST_PACKET_MS = 8000;
const HOLD_MS = 12_000;
/** Nothing of this page ran for as long: the machine slept, or the page was frozen. */
const SLEEP_MS = 20_000;
/** Agents send 50 packets a second: none in this time, and a channel that closed, is a hang-up. */
const HANG_UP_CHECK_MS = 150;
/** Chromium's statistics may be 50 ms old, and lack packets that came before the channel closed. */
const STATS_AGE_MS = 100;
const LAST_LINE_MS = 100;
const CHANNEL_MS = 10_000;
/** The browser may tell of a new network while the last packets of the old one are still coming. */
const CHANGE_LEAD_MS = 1000;
const RETURN_MS = 1000;

interface ConnectionListener {
  readonly onEvent: (event: ConnectionEvent | CallError) => void;
  /** Whether HTTP gets through to the server just now. */
  readonly isReachable: (signal: AbortSignal) => Promise<boolean>;
}

/**
 * Watches a connected line until its signal aborts, and tells what happens to it, in order. What it cannot recover from comes as
 * the error: `connection-lost`, or `connection-failed` when the agent never sent a packet.
 */
export function watchConnection(line: Line, { onEvent, isReachable }: ConnectionListener): void {
  const { peer, signal } = line;
  const { connection, receiver } = peer;
  let changedAt = -Infinity;
  watchNetwork(signal, () => (changedAt = performance.now()));
  let packets = 0;
  let packetAt = performance.now();
  let soundMs = 0;
  let checkedAt = Date.now();
  let disconnectedAt: number | undefined;
  let interrupted = false;
  let asking = false;

  const interrupt = (now: boolean) => {
    if (now !== interrupted) onEvent(now ? 'interrupted' : 'resumed');
    interrupted = now;
  };
  /** The old connection keeps an address that is gone, and ICE cannot leave it without a renegotiation (RFC 8445, section 2.2). */
  const leaveOldNetwork = async () => {
    if (asking || changedAt < packetAt - CHANGE_LEAD_MS) return;
    asking = true;
    if (await isReachable(signal)) {
      const silentSince = packetAt;
      // A network that came back as it was has its packets come again just after HTTP.
      after(RETURN_MS, signal, () => {
        asking = false;
        if (packetAt === silentSince) onEvent(lost('The network changed.'));
      });
    } else asking = false;
  };
  const check = async () => {
    const received = await packetsReceived(receiver);
    if (signal.aborted) return;
    const now = performance.now();
    // Not `performance.now()`, which some systems stop in their sleep.
    const sinceCheckMs = Date.now() - checkedAt;
    checkedAt += sinceCheckMs;
    const isFlowing = received > packets;
    const silentMs = now - packetAt;
    const isCutOff = disconnectedAt !== undefined && now - disconnectedAt >= DISCONNECTED_MS;
    if (isFlowing) {
      packets = received;
      packetAt = now;
      soundMs += sinceCheckMs;
      if (soundMs >= RESTORED_BY_SOUND_MS) onEvent('steady');
      interrupt(isCutOff);
    } else if (packets === 0) {
      if (silentMs >= FIRST_PACKET_MS) onEvent(new CallError('connection-failed', 'No packet in 8 s.'));
    } else if (silentMs >= HOLD_MS || sinceCheckMs >= SLEEP_MS) onEvent(lost('No packet for 12 s.'));
    else if (silentMs >= STALL_MS || isCutOff) {
      interrupt(true);
      void leaveOldNetwork();
    }
  };
  every(POLL_MS, signal, () => void check());
  // Timers are slow in a hidden tab.
  document.addEventListener('visibilitychange', () => void check(), { signal });
  connection.addEventListener(
    'connectionstatechange',
    () => {
      if (connection.connectionState === 'failed') onEvent(lost('The connection failed.'));
      disconnectedAt = connection.connectionState === 'disconnected' ? performance.now() : undefined;
      // Five seconds without a packet make it so; sooner, Firefox has lost its address, and says it nowhere else.
      if (disconnectedAt !== undefined && disconnectedAt - packetAt < DISCONNECTED_MS) {
        changedAt = disconnectedAt;
      }
    },
    { signal },
  );
  watchEnd(line, onEvent);
}

/** How the agent's end tells that it is closed. */
function watchEnd({ peer, signal }: Line, onEvent: (event: ConnectionEvent) => void): void {
  const { receiver, channel } = peer;
  // The other end's DTLS close_notify (RFC 8827, section 6.5): a hang-up, seconds before the connection state shows it.
  const transport = receiver.transport;
  // What was said just before may still be on the way.
  const ended = () => transport?.state === 'closed' && after(LAST_LINE_MS, signal, () => onEvent('hung-up'));
  transport?.addEventListener('statechange', ended, { signal });
  // It may have come before anybody watched.
  ended();
  if (peer.refusesChannel()) return;
  after(CHANNEL_MS, signal, () => {
    if (channel.readyState === 'connecting') onEvent('channel-lost');
  });
  channel.addEventListener(
    'close',
    () => {
      after(STATS_AGE_MS, signal, () => {
        const before = packetsReceived(receiver);
        after(HANG_UP_CHECK_MS, signal, () => {
          void Promise.all([before, packetsReceived(receiver)]).then(([then, now]) => {
            if (!signal.aborted) onEvent(now > then ? 'channel-lost' : 'hung-up');
          });
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

function lost(why: string): CallError {
  return new CallError('connection-lost', why);
}
