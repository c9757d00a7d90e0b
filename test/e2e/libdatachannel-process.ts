import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { Audio, PeerConnection, type Track } from 'node-datachannel';

const OPUS_SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const PACKET_MS = 20;
const PACKET_SAMPLES = 960;
const SSRC = 4_711;

/** How often the parent is told how many packets have come. */
const REPORT_MS = 100;

/**
 * An agent on libdatachannel, which has no code in common with a browser's WebRTC: it sends silence, and one message. A process
 * of its own, because its threads do not always let a process end: the parent ends this one.
 */
async function main(sessionId: string): Promise<void> {
  let packets = 0;
  const app = new Hono();
  app.use(cors());
  app.post('/webrtc/offer', async ({ req, json }) => {
    const { offer } = await req.json<{ offer: { sdp: string } }>();
    const peer = new PeerConnection('agent', { iceServers: [], disableAutoNegotiation: true });
    peer.onStateChange((state) => process.send?.({ state }));
    peer.onDataChannel((channel) =>
      channel.sendMessage(JSON.stringify({ method: 'onready', payload: { session_id: sessionId } })),
    );
    const payloadType = opusPayloadType(offer.sdp);
    const track = peer.addTrack(audioSection(offer.sdp, payloadType));
    track.onMessage(() => (packets += 1));
    sendSilence(track, payloadType);
    return json({ answer: { type: 'answer', sdp: await answer(peer, offer.sdp) } });
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  setInterval(() => process.send?.({ packets }), REPORT_MS);
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}

function opusPayloadType(sdp: string): number {
  return Number(/^a=rtpmap:(\d+) opus/m.exec(sdp)?.[1]);
}

function audioSection(offerSdp: string, payloadType: number): Audio {
  const mid = /^m=audio [\s\S]*?^a=mid:(\S+)/m.exec(offerSdp)?.[1] ?? '';
  const audio = new Audio(mid, 'SendRecv');
  audio.addOpusCodec(payloadType);
  audio.addSSRC(SSRC, 'agent', 'agent', 'voice');
  return audio;
}

/** The answer with all its candidates. */
function answer(peer: PeerConnection, offerSdp: string): Promise<string> {
  return new Promise((resolve) => {
    peer.onGatheringStateChange((state) => {
      if (state === 'complete') resolve(peer.localDescription()?.sdp ?? '');
    });
    peer.setRemoteDescription(offerSdp, 'offer');
    peer.setLocalDescription('answer');
  });
}

function sendSilence(track: Track, payloadType: number): void {
  let sent = 0;
  setInterval(() => {
    if (!track.isOpen()) return;
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = payloadType;
    header.writeUInt16BE(sent & 0xffff, 2);
    header.writeUInt32BE((sent * PACKET_SAMPLES) >>> 0, 4);
    header.writeUInt32BE(SSRC, 8);
    track.sendMessageBinary(Buffer.concat([header, OPUS_SILENCE]));
    sent += 1;
  }, PACKET_MS);
}

await main(process.argv[2] ?? '');
