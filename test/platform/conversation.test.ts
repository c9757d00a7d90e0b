import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AgentScript } from '../../demo/platform/agent-script.js';
import { SHIPPED_AGENT } from '../../demo/platform/agent-script.js';
import { receptionist } from '../../demo/platform/agents/receptionist.js';
import { Conversation } from '../../demo/platform/conversation.js';
import { FRAME_SAMPLES, levelDb, SILENCE } from '../../demo/platform/pcm.js';
import { sine } from './sounds.js';

const LINE_MS = 1_000;
const LOUD = sine(10);

interface Run {
  readonly conversation: Conversation;
  /** `method data` of each message, with the time it was sent; interim texts left out. */
  readonly events: string[];
  /** The agent's side, 10 ms each: whether it could be heard. */
  readonly audible: boolean[];
  readonly advance: (ms: number, visitor?: 'speaks') => Promise<void>;
}

/** A conversation without a connection, run as fast as it goes. Every line takes a second to say. */
function run(script: AgentScript): Run {
  const events: string[] = [];
  const audible: boolean[] = [];
  const note = (text: string) => events.push(`${audible.length * 10} ${text}`);
  const conversation = new Conversation(script, {
    send: ({ method, data, payload }) => {
      if (payload?.['is_final'] !== false) note([method, data].filter(Boolean).join(' '));
    },
    render: () => Promise.resolve(sine(LINE_MS)),
    end: (status) => note(`END ${status}`),
    greeted: () => note('GREETED'),
    log: () => undefined,
  });
  conversation.start();
  const advance = async (ms: number, visitor?: 'speaks'): Promise<void> => {
    for (let at = 0; at < ms; at += 10) {
      await Promise.resolve();
      conversation.hear(visitor ? LOUD : SILENCE);
      const frame = conversation.speak();
      assert.equal(frame.length, FRAME_SAMPLES);
      audible.push(levelDb(frame) > -60);
    }
  };
  return { conversation, events, audible, advance };
}

function agent(config: Partial<AgentScript['config']>, rest: Partial<AgentScript> = {}): AgentScript {
  return { id: 'test', name: 'Test', config: { ...SHIPPED_AGENT, ...config }, ...rest };
}

describe('Conversation', () => {
  it('greets at once, listens, waits the response delay, and answers', async () => {
    const { advance, events } = run(agent({ first_message: 'Hello.', flow: { response_delay: 500 } }));
    await advance(1_500);
    await advance(1_000, 'speaks');
    await advance(3_000);
    assert.deepEqual(events, [
      '1000 onresponsetext Hello.',
      '1000 GREETED',
      '3090 ontranscript [speech, 1 second]',
      '3090 start_answering',
      '4570 onresponsetext I see.',
    ]);
  });

  it('waits a delay given as an object', async () => {
    const { advance, audible } = run(
      agent({ flow: { user_start_first: true, response_delay: { generic_delay: 1_000 } } }),
    );
    await advance(500, 'speaks');
    await advance(2_000);
    assert.equal(audible.indexOf(true) * 10, 2_080);
  });

  it('says nothing first when the visitor starts', async () => {
    const { advance, events, audible } = run(
      agent({ first_message: 'Hello.', flow: { user_start_first: true } }),
    );
    await advance(2_000);
    assert.deepEqual(events, ['0 GREETED']);
    assert.equal(audible.includes(true), false);
  });

  it('stops within 50 ms of speech being recognised, says clear, and sends no final text', async () => {
    const { advance, events, audible, conversation } = run(
      agent({ first_message: 'One two three four five.' }),
    );
    await advance(400);
    await advance(500, 'speaks');
    assert.deepEqual(events, ['590 clear', '590 GREETED']);
    assert.ok(audible.lastIndexOf(true) * 10 <= 640);
    assert.deepEqual(conversation.chat, [{ role: 'assistant', content: 'One two three' }]);
  });

  for (const [what, interruption] of [
    ['its first message, when that is protected', { first_messsage: false }],
    ['when interruption is not allowed', { allowed: false }],
  ] as const) {
    it(`goes on ${what}, and answers afterwards`, async () => {
      const { advance, events } = run(agent({ first_message: 'Hello.', flow: { interruption } }));
      await advance(100);
      await advance(300, 'speaks');
      await advance(2_500);
      assert.deepEqual(
        events.map((event) => event.split(' ').slice(1).join(' ')),
        [
          'ontranscript [speech, 0.3 seconds]',
          'start_answering',
          'onresponsetext Hello.',
          'GREETED',
          'onresponsetext I see.',
        ],
      );
    });
  }

  it('takes back an answer that has not begun when the visitor goes on, and answers all of it', async () => {
    const heard: number[] = [];
    const script = agent(
      { flow: { user_start_first: true, response_delay: 1_000 } },
      { reply: ({ number, heard: samples }) => (heard.push(number, samples.length / 48), { text: 'Yes.' }) },
    );
    const { advance, events } = run(script);
    await advance(500, 'speaks');
    await advance(800);
    await advance(500, 'speaks');
    await advance(3_000);
    assert.equal(events.filter((event) => event.includes('onresponsetext')).length, 1);
    assert.deepEqual([heard[0], heard[2]], [1, 1]);
  });

  it('reminds a silent visitor once, and ends when nothing comes', async () => {
    const { advance, events } = run(
      agent({
        flow: { inactivity_handling: { idle_time: 2, message: 'Still there?' } },
        session_timeout: { max_idle: 5, message: 'Goodbye.' },
      }),
    );
    await advance(10_000);
    assert.deepEqual(events, [
      '0 GREETED',
      '2990 onresponsetext Still there?',
      '6990 onresponsetext Goodbye.',
      '6990 END timeout',
    ]);
  });

  it('ends at the maximal duration, in the middle of a sentence', async () => {
    const { advance, events } = run(
      agent({ first_message: 'Hello.', session_timeout: { max_duration: 0.5 } }),
    );
    await advance(2_000);
    assert.deepEqual(events, ['490 clear', '490 GREETED', '490 END timeout']);
  });

  it('says a last line that nothing interrupts when it is told to end', async () => {
    const { advance, events, conversation } = run(agent({ first_message: 'Hello.' }));
    await advance(300);
    conversation.close('api-ended', 'We are closing.');
    await advance(1_500, 'speaks');
    assert.equal(events.at(-2)?.endsWith('onresponsetext We are closing.'), true);
    assert.equal(events.at(-1)?.endsWith('END api-ended'), true);
    assert.equal(events.filter((event) => event.includes('clear')).length, 1);
  });

  it('runs through the receptionist: a booking on the second answer, and a goodbye after the fourth', async () => {
    const { advance, events, conversation } = run(receptionist);
    await advance(1_500);
    for (let turn = 0; turn < 4; turn += 1) {
      await advance(500, 'speaks');
      await advance(2_500);
    }
    assert.deepEqual(conversation.functionCalls, [
      { name: 'book_appointment', params: { day: 'Tuesday', time: '10:00', reason: 'check-up' } },
    ]);
    assert.equal(conversation.chat.length, 9);
    assert.equal(events.at(-1)?.endsWith('END agent-ended'), true);
  });

  it('does not end by itself when the flow forbids it', async () => {
    const { advance, events } = run(agent({}, { reply: () => ({ text: 'Bye.', ends: true }) }));
    await advance(500, 'speaks');
    await advance(3_000);
    assert.equal(
      events.some((event) => event.includes('END')),
      false,
    );
  });
});
