import { setTimeout as delay } from 'node:timers/promises';
import { type AgentScript, type OfferExchange, SHIPPED_AGENT } from '../agent-script.js';
import { withoutAudio, withoutDataChannel, withWrongFingerprint } from '../broken-answers.js';

const SLOW_MS = 5_000;
const HUGE_CHARS = 200_000;

function agent(id: string, name: string, answerOffer: NonNullable<AgentScript['answerOffer']>): AgentScript {
  return { id, name, config: { ...SHIPPED_AGENT, first_message: 'Hello.' }, answerOffer };
}

function answer(sdp: string, type = 'answer'): Response {
  return Response.json({ answer: { sdp, type } });
}

/** Opens a call and gives its answer, changed. */
async function changed(
  exchange: OfferExchange,
  change: (sdp: string) => string,
  type?: string,
): Promise<Response> {
  return answer(change((await exchange.accept()).answerSdp), type);
}

/** Agents that answer the offer in a way that a client has to survive. */
export const badAnswers: readonly AgentScript[] = [
  agent('never-answers', 'Never answers', async ({ signal }) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    return new Response(null, { status: 499 });
  }),
  agent('slow-answer', 'Answers after five seconds', async (exchange) => {
    await delay(SLOW_MS, undefined, { signal: exchange.signal }).catch(() => undefined);
    return exchange.signal.aborted ? new Response(null, { status: 499 }) : changed(exchange, (sdp) => sdp);
  }),
  agent('answers-html', 'Answers with a web page', () =>
    Promise.resolve(
      new Response('<!doctype html><title>It works</title>', { headers: { 'content-type': 'text/html' } }),
    ),
  ),
  agent('answers-broken-json', 'Answers with half of a JSON text', () =>
    Promise.resolve(
      new Response('{"answer": {"sdp": "v=0\\r\\n', { headers: { 'content-type': 'application/json' } }),
    ),
  ),
  agent('answers-huge', 'Answers with more than anyone should read', () =>
    Promise.resolve(answer(`v=0\r\n${'a=x\r\n'.repeat(HUGE_CHARS / 5)}`)),
  ),
  agent('answers-garbage-sdp', 'Answers with a description that is none', () =>
    // It seems to have sound, so it is the browser that refuses it.
    Promise.resolve(answer('v=0\r\nm=audio 9 this is not a session description\r\n')),
  ),
  agent('answers-offer-type', 'Calls its answer an offer', (exchange) =>
    changed(exchange, (sdp) => sdp, 'offer'),
  ),
  agent('answers-no-audio', 'Answers without sending sound', (exchange) => changed(exchange, withoutAudio)),
  agent('no-data-channel', 'Refuses the data channel', (exchange) => changed(exchange, withoutDataChannel)),
  agent('answers-wrong-fingerprint', 'Answers with the fingerprint of another', (exchange) =>
    changed(exchange, withWrongFingerprint),
  ),
  agent('resets', 'Closes the connection without an answer', (exchange) => {
    exchange.reset();
    return Promise.resolve(new Response(null, { status: 499 }));
  }),
  agent('redirects', 'Sends the offer elsewhere', () =>
    Promise.resolve(new Response(null, { status: 307, headers: { location: '/webrtc/offer' } })),
  ),
  agent('never-connects', 'Answers, and is gone', async (exchange) => {
    const { answerSdp, drop } = await exchange.accept();
    drop();
    return answer(answerSdp);
  }),
];
