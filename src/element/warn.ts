/** Tells the developer of the page about something that was passed over. */
export function warn(text: string): void {
  console.warn(`<millis-voice-agent> ${text}`);
}
