/** How a gateway on Node asks the platform: `millis-voice-agent/gateway/node`. */
import { Agent, type Dispatcher, request } from 'undici';
import type { Send } from './gateway/send.js';

/**
 * For the option `send`. It does what `fetch` would, with connections of its own that stay open between calls, and in a fraction of
 * the processor time: `fetch` makes streams of the web of a body that is a text on both sides.
 */
export function nodeSend(): Send {
  const dispatcher = new Agent();
  return async ({ url, headers, body, maxBytes, signal }) => {
    const response = await request(url, {
      method: 'POST',
      headers: { ...headers },
      body,
      signal,
      dispatcher,
    });
    const { statusCode: status } = response;
    const retryAfter = [response.headers['retry-after']].flat()[0] ?? null;
    if (status >= 200 && status < 300) return { status, retryAfter, text: await read(response, maxBytes) };
    // An unread body would keep the connection.
    await response.body.dump();
    return { status, retryAfter, text: undefined };
  };
}

/** HTTP holds a body to its `Content-Length` (RFC 9112, section 6.3); one without is counted. */
async function read(
  { headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<string | undefined> {
  const declared = headers['content-length'];
  if (typeof declared === 'string' && Number(declared) <= maxBytes) return body.text();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (length > maxBytes) return undefined;
    chunks.push(chunk);
  }
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
}
