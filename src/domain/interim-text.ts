/**
 * How a speaker's interim text comes. Public clients of the platform show both: the whole text so far, again and again
 * (`grows`), or pieces to be joined (`pieces`). Learned from what arrives.
 */
export type InterimHabit = 'unknown' | 'grows' | 'pieces';

/** What was received of one turn so far. */
export interface InterimText {
  readonly habit: InterimHabit;
  /** The last message, as it came. */
  readonly latest: string;
  /** Every message of the turn, joined as it came, while that may be its text. */
  readonly joined: string;
}

/** Shorter beginnings than this are shared by chance ("no", "no, thanks"), so they teach nothing. */
const TELLING_CHARS = 4;

/** Nothing received yet of the next turn, from a speaker whose habit may be known. */
export function noText(habit: InterimHabit): InterimText {
  return { habit, latest: '', joined: '' };
}

/** The turn's text as it stands. */
export function wholeText({ habit, latest, joined }: InterimText): string {
  return (habit === 'pieces' ? joined : latest).trim();
}

/**
 * Pure. Adds one message. A final one that holds the whole turn replaces what was guessed before, and teaches nothing: it is
 * whole in both habits. A message that goes on with the one before it, letter by letter, shows a text that grows, whatever
 * was believed: recognisers revise their first words, and those then look like pieces.
 */
export function addText(held: InterimText, text: string, final: boolean): InterimText {
  const { habit, latest } = held;
  const joined = held.joined + text;
  if (text.trim() === '') return { ...held, joined };
  if (final && continues(text, held.joined)) return { habit, latest: text, joined: text };
  const grown = latest.length >= TELLING_CHARS && text !== latest && text.startsWith(latest);
  if (grown || habit === 'grows') return { habit: 'grows', latest: text, joined: text };
  return { habit: habit === 'unknown' && continues(text, latest) ? habit : 'pieces', latest: text, joined };
}

/** Whether `text` says the same as `before` and goes on, or says it again a little differently, as recognisers do. */
export function continues(text: string, before: string): boolean {
  const words = spoken(text);
  const earlier = spoken(before);
  let shared = 0;
  while (shared < words.length && words[shared] === earlier[shared]) shared += 1;
  return shared * 2 >= earlier.length;
}

/** Letters and digits only: recognisers change case and punctuation between the interim and the final text. */
export function spoken(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
