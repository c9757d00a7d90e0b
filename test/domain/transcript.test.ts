import { expect } from '@open-wc/testing';
import {
  EMPTY_TRANSCRIPT,
  foldTranscript,
  type Role,
  type Transcript,
  type TranscriptEvent,
} from '../../src/domain/transcript.js';

type Line = readonly [role: Role, text: string, final: boolean];
type Step = (at: number) => TranscriptEvent;

const PAUSE_MS = 500;

function says(role: Role, text: string, final: boolean): Step {
  return (at) => ({ type: 'text', role, text, final, at });
}

const user = (text: string): Step => says('user', text, false);
const agent = (text: string): Step => says('agent', text, false);
const userFinal = (text: string): Step => says('user', text, true);
const agentFinal = (text: string): Step => says('agent', text, true);
const answering: Step = () => ({ type: 'answering' });
const interrupted: Step = (at) => ({ type: 'interrupted', at });
const settled: Step = () => ({ type: 'settled' });

/** The conversation after these steps, half a second apart, the first at 500. */
function after(steps: readonly Step[], from: Transcript = EMPTY_TRANSCRIPT, startAt = 0): Transcript {
  return steps.reduce(
    (transcript, step, index) => foldTranscript(transcript, step(startAt + (index + 1) * PAUSE_MS)),
    from,
  );
}

function lines({ turns }: Transcript): readonly Line[] {
  return turns.map(({ role, text, final }) => [role, text, final]);
}

