/** Both are seen in public code: a growing text sent again and again, or pieces to be joined. */
export type InterimHabit = 'grows' | 'pieces';

/** Sends a text that becomes longer. What it is given must begin with what it was given before. */
export class InterimText {
  private sent = '';

  constructor(
    private readonly habit: InterimHabit,
    private readonly send: (text: string) => void,
  ) {}

  /** The longest text so far, joined. */
  get text(): string {
    return this.sent;
  }

  /** Sends the text, or what is new in it. Nothing new sends nothing. */
  grow(text: string): void {
    if (text.length <= this.sent.length) return;
    const piece = text.slice(this.sent.length);
    this.sent = text;
    this.send(this.habit === 'grows' ? text : piece);
  }
}

/** The words of a text whose saying has begun when this share of its sound, from 0 to 1, has been played. */
export function wordsBegun(text: string, share: number): string {
  const reached = Math.floor(share * text.length);
  const wordEnd = text.indexOf(' ', reached);
  return wordEnd === -1 ? text : text.slice(0, wordEnd);
}

/** How a length of heard speech reads as text: `[speech, 2.1 seconds]`. */
export function heardText(heardMs: number): string {
  const seconds = Math.round(heardMs / 100) / 10;
  return `[speech, ${seconds} ${seconds === 1 ? 'second' : 'seconds'}]`;
}

/** The same while it is still being said: a dot more for each second, so that it grows into the final text as words would. */
export function hearingText(heardMs: number): string {
  return `[speech${'…'.repeat(1 + Math.floor(heardMs / 1000))}`;
}
