import { readBody } from '../protocol/response-body.js';

/**
 * The text of a request or a response, or `undefined` when it is longer than `maxBytes`. A short one whose length is declared is
 * taken in one piece, since HTTP holds a body to its `Content-Length` (RFC 9112, section 6.3), and a stream of it costs as much as
 * all checks together. Any other one is counted while it is read. Rejects as the connection does.
 */
export async function readText(
  message: Request | Response,
  maxBytes: number,
  signal: () => AbortSignal,
): Promise<string | undefined> {
  const { headers } = message;
  const declared = headers.get('content-length') ?? '';
  // Of a packed body the length says nothing.
  const isShort = /^\d+$/.test(declared) && Number(declared) <= maxBytes && !headers.has('content-encoding');
  if (!isShort) return readBody(message, maxBytes, signal());
  const text = await message.text();
  // Who calls the handler without HTTP may have declared anything.
  return text.length > maxBytes ? undefined : text;
}
