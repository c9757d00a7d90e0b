import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  EMPTY_TRANSCRIPT,
  foldTranscript,
  type Role,
  type Transcript,
  type TranscriptEvent,
} from '../../src/domain/transcript.js';

type Habit = 'grows' | 'pieces';

/** How the platform's last message of a turn reads: all of it once more, or only what was not sent yet. */
type Ending = 'whole' | 'last-piece';

/** A turn in the parts in which it was said, spaces and all. */
interface SaidTurn {
  readonly role: Role;
  readonly parts: readonly string[];
}

const RUNS = { numRuns: 300 };
const MESSAGE_MS = 200;
const BETWEEN_TURNS_MS = 2000;

/** Other letters at the beginning of every word: none of them can be taken for the turn said again. */
const DISTINCT = [
  'alder',
  'birch',
  'cedar',
  'dogwood',
  'élder',
  'fir',
  'gorse',
  'hazel',
  'лён',
  'שקד',
  '杏',
  '2',
];
const ANY_WORD = fc.oneof(
  fc.constantFrom(...DISTINCT),
  fc.constantFrom(
    'no',
    'No',
    'no,',
    'not',
    'that',
    'this',
    'very',
    'yes.',
    'I',
    'a',
    'مرحبا',
    'Straße',
    '👍🏽',
  ),
  fc.stringMatching(/^[a-c]{1,5}$/),
);