describe('foldTranscript', () => {
  for (const [what, steps, expected] of [
    ['begins empty', [], []],
    ['shows interim text at once', [user('Good')], [['user', 'Good', false]]],
    ['lets a text grow', [user('Good'), user('Good day')], [['user', 'Good day', false]]],
    ['joins pieces', [agent('Good'), agent(' day'), agent(' to you')], [['agent', 'Good day to you', false]]],
    [
      'lets the final text win over a revised beginning, once texts are known to grow',
      [
        user('Good'),
        user('Good day'),
        userFinal('Good day.'),
        answering,
        user('I won a'),
        userFinal('I want two.'),
      ],
      [
        ['user', 'Good day.', true],
        ['user', 'I want two.', true],
      ],
    ],
    [
      'takes a revised interim text',
      [user('I won a'), user('I won a tab'), user('I want a table')],
      [['user', 'I want a table', false]],
    ],
    [
      'lets the final text win',
      [user('I want a tab'), userFinal('I want a table.')],
      [['user', 'I want a table.', true]],
    ],
    [
      'takes the last piece as the final text',
      [agent('Good'), agent(' day'), agentFinal(' to you')],
      [['agent', 'Good day to you', true]],
    ],
    [
      'takes the whole final text after pieces',
      [agent('Good'), agent(' day'), agentFinal('Good day.')],
      [['agent', 'Good day.', true]],
    ],
    [
      'takes an empty final text as the end of the turn',
      [agent('Good day'), agentFinal('')],
      [['agent', 'Good day', true]],
    ],
    [
      'takes a blank final text as the end of the turn',
      [agent('Good'), agent('Good day'), agentFinal(' ')],
      [['agent', 'Good day', true]],
    ],
    ['trims what it shows', [userFinal('  Good day \n')], [['user', 'Good day', true]]],
    [
      'keeps spaces inside the text',
      [agent('Good '), agent('day'), agent(' ')],
      [['agent', 'Good day', false]],
    ],
    ['keeps a text from right to left', [user('שלום'), userFinal('שלום לך')], [['user', 'שלום לך', true]]],
    ['keeps signs beyond the basic plane', [agentFinal('Done 👩‍👩‍👧 𝒪𝓀')], [['agent', 'Done 👩‍👩‍👧 𝒪𝓀', true]]],
    [
      'opens a turn for each side',
      [agentFinal('Hello.'), user('Hi'), userFinal('Hi.'), agent('How')],
      [
        ['agent', 'Hello.', true],
        ['user', 'Hi.', true],
        ['agent', 'How', false],
      ],
    ],
    [
      'knows the habit of pieces in the next turn',
      [agent('Good'), agent(' day'), agentFinal(''), userFinal('Hi'), agent('What'), agent(' what')],
      [
        ['agent', 'Good day', true],
        ['user', 'Hi', true],
        ['agent', 'What what', false],
      ],
    ],
    [
      'joins pieces although an earlier turn had one piece and a whole final text',
      [agent('Welcome'), agentFinal('Welcome.'), userFinal('Hi'), agent('How'), agent(' are'), agent(' you')],
      [
        ['agent', 'Welcome.', true],
        ['user', 'Hi', true],
        ['agent', 'How are you', false],
      ],
    ],
    [
      'lets texts grow although the first word of the call was revised',
      [user('Hal'), user('How'), user('How are'), user('How are you'), userFinal('How are you?')],
      [['user', 'How are you?', true]],
    ],
    [
      'puts a late final text where the turn was said',
      [user('A tab'), answering, agent('Sure'), userFinal('A table.'), agent('Sure thing')],
      [
        ['user', 'A table.', true],
        ['agent', 'Sure thing', false],
      ],
    ],
    [
      'puts a final text before the answer, when it comes only after the agent began to answer',
      [agentFinal('Hello.'), answering, agent('Sure'), userFinal('A table.'), agentFinal('Sure thing.')],
      [
        ['agent', 'Hello.', true],
        ['user', 'A table.', true],
        ['agent', 'Sure thing.', true],
      ],
    ],
    [
      'puts the visitor’s next words behind the answer, although the ones before it were never written',
      [agentFinal('Hello.'), answering, agentFinal('Sure.'), user('And'), userFinal('And you?')],
      [
        ['agent', 'Hello.', true],
        ['agent', 'Sure.', true],
        ['user', 'And you?', true],
      ],
    ],
    [
      'keeps the place before an answer for one turn only',
      [answering, agent('Sure'), userFinal('A table.'), userFinal('For two.')],
      [
        ['user', 'A table.', true],
        ['agent', 'Sure', false],
        ['user', 'For two.', true],
      ],
    ],
    [
      'has no place before the answer, when the visitor’s words are there already',
      [userFinal('A table.'), answering, agentFinal('Sure.'), userFinal('For two.')],
      [
        ['user', 'A table.', true],
        ['agent', 'Sure.', true],
        ['user', 'For two.', true],
      ],
    ],
    [
      'opens the next turn with the next words, when the last turn never got a final text',
      [
        userFinal('Hi.'),
        user('A table'),
        answering,
        agentFinal('Sure.'),
        user('Thanks'),
        userFinal('Thanks.'),
      ],
      [
        ['user', 'Hi.', true],
        ['user', 'A table', true],
        ['agent', 'Sure.', true],
        ['user', 'Thanks.', true],
      ],
    ],
    [
      'lets the visitor’s words grow after the end of the turn was told',
      [userFinal('Hi.'), user('A tab'), answering, user('A table'), userFinal('A table.')],
      [
        ['user', 'Hi.', true],
        ['user', 'A table.', true],
      ],
    ],
    [
      'ends the agent’s turn when it begins another answer',
      [agent('One moment'), answering, agent('Here it is')],
      [
        ['agent', 'One moment', true],
        ['agent', 'Here it is', false],
      ],
    ],
    [
      'ends an interrupted turn where it was cut',
      [agent('Good day'), interrupted],
      [['agent', 'Good day', true]],
    ],
    [
      'does not show what the interrupted agent would have said',
      [
        agent('Good day'),
        interrupted,
        agent(' to'),
        agent('Good day to you'),
        agentFinal('Good day to you, friend.'),
      ],
      [['agent', 'Good day', true]],
    ],
    [
      'takes the final text of an interrupted turn, when it is what was said',
      [agent('Good day to'), interrupted, agentFinal('Good day…'), agentFinal('Good day to you.')],
      [['agent', 'Good day…', true]],
    ],
    [
      'does not let a final text without words empty an interrupted turn',
      [agent('Good day'), interrupted, agentFinal('…')],
      [['agent', 'Good day', true]],
    ],
    [
      'opens a new turn for the answer to an interruption, even if it repeats the same words',
      [agent('Good day'), interrupted, user('What'), userFinal('What?'), agent('Good day')],
      [
        ['agent', 'Good day', true],
        ['user', 'What?', true],
        ['agent', 'Good day', false],
      ],
    ],
    [
      'opens a new turn for the same words, when only the coming answer was told',
      [agent('Good day'), interrupted, answering, agent('Good day'), agentFinal('Good day.')],
      [
        ['agent', 'Good day', true],
        ['agent', 'Good day.', true],
      ],
    ],
    [
      'opens a new turn for other words of an interrupted agent',
      [agent('Good day'), interrupted, user('Wait'), user('Wait a'), user('Wait a bit'), agent('Yes?')],
      [
        ['agent', 'Good day', true],
        ['user', 'Wait a bit', false],
        ['agent', 'Yes?', false],
      ],
    ],
    [
      'keeps the visitor’s turn open when the agent is interrupted',
      [agent('Good day'), user('Wait'), interrupted, user('Wait a bit')],
      [
        ['agent', 'Good day', true],
        ['user', 'Wait a bit', false],
      ],
    ],
    [
      'keeps one turn of an agent that goes on through a backchannel, when the platform sends final texts',
      [
        ...[agentFinal('Hello.'), userFinal('Hi.'), agent('First'), agent('First we')],
        ...[user('Mhm'), userFinal('Mhm.'), agent('First we go'), agentFinal('First we go in.')],
      ],
      [
        ['agent', 'Hello.', true],
        ['user', 'Hi.', true],
        ['agent', 'First we go in.', true],
        ['user', 'Mhm.', true],
      ],
    ],
    [
      'keeps one turn of an agent that goes on in pieces through a backchannel',
      [
        ...[agent('Hel'), agent('lo.'), agentFinal(''), userFinal('Hi.'), agent('First'), agent(' we')],
        ...[userFinal('Mhm.'), agent(' go'), agentFinal(' in.')],
      ],
      [
        ['agent', 'Hello.', true],
        ['user', 'Hi.', true],
        ['agent', 'First we go in.', true],
        ['user', 'Mhm.', true],
      ],
    ],
    [
      'does not melt growing turns that never get a final text into one',
      [
        user('Hello'),
        user('Hello there'),
        agent('Good'),
        agent('Good day'),
        user('I'),
        user('I want'),
        agent('Sure'),
      ],
      [
        ['user', 'Hello there', true],
        ['agent', 'Good day', true],
        ['user', 'I want', false],
        ['agent', 'Sure', false],
      ],
    ],
    [
      'does not melt turns in pieces that never get a final text into one',
      [user('Hello'), user(' there'), agent('Good'), agent(' day'), user('He'), user(' went'), agent('Sure')],
      [
        ['user', 'Hello there', true],
        ['agent', 'Good day', true],
        ['user', 'He went', false],
        ['agent', 'Sure', false],
      ],
    ],
    [
      'does not take a piece that begins like the turn before it for that turn said again',
      [
        user('Hello'),
        user(' there'),
        agent('Good'),
        agent(' day'),
        user('No'),
        agent('Sure'),
        user('Not that'),
      ],
      [
        ['user', 'Hello there', true],
        ['agent', 'Good day', true],
        ['user', 'No', true],
        ['agent', 'Sure', false],
        ['user', 'Not that', false],
      ],
    ],
    [
      'writes the same answer twice, when it was given twice and never got a final text',
      [agent('Monday?'), user('Yes'), agent('At ten?'), user('Yes'), agent('Then at ten')],
      [
        ['agent', 'Monday?', true],
        ['user', 'Yes', true],
        ['agent', 'At ten?', true],
        ['user', 'Yes', false],
        ['agent', 'Then at ten', false],
      ],
    ],
    [
      'lets a growing turn without a final text go on through the other side’s words',
      [user('I want'), agent('Mhm'), user('I want a table')],
      [
        ['user', 'I want a table', false],
        ['agent', 'Mhm', false],
      ],
    ],
    [
      'makes everything final when the call is over',
      [agent('Good day'), user('Wait'), settled],
      [
        ['agent', 'Good day', true],
        ['user', 'Wait', true],
      ],
    ],
  ] as readonly (readonly [string, readonly Step[], readonly Line[]])[]) {
    it(what, () => {
      expect(lines(after(steps))).to.deep.equal(expected);
    });
  }

  for (const [what, echo] of [
    ['the same final text', userFinal('A table, please.')],
    ['the final text in other letters', userFinal('a table please')],
    ['an interim text of it', user('A table')],
    ['its last piece', user(' please')],
  ] as const) {
    it(`drops a late echo of a turn that is over: ${what}`, () => {
      const said = after([user('A tab'), userFinal('A table, please.'), agent('Sure')]);
      expect(after([echo], said, 1000)).to.equal(said);
    });
  }

  it('takes the same words for a new turn a second later', () => {
    const said = after([userFinal('Yes.')]);
    expect(lines(foldTranscript(said, userFinal('Yes.')(PAUSE_MS + 999)))).to.have.lengthOf(1);
    expect(lines(foldTranscript(said, userFinal('Yes.')(PAUSE_MS + 1000)))).to.have.lengthOf(2);
  });

  it('does not take new words for an echo, however early they come', () => {
    const said = after([userFinal('Yes.')]);
    expect(lines(foldTranscript(said, user('Yes but')(PAUSE_MS + 1)))).to.deep.equal([
      ['user', 'Yes.', true],
      ['user', 'Yes but', false],
    ]);
  });

  for (const [what, before, step] of [
    ['an empty text before anybody spoke', [], user('')],
    ['a blank text before anybody spoke', [], agentFinal(' \n\t')],
    ['an empty final text after a turn is over', [userFinal('Hi')], userFinal('')],
    ['an empty interim text in a turn', [user('Hi')], user('')],
    ['an empty interim text after the other side spoke', [user('Hi'), agent('Yes')], user('')],
    ['an interruption while the agent is silent', [userFinal('Hi')], interrupted],
    ['a second interruption', [agent('Hi'), interrupted], interrupted],
    ['settling an empty conversation', [], settled],
    ['settling twice', [agent('Hi'), user('Hi'), settled], settled],
    ['late text of an interrupted turn', [agent('Good day'), interrupted], agent('Good day to')],
  ] as const) {
    it(`${what} returns the same object`, () => {
      const transcript = after(before);
      expect(after([step], transcript, PAUSE_MS * before.length)).to.equal(transcript);
    });
  }

  it('keeps the object of a turn that a message did not change', () => {
    const before = after([agentFinal('Hello.'), user('Good day'), user('Good day to')]);
    const next = foldTranscript(before, user('Good day to')(3000));
    expect(next.turns[0]).to.equal(before.turns[0]);
    expect(next.turns[1]).to.equal(before.turns[1]);
  });

  it('never changes what it was given', () => {
    const before = after([agent('Good'), user('Wait')]);
    const copy = structuredClone(before);
    after([agent('Good day'), userFinal('Wait.'), answering, interrupted, settled], before);
    expect(before).to.deep.equal(copy);
  });

  it('keeps the time at which a turn began', () => {
    const { turns } = after([
      user('Good'),
      user('Good day'),
      agent('Hi'),
      userFinal('Good day.'),
      agentFinal('Hi.'),
    ]);
    expect(turns.map(({ startedAt }) => startedAt)).to.deep.equal([500, 1500]);
  });

  it('keeps the id of a turn, and gives every turn its own', () => {
    const first = after([answering, agent('Sure'), userFinal('A table.')]);
    const later = after([agentFinal('Sure.'), userFinal('Thanks.'), agent('Bye')], first, 5000);
    const ids = later.turns.map(({ id }) => id);
    expect(ids.slice(0, 2)).to.deep.equal(first.turns.map(({ id }) => id));
    expect(new Set(ids)).to.have.property('size', 4);
  });
});
