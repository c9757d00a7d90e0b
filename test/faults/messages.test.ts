import { expect, html } from '@open-wc/testing';
import fc from 'fast-check';
import { liveCall, snapshotWhere } from '../support/browser/calls.js';
import { anyMessage, type Sent } from '../support/browser/any-messages.js';
import { afterTest } from '../support/browser/cleanup.js';
import { part, parts, until, widget, type Widget } from '../support/browser/widget.js';
import { row } from './table.js';

declare const __MILLIS_RUNS__: number;
declare const __MILLIS_SEED__: number;

/** Each is a call of its own, whose messages are few enough not to be taken for a flood. */
const CALLS = Math.ceil(__MILLIS_RUNS__ / 25);
const MOST_MESSAGES = 60;
const MOST_MS_PER_CALL = 2_000;
/** Controls but for the line and the tab, and what turns or hides the text beside it. */
const UNREADABLE = /(?![\n\t])\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

async function showing(): Promise<Widget> {
  const shown = await widget(html`<millis-voice-agent agent-id="agent" transcript></millis-voice-agent>`);
  await shown.element.start();
  return shown;
}

/** Sends all of it, and resolves when the last of it has arrived. */
async function sendAll({ element, far }: Widget, messages: readonly (Sent | object)[]): Promise<void> {
  const last = crypto.randomUUID();
  for (const message of messages) await far().say(message);
  await far().say({ method: 'onready', payload: { session_id: last } });
  await until(() => element.sessionId === last);
  await element.updateComplete;
}

function text(role: 'user' | 'agent', data: string, final: boolean): object {
  const method = role === 'user' ? 'ontranscript' : 'onresponsetext';
  return { method, data, payload: { is_final: final } };
}

function shown({ element }: Widget): string[] {
  return parts(element, 'turn').map(({ textContent }) => textContent.trim());
}

/** What the browser was told of mistakes, from now on and until the test is over. */
function collectMistakes(): readonly unknown[] {
  const mistakes: unknown[] = [];
  const note = (event: Event) => void mistakes.push(event);
  for (const type of ['error', 'unhandledrejection']) {
    addEventListener(type, note);
    afterTest(() => removeEventListener(type, note));
  }
  return mistakes;
}

describe('messages of a broken platform', () => {
  it(row(42), async () => {
    const { call, far } = await liveCall();
    const broken = ['', '{ broken', 'null', '[]', '7', '"clear"', '{"method":7}', '{"data":"Hi"}'];
    const binary = [new ArrayBuffer(8), new ArrayBuffer(0)];
    const dropped = broken.length + binary.length;
    for (const message of [...broken, ...binary]) await far().say(message);
    await far().say({ method: 'from_the_future', data: { not: 'text' }, payload: 1 });
    await far().say({ method: 'onresponsetext', data: 'Hello', payload: { is_final: true } });
    await snapshotWhere(call, ({ transcript }) => transcript.turns.length > 0);
    // They are counted now and then, not one by one.
    const { state } = await snapshotWhere(call, ({ droppedMessages }) => droppedMessages >= dropped);
    expect(call.snapshot.droppedMessages).to.equal(dropped);
    expect(state.phase).to.equal('live');
    expect(call.snapshot.transcript.turns.map(({ text }) => text)).to.deep.equal(['Hello']);
  });

  it(row(44), async () => {
    const agent = await showing();
    await sendAll(agent, [
      text('agent', '<img src=x onerror="alert(1)"><b>bold</b> &amp; co', true),
      text('user', 'pay \u202eevil\u202c \u2066me\u2069\u200f\u0000\u001b[31m\u0007 now\ufeff', true),
      text('agent', 'שלום, עולם', true),
    ]);
    expect(shown(agent)).to.deep.equal([
      'Agent: <img src=x onerror="alert(1)"><b>bold</b> &amp; co',
      'You: pay evil me[31m now',
      'Agent: שלום, עולם',
    ]);
    const directions = parts(agent.element, 'turn').map((turn) => [
      turn.dir,
      getComputedStyle(turn).direction,
    ]);
    expect(directions).to.deep.equal([
      ['auto', 'ltr'],
      ['auto', 'ltr'],
      ['auto', 'rtl'],
    ]);
    expect(strangersIn(agent)).to.deep.equal([]);
  });

  it(row(45), async () => {
    const agent = await showing();
    await sendAll(agent, [
      text('agent', 'Good', false),
      text('agent', 'Good', false),
      text('agent', 'Good day, how can I help?', true),
      // The final text once more, and a piece that was overtaken by it.
      text('agent', 'Good day, how can I help?', true),
      text('agent', 'Good day,', false),
      text('user', 'I need', false),
      { method: 'start_answering' },
      text('agent', 'Of', false),
      // The agent answers already, and only now it is known what it was asked.
      text('user', 'I need an appointment.', true),
      text('user', 'I need an appointment.', true),
      text('agent', 'Of course.', false),
      text('agent', 'Of course. When?', true),
      text('agent', 'Of course.', false),
    ]);
    expect(shown(agent)).to.deep.equal([
      'Agent: Good day, how can I help?',
      'You: I need an appointment.',
      'Agent: Of course. When?',
    ]);
    expect(agent.element.turns.every(({ final }) => final)).to.equal(true);
  });
});

/** Elements of the conversation that are not ours. */
function strangersIn({ element }: Widget): string[] {
  const inside = part(element, 'transcript').querySelectorAll('*');
  return Array.from(inside, ({ localName }) => localName).filter((name) => !/^(div|p|span)$/.test(name));
}

/** Says what is wrong after any messages. */
async function survives(messages: readonly Sent[]): Promise<void> {
  const agent = await showing();
  const { element } = agent;
  const told: string[] = [];
  element.addEventListener('millis-transcript', ({ turn }) => told.push(turn.id));
  try {
    await sendAll(agent, messages);
    const { turns } = element;
    expect(element.phase).to.equal('live');
    expect(turns.filter(({ text }) => UNREADABLE.test(text) || text.trim() === '')).to.deep.equal([]);
    expect(new Set(turns.map(({ id }) => id)).size, 'ids of turns').to.equal(turns.length);
    expect(turns.length).to.be.at.most(messages.length);
    expect(told.length, 'changes that were told').to.be.at.most(3 * messages.length);
    expect(parts(element, 'turn').length, 'turns that are shown').to.equal(turns.length);
    expect(strangersIn(agent)).to.deep.equal([]);
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  } finally {
    await element.end();
    agent.far().hangUp();
    element.remove();
  }
}

describe('any messages of a hostile platform', function () {
  this.timeout(15_000 + MOST_MS_PER_CALL * CALLS);

  it('throw nothing, turn nothing, and leave a conversation that can be read', async () => {
    const mistakes = collectMistakes();
    const anyMessages = fc.array(anyMessage, { minLength: 20, maxLength: MOST_MESSAGES });
    await fc.assert(fc.asyncProperty(anyMessages, survives), {
      numRuns: CALLS,
      ...(Number.isNaN(__MILLIS_SEED__) ? {} : { seed: __MILLIS_SEED__ }),
    });
    expect(mistakes).to.deep.equal([]);
  });
});