/** Words with their spaces, torn at random places: at spaces, in the middle of words, both. */
function torn(words: readonly string[], cuts: readonly number[]): readonly string[] {
  const text = words.join(' ');
  const places = [...new Set([0, ...cuts.map((cut) => cut % text.length), text.length])].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

function withoutBlankEnds(parts: readonly string[]): boolean {
  return parts[0]?.trim() !== '' && parts.at(-1)?.trim() !== '';
}

const anyParts = fc
  .tuple(fc.array(ANY_WORD, { minLength: 1, maxLength: 8 }), fc.array(fc.nat({ max: 60 }), { maxLength: 6 }))
  .map(([words, cuts]) => torn(words, cuts))
  .filter(withoutBlankEnds);

/** Whole words, each with the space before it or after it, and none beginning like another. */
const distinctParts = fc
  .tuple(fc.shuffledSubarray(DISTINCT, { minLength: 1 }), fc.boolean())
  .map(([words, spaceFirst]) =>
    words.map((word, index) => {
      if (spaceFirst) return index === 0 ? word : ` ${word}`;
      return index === words.length - 1 ? word : `${word} `;
    }),
  );

/** The sides take turns, the agent first or the visitor. */
function conversation(
  parts: fc.Arbitrary<readonly string[]>,
  minTurns = 1,
): fc.Arbitrary<readonly SaidTurn[]> {
  return fc
    .tuple(fc.boolean(), fc.array(parts, { minLength: minTurns, maxLength: 7 }))
    .map(([agentFirst, turns]) =>
      turns.map((turn, index) => ({
        role: (index % 2 === 0) === agentFirst ? 'agent' : 'user',
        parts: turn,
      })),
    );
}

function wordsOf({ parts }: SaidTurn): string {
  return parts.join('');
}

/** The messages that a platform of this habit sends for one turn. */
function messages(turn: SaidTurn, habit: Habit, ending: Ending): readonly Omit<TextMessage, 'at'>[] {
  const { role, parts } = turn;
  const soFar = parts.map((_, index) => parts.slice(0, index + 1).join(''));
  const interim = habit === 'grows' ? soFar : parts;
  const text = (message: string, final: boolean) => ({ type: 'text', role, text: message, final }) as const;
  const last = interim.at(-1) ?? '';
  return ending === 'whole'
    ? [...interim.map((message) => text(message, false)), text(wordsOf(turn), true)]
    : [...interim.slice(0, -1).map((message) => text(message, false)), text(last, true)];
}

type TextMessage = Extract<TranscriptEvent, { type: 'text' }>;

function say(turns: readonly SaidTurn[], habit: Habit, ending: Ending, from = EMPTY_TRANSCRIPT): Transcript {
  let at = 0;
  return turns.reduce((transcript, turn) => {
    at += BETWEEN_TURNS_MS;
    return messages(turn, habit, ending).reduce((folded, message) => {
      at += MESSAGE_MS;
      return foldTranscript(folded, { ...message, at });
    }, transcript);
  }, from);
}

function lines({ turns }: Transcript) {
  return turns.map(({ role, text, final }) => ({ role, text, final }));
}

function asSaid(turns: readonly SaidTurn[]) {
  return turns.map((turn) => ({ role: turn.role, text: wordsOf(turn).trim(), final: true }));
}

/** After it a transcript knows the habit of both sides. */
const INTRODUCTION: readonly SaidTurn[] = [
  { role: 'agent', parts: ['Good', ' day', ' to', ' you'] },
  { role: 'user', parts: ['What', ' can', ' you', ' do'] },
];

describe('foldTranscript, for any conversation', () => {
  for (const habit of ['grows', 'pieces'] as const) {
    it(`writes down what was said, however it was split, when the text ${habit} and the final text is whole`, () => {
      fc.assert(
        fc.property(conversation(anyParts), (turns) => {
          expect(lines(say(turns, habit, 'whole'))).to.deep.equal(asSaid(turns));
        }),
        RUNS,
      );
    });

    it(`writes down what was said when the text ${habit} and its last message is the final one`, () => {
      fc.assert(
        fc.property(conversation(distinctParts), (turns) => {
          expect(lines(say(turns, habit, 'last-piece'))).to.deep.equal(asSaid(turns));
        }),
        RUNS,
      );
    });

    it(`shows the words so far after every message, once it knows that the text ${habit}`, () => {
      const introduced = say(INTRODUCTION, habit, 'whole');
      fc.assert(
        fc.property(distinctParts, fc.constantFrom<Role>('user', 'agent'), (parts, role) => {
          let transcript = introduced;
          let at = 60_000;
          for (const [index, message] of messages({ role, parts }, habit, 'whole').entries()) {
            transcript = foldTranscript(transcript, { ...message, at: (at += MESSAGE_MS) });
            const soFar = parts
              .slice(0, index + 1)
              .join('')
              .trim();
            expect(lines(transcript).slice(2)).to.deep.equal([{ role, text: soFar, final: message.final }]);
          }
        }),
        RUNS,
      );
    });

    it(`keeps the order of the turns, however late a visitor’s final text comes, when the text ${habit}`, () => {
      const exchange = fc.record({
        asked: distinctParts,
        answered: distinctParts,
        unheard: fc.boolean(),
        lateBy: fc.nat({ max: DISTINCT.length }),
      });
      fc.assert(
        fc.property(fc.array(exchange, { minLength: 1, maxLength: 4 }), (exchanges) => {
          let transcript: Transcript = EMPTY_TRANSCRIPT;
          let at = 0;
          const fold = (event: Omit<TextMessage, 'at'> | 'answering') => {
            at += MESSAGE_MS;
            transcript = foldTranscript(
              transcript,
              event === 'answering' ? { type: event } : { ...event, at },
            );
          };
          for (const { asked, answered, unheard, lateBy } of exchanges) {
            at += BETWEEN_TURNS_MS;
            const question = messages({ role: 'user', parts: asked }, habit, 'whole');
            const answer = messages({ role: 'agent', parts: answered }, habit, 'whole');
            const late = Math.min(lateBy, answer.length - 1);
            if (!unheard) question.slice(0, -1).forEach(fold);
            fold('answering');
            answer.slice(0, late).forEach(fold);
            question.slice(-1).forEach(fold);
            answer.slice(late).forEach(fold);
          }
          const said = exchanges.flatMap<SaidTurn>(({ asked, answered }) => [
            { role: 'user', parts: asked },
            { role: 'agent', parts: answered },
          ]);
          expect(lines(transcript)).to.deep.equal(asSaid(said));
        }),
        RUNS,
      );
    });

    it(`ends an interrupted turn where it was cut, whatever follows of it, when the text ${habit}`, () => {
      const introduced = say(INTRODUCTION, habit, 'whole');
      fc.assert(
        fc.property(
          distinctParts.filter(({ length }) => length > 1),
          fc.nat(),
          fc.constantFrom<Ending>('whole', 'last-piece'),
          (parts, place, ending) => {
            const turn: SaidTurn = { role: 'agent', parts };
            const cut = 1 + (place % (parts.length - 1));
            const all = messages(turn, habit, ending);
            const heard = all
              .slice(0, cut)
              .map((message, index) => ({ ...message, at: 60_000 + index * MESSAGE_MS }));
            const interruptedAt = 60_000 + cut * MESSAGE_MS;
            const late = all
              .slice(cut)
              .map((message, index) => ({ ...message, at: interruptedAt + index * 70 }));
            const transcript = [
              ...heard,
              { type: 'interrupted', at: interruptedAt } as const,
              ...late,
            ].reduce(foldTranscript, introduced);
            expect(lines(transcript).slice(2)).to.deep.equal([
              { role: 'agent', text: parts.slice(0, cut).join('').trim(), final: true },
            ]);
          },
        ),
        RUNS,
      );
    });
  }
});

const anyText = fc.oneof(
  ANY_WORD,
  anyParts.map((parts) => parts.join('')),
  fc.constantFrom('', ' ', '\n', '…', '?'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const anyEvent: fc.Arbitrary<TranscriptEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('text'),
      role: fc.constantFrom<Role>('user', 'agent'),
      text: anyText,
      final: fc.boolean(),
      at: fc.nat({ max: 20_000 }),
    }),
  },
  fc.constant({ type: 'answering' } as const),
  fc.record({ type: fc.constant('interrupted'), at: fc.nat({ max: 20_000 }) }),
  { weight: 1, arbitrary: fc.constant({ type: 'settled' } as const) },
);

