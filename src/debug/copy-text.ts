/**
 * Puts a text on the clipboard, from the task of a press. Where the browser or a policy forbids that, the text stands selected in `area`,
 * for the older way and, if that is forbidden too, for the visitor's own keys. Resolves with whether it was copied.
 */
export async function copyText(text: string, area: HTMLTextAreaElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    area.value = text;
    area.hidden = false;
    area.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the one way that needs no permission
    const isCopied = document.execCommand('copy');
    area.hidden = isCopied;
    return isCopied;
  }
}
