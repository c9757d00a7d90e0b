/** Tells the developer of the page about something that was passed over. */
export function warn(text: string): void {
  console.warn(`<millis-voice-agent> ${text}`);
}

/** Tells the developer of the page that a gateway is missing, and where to read about it. */
export function adviseGateway(text: string): void {
  console.error(
    `<millis-voice-agent> ${text} Put a gateway before the platform, with server="https://…": see docs/gateway.md of millis-voice-agent.`,
  );
}

const advised = new Set<string>();

/** Tells the developer of the page, once for each text, why no call can be made. */
export function adviseOnce(text: string): void {
  if (advised.has(text)) return;
  advised.add(text);
  console.error(`<millis-voice-agent> ${text}`);
}