describe('foldTranscript, for any events in any order', () => {
  it('keeps every turn, its id, side, place and beginning, and never leaves an empty one', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let transcript: Transcript = EMPTY_TRANSCRIPT;
        for (const event of events) {
          const before = transcript.turns;
          transcript = foldTranscript(transcript, event);
          const { turns } = transcript;
          const ids = turns.map(({ id }) => id);
          expect(new Set(ids).size).to.equal(ids.length);
          const kept = turns.filter(({ id }) => before.some((turn) => turn.id === id));
          const identity = ({ id, role, startedAt }: (typeof turns)[number]) => ({ id, role, startedAt });
          expect(kept.map(identity)).to.deep.equal(before.map(identity));
          expect(turns.filter(({ text }) => text.trim() === '')).to.deep.equal([]);
          expect(
            before.filter(({ id, final }) => final && !turns.some((turn) => turn.id === id && turn.final)),
          ).to.deep.equal([]);
        }
      }),
      RUNS,
    );
  });

  it('leaves nothing open when the call is over', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        const settled = [...events, { type: 'settled' } as const].reduce(foldTranscript, EMPTY_TRANSCRIPT);
        expect(settled.turns.filter(({ final }) => !final)).to.deep.equal([]);
        expect(foldTranscript(settled, { type: 'settled' })).to.equal(settled);
      }),
      RUNS,
    );
  });

  it('gives the same turns for the same events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        expect(events.reduce(foldTranscript, EMPTY_TRANSCRIPT)).to.deep.equal(
          structuredClone(events).reduce(foldTranscript, structuredClone(EMPTY_TRANSCRIPT)),
        );
      }),
      RUNS,
    );
  });
});

describe('foldTranscript, for 2,000 messages', () => {
  const COUNT = 2000;

  for (const [what, text, turns, held] of [
    ['of one text that grows', (index: number) => 'word '.repeat(index + 1), 1, 5 * COUNT],
    ['of one turn in pieces', (index: number) => `${index} `, 1, 5 * COUNT],
    ['that are all the same', () => 'word', 1, 5 * COUNT],
  ] as const) {
    it(`${what} holds no more than was sent`, () => {
      let transcript: Transcript = EMPTY_TRANSCRIPT;
      for (let index = 0; index < COUNT; index += 1) {
        const event = { type: 'text', role: 'agent', text: text(index), final: false, at: index } as const;
        transcript = foldTranscript(transcript, event);
      }
      expect(transcript.turns).to.have.lengthOf(turns);
      expect(JSON.stringify(transcript).length).to.be.lessThan(3 * held + 1000);
    });
  }

  it('of a whole conversation makes one turn for each that was said, and remembers nothing else', () => {
    const turns = Array.from({ length: COUNT / 4 }, (_, index): SaidTurn => {
      return { role: index % 2 === 0 ? 'agent' : 'user', parts: [`Turn ${index}`, ' of', ' many'] };
    });
    const { turns: shown, ...memory } = say(turns, 'pieces', 'whole');
    expect(shown).to.have.lengthOf(COUNT / 4);
    expect(JSON.stringify(memory).length).to.be.lessThan(1000);
  });
});
