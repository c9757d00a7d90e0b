import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import autocannon from 'autocannon';
import { ANSWER, OFFER } from './gateway-offer.js';

/** The site that calls. */
export const ORIGIN = 'https://www.example.com';

/** Each has its own day's limit, so that ten minutes of full load stay below it. */
export const AGENTS = Array.from({ length: 16 }, (_, index) => `agent-${index}`);

const VISITORS = 256;
const PATH = '/webrtc/offer';
const HEADERS = {
  'content-type': 'application/json',
  origin: ORIGIN,
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  accept: '*/*',
  'accept-language': 'en-US,en;q=0.9',
  referer: `${ORIGIN}/`,
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
};

/** Calls of many visitors with all agents, as they come from a proxy in front. */
const CALLS = Array.from({ length: VISITORS }, (_, index) => ({
  method: 'POST' as const,
  path: PATH,
  headers: { ...HEADERS, 'x-forwarded-for': `198.51.${index >> 4}.${index & 15}` },
  body: JSON.stringify({ offer: OFFER, agent_id: AGENTS[index % AGENTS.length] }),
}));

/** Makes one call and reads the answer, so that nobody measures something else. */
export async function assertAnswers(url: string): Promise<void> {
  const [{ method, headers, body } = { method: 'POST', headers: {}, body: '' }] = CALLS;
  const response = await fetch(`${url}${PATH}`, { method, headers, body });
  const { answer } = (await response.json()) as { readonly answer?: unknown };
  if (JSON.stringify(answer) !== JSON.stringify(ANSWER))
    throw new Error(`${url} answers ${response.status}.`);
}

interface FullLoad {
  readonly connections: number;
  readonly seconds: number;
}

/** As many calls as the server takes, in calls a second. Rejects where one of them was not answered by 200. */
export async function fullLoad(url: string, { connections, seconds }: FullLoad): Promise<number> {
  const result = await autocannon({ url, connections, duration: seconds, requests: CALLS });
  const { errors, timeouts, statusCodeStats = {} } = result;
  const refused = Object.keys(statusCodeStats).filter((status) => status !== '200');
  const answered = statusCodeStats['200']?.count ?? 0;
  if (errors + timeouts + refused.length > 0 || answered === 0) {
    throw new Error(
      `Not all were answered by 200: ${JSON.stringify({ errors, timeouts, statusCodeStats })}.`,
    );
  }
  return answered / result.duration;
}

interface EvenLoad {
  readonly perSecond: number;
  readonly seconds: number;
}

/** Calls at an even pace, whether the ones before are answered or not: the milliseconds from each to the end of its answer. */
export async function evenLoad(url: string, { perSecond, seconds }: EvenLoad): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const startedAt = performance.now();
  const calls: Promise<number>[] = [];
  while (calls.length < perSecond * seconds) {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    while (calls.length < due && calls.length < perSecond * seconds)
      calls.push(callOnce(url, agent, calls.length));
    await setTimeout(1);
  }
  const ms = await Promise.all(calls);
  agent.destroy();
  return ms;
}

function callOnce(url: string, agent: Agent, index: number): Promise<number> {
  const call = CALLS[index % CALLS.length];
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { ...call?.headers, 'content-length': Buffer.byteLength(call?.body ?? '') };
    request(`${url}${PATH}`, { method: 'POST', agent, headers }, (response) => {
      const { statusCode = 0 } = response;
      if (statusCode !== 200) reject(new Error(`A call was answered by ${statusCode}.`));
      response.resume().once('end', () => resolve(performance.now() - startedAt));
    })
      .once('error', reject)
      .end(call?.body);
  });
}
