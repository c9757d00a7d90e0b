import { addText, continues, noText, spoken, wholeText, type InterimText } from './interim-text.js';

export type Role = 'user' | 'agent';

/** What one side said without being followed by the other. */
export interface Turn {
  readonly id: string;
  readonly role: Role;
  readonly text: string;
  /** `false` while the text may still change. */
  readonly final: boolean;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** What happens to a conversation. `at` is milliseconds since the epoch. */
export type TranscriptEvent =
  | {
      readonly type: 'text';
      readonly role: Role;
      readonly text: string;
      readonly final: boolean;
      readonly at: number;
    }
  /** The visitor's turn is over and the agent prepares an answer. */
  | { readonly type: 'answering'; readonly at?: number }
  /** The visitor interrupted the agent (barge-in): what was still to be said is not said. */
  | { readonly type: 'interrupted'; readonly at: number }
  /** Nothing more will come. */
  | { readonly type: 'settled' };

/** A turn that is over, remembered so that late or doubled text does not open it again. */
interface ClosedTurn {
  readonly id: string;
  readonly at: number;
  /** The agent was interrupted in it. */
  readonly cut: boolean;
}

/** What the fold knows of one side. */
interface Speaker {
  /** The turn that more text continues. */
  readonly openId: string | undefined;
  /** The open turn is over for the ear; only its final text is still awaited. */
  readonly ended: boolean;
  readonly received: InterimText;
  /** This side is known to send final texts, so a turn without one is still open. */
  readonly sendsFinals: boolean;
  readonly closed: ClosedTurn | undefined;
}

/** The conversation so far. Read `turns`; the rest is the fold's memory. */
export interface Transcript {
  readonly turns: readonly Turn[];
  readonly user: Speaker;
  readonly agent: Speaker;
  /** Where a visitor's turn belongs whose text comes only after the agent began to answer it. */
  readonly userSlot: number | undefined;
  readonly nextId: number;
}

/** Text of a turn that is already over is taken for an echo of it within this time, in milliseconds. */
const ECHO_MS = 1000;

const SILENT: Speaker = {
  openId: undefined,
  ended: false,
  received: noText('unknown'),
  sendsFinals: false,
  closed: undefined,
};

export const EMPTY_TRANSCRIPT: Transcript = {
  turns: [],
  user: SILENT,
  agent: SILENT,
  userSlot: undefined,
  nextId: 1,
};

/** Pure. Folds one event into the conversation; an event that changes nothing returns the same object. */
export function foldTranscript(transcript: Transcript, event: TranscriptEvent): Transcript {
  switch (event.type) {
    case 'text':
      return foldText(transcript, event);
    case 'answering':
      return foldAnswering(transcript);
    case 'interrupted':
      return closeTurn(transcript, 'agent', event.at, true);
    case 'settled':
      return closeTurn(closeTurn(transcript, 'user'), 'agent');
    default:
      return event satisfies never;
  }
}

type TextEvent = Extract<TranscriptEvent, { type: 'text' }>;

function foldText(transcript: Transcript, event: TextEvent): Transcript {
  const { role, text, final, at } = event;
  const open = transcript[role].openId !== undefined;
  const blank = text.trim() === '';
  if (blank && !(open && (final || text))) return transcript;
  if (open && (final || blank || !opensAnother(transcript, role, text)))
    return continueTurn(transcript, event);
  return (
    foldLateText(transcript, event) ?? continueTurn(openTurn(closeTurn(transcript, role, at), event), event)
  );
}

/** Text for a turn that is over: an echo is dropped, the exact end of an interrupted turn is taken. */
function foldLateText(transcript: Transcript, { role, text, final, at }: TextEvent): Transcript | undefined {
  const { closed } = transcript[role];
  const turn = transcript.turns.find(({ id }) => id === closed?.id);
  if (!closed || !turn) return undefined;
  const words = spoken(text);
  const said = spoken(turn.text);
  const echo = at - closed.at < ECHO_MS;
  if (!closed.cut) return echo && said.includes(words) ? transcript : undefined;
  if (final && words && said.startsWith(words)) {
    return { ...transcript, turns: writeTurn(transcript.turns, closed.id, text.trim(), true) };
  }
  return echo || words.startsWith(said) ? transcript : undefined;
}

/** Whether interim text, although a turn is open, must be the beginning of the next one. */
function opensAnother({ turns, ...speakers }: Transcript, role: Role, text: string): boolean {
  const { ended, received, sendsFinals } = speakers[role];
  const whole = wholeText(received);
  const goesOn = received.habit !== 'pieces' && continues(text, whole);
  // Without final texts only the other side's words tell that a turn is over: "Yes" after them is another "Yes".
  const followed = !sendsFinals && turns.at(-1)?.role !== role;
  return followed ? !goesOn || text.length <= whole.length : ended && !goesOn;
}

function openTurn(transcript: Transcript, { role, final, at }: TextEvent): Transcript {
  const { turns, nextId, userSlot } = transcript;
  const turn: Turn = { id: `turn-${nextId}`, role, text: '', final: false, startedAt: at };
  const index = role === 'user' && final ? (userSlot ?? turns.length) : turns.length;
  const { received, sendsFinals } = transcript[role];
  return {
    ...transcript,
    turns: turns.toSpliced(index, 0, turn),
    [role]: { ...SILENT, sendsFinals, received: noText(received.habit), openId: turn.id },
    userSlot: role === 'user' ? undefined : userSlot,
    nextId: nextId + 1,
  };
}

function continueTurn(transcript: Transcript, { role, text, final, at }: TextEvent): Transcript {
  const speaker = transcript[role];
  const received = addText(speaker.received, text, final);
  const next = {
    ...transcript,
    turns: writeTurn(transcript.turns, speaker.openId, wholeText(received), false),
    [role]: { ...speaker, received, sendsFinals: speaker.sendsFinals || final },
  };
  if (!final) return next;
  const done = closeTurn(next, role, at);
  // The visitor has spoken: whatever the agent says now is another answer than the interrupted one.
  return role === 'user' ? { ...done, agent: { ...done.agent, closed: undefined } } : done;
}

function foldAnswering(transcript: Transcript): Transcript {
  const { turns, user } = transcript;
  const done = closeTurn(transcript, 'agent');
  const unheard = user.openId === undefined && turns.at(-1)?.role !== 'user';
  return {
    ...done,
    agent: { ...done.agent, closed: undefined },
    user: { ...user, ended: true },
    userSlot: unheard ? turns.length : undefined,
  };
}

function closeTurn(transcript: Transcript, role: Role, at = 0, cut = false): Transcript {
  const speaker = transcript[role];
  const { openId: id, received } = speaker;
  if (id === undefined) return transcript;
  return {
    ...transcript,
    turns: writeTurn(transcript.turns, id, wholeText(received), true),
    [role]: { ...speaker, openId: undefined, closed: { id, at, cut } },
  };
}

/** A turn that says the same as before stays the same object: nobody need be told of it. */
function writeTurn(
  turns: readonly Turn[],
  id: string | undefined,
  text: string,
  final: boolean,
): readonly Turn[] {
  return turns.map((turn) =>
    turn.id === id && (turn.text !== text || turn.final !== final) ? { ...turn, text, final } : turn,
  );
}
