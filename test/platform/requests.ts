import type { Platform } from '../../demo/platform/platform.js';

/** Sends an offer and gives whatever comes back. */
export async function postOffer(
  { url }: Pick<Platform, 'url'>,
  agentId: string,
  sdp: string,
  init: RequestInit = {},
): Promise<Response> {
  return fetch(`${url}/webrtc/offer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offer: { sdp, type: 'offer' }, agent_id: agentId }),
    ...init,
  });
}

/** One request to any path, its body as JSON unless it is a text already. */
export async function send(
  { url }: Pick<Platform, 'url'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: unknown }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}`, body === undefined ? { method } : { method, body: text });
  return { status: response.status, json: await response.json() };
}
