import { type AgentScript, type OfferExchange, SHIPPED_AGENT } from '../agent-script.js';

/** Shorter than a client waits before its second offer. */
const RESETTING_MS = 350;
/** After this an offer is somebody else's first one. */
const EPISODE_MS = 5_000;

type Answer = (exchange: OfferExchange) => Promise<Response>;

async function accept(exchange: OfferExchange): Promise<Response> {
  const { answerSdp } = await exchange.accept();
  return Response.json({ answer: { sdp: answerSdp, type: 'answer' } });
}

function refuse(status: number, detail: string, headers: Record<string, string> = {}): Answer {
  return () => Promise.resolve(Response.json({ detail }, { status, headers }));
}

/** A browser sends an offer again by itself when a connection that it had is reset: so each one in the first moment is. */
function resetAtFirst(): Answer {
  let firstAtMs = -Infinity;
  return (exchange) => {
    const nowMs = performance.now();
    if (nowMs - firstAtMs > EPISODE_MS) firstAtMs = nowMs;
    if (nowMs - firstAtMs > RESETTING_MS) return accept(exchange);
    exchange.reset();
    return Promise.resolve(new Response(null, { status: 499 }));
  };
}

/** An agent that takes offers in two ways, by turns. */
function byTurns(
  id: string,
  name: string,
  ways: readonly [Answer, Answer],
  more: Pick<AgentScript, 'afterGreeting'> = {},
): AgentScript {
  let offers = 0;
  const answerOffer: Answer = (exchange) => ways[(offers += 1) % 2 === 1 ? 0 : 1](exchange);
  return { id, name, config: { ...SHIPPED_AGENT, first_message: 'Hello.' }, answerOffer, ...more };
}

/** Accepts an offer that is sent again. */
export const resetsAtFirst: AgentScript = {
  id: 'resets-at-first',
  name: 'Closes connections without an answer, for a moment',
  config: { ...SHIPPED_AGENT, first_message: 'Hello.' },
  answerOffer: resetAtFirst(),
};

/** Agents of which every other offer is answered otherwise. */
export const changingTheirMind: readonly AgentScript[] = [
  byTurns('refuses-502-once', 'Refuses with 502, and then not', [refuse(502, 'Bad Gateway'), accept]),
  byTurns('refuses-503-once', 'Refuses with 503 for two seconds', [
    refuse(503, 'The service is being restarted.', { 'Retry-After': '2' }),
    accept,
  ]),
  byTurns('refuses-429-once', 'Refuses with 429 for a second', [
    refuse(429, 'Too many calls.', { 'Retry-After': '1' }),
    accept,
  ]),
  byTurns(
    'goes-silent-then-refuses',
    'Stops sending sound, and refuses afterwards',
    [accept, refuse(402, 'Your credit is used up.')],
    { afterGreeting: (call) => call.stopSending() },
  ),
];
