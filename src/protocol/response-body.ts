/** An answer or a config is some kilobytes. What is longer is neither. */
export const MAX_BODY_BYTES = 65_536;

/**
 * The text of a response, or of a request, or `undefined` when it is too long: the rest of it is not read then. Rejects as the
 * connection does. A signal ends the reading, and what was read so far means nothing then.
 */
export async function readBody(
  { body }: { readonly body: ReadableStream<Uint8Array> | null },
  maxBytes = MAX_BODY_BYTES,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const reader = body?.getReader();
  signal?.addEventListener('abort', () => void reader?.cancel().catch(() => undefined));
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; ;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
