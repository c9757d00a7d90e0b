/** One message of the session, as the public browser SDK speaks it. */
export interface SessionMessage {
  readonly method: string;
  readonly data?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A call without a channel, or with one that never opens, must not collect messages without end. */
const MAX_QUEUED = 1_000;
const MAX_BUFFERED_BYTES = 1_000_000;
const MAX_HEARD_CHARS = 65_536;

/** The agent's end of the data channel that the visitor's side makes. Waits for it, and does without it. */
export class SessionChannel {
  private channel: RTCDataChannel | undefined;
  private queued: string[] = [];

  /** Takes the channel when it arrives. A second one is ignored. */
  attach(channel: RTCDataChannel): void {
    if (this.channel) return;
    this.channel = channel;
    channel.onmessage = (event: MessageEvent<unknown>) => this.answerPing(event.data);
    channel.onopen = () => this.flush();
    this.flush();
  }

  /** Sends, or keeps until the channel opens. Dropped when the channel has closed. */
  send(message: SessionMessage): void {
    const text = JSON.stringify(message);
    if (this.isOpen()) this.sendRaw(text);
    else if (this.queued.length < MAX_QUEUED) this.queued.push(text);
  }

  /** Sends anything at once, unless 1 MB waits already or there is no open channel. */
  sendRaw(data: string | ArrayBuffer): void {
    const { channel } = this;
    if (!channel || !this.isOpen() || channel.bufferedAmount > MAX_BUFFERED_BYTES) return;
    try {
      // Two calls, because the DOM's overloads take no union.
      if (typeof data === 'string') channel.send(data);
      else channel.send(data);
    } catch {
      // The visitor's side closed it between the check and the call.
    }
  }

  close(): void {
    if (this.isOpen()) this.channel?.close();
    this.queued = [];
  }

  private isOpen(): boolean {
    return this.channel?.readyState === 'open';
  }

  private flush(): void {
    if (!this.isOpen()) return;
    const { queued } = this;
    this.queued = [];
    for (const text of queued) this.sendRaw(text);
  }

  /** The only message that the visitor's side sends. Anything else is not understood, and does no harm. */
  private answerPing(text: unknown): void {
    if (typeof text !== 'string' || text.length > MAX_HEARD_CHARS) return;
    try {
      const message: unknown = JSON.parse(text);
      if (typeof message !== 'object' || message === null || !('method' in message)) return;
      if (message.method !== 'ping') return;
      const data = 'data' in message ? message.data : undefined;
      const echoes = typeof data === 'string' || typeof data === 'number';
      this.send({ method: 'pong', ...(echoes ? { data: String(data) } : {}) });
    } catch {
      // Not JSON.
    }
  }
}
