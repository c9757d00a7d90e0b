/** An answer or a config is some kilobytes. What is longer is neither. */
export const MAX_BODY_BYTES = 65_536;

/** The text of a response, or `undefined` when it is too long: the rest of it is not read then. Rejects as the connection does. */
export async function readBody(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; ;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
