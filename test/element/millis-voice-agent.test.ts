import { expect, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define.js';
import { CallError } from '../../src/domain/call-error.js';
import { failure } from '../support/browser/calls.js';
import { afterTest } from '../support/browser/cleanup.js';
import { liveTracks, openPeers, soundingElements } from '../support/browser/ledger.js';
import { askForMicrophone } from '../support/browser/microphone.js';
import { has, part, phase, press, widget, words } from '../support/browser/widget.js';

describe('<millis-voice-agent>: a call by its button', () => {
  it('starts with a press, is live, and ends with another', async () => {
    const { element } = await widget();
    expect(words(element)).to.equal('Talk to us');
    await press(part(element, 'button'));
    await phase(element, 'live');
    expect(words(element)).to.equal('End call');
    expect(element.dataset['phase']).to.equal('live');
    await press(part(element, 'button'));
    await phase(element, 'ended');
    expect(words(element)).to.equal('Talk to us');
    expect(element.dataset['phase']).to.equal('ended');
  });

  it('can be used with the keyboard alone', async () => {
    const { element } = await widget();
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'button'));
    await sendKeys({ press: 'Enter' });
    await phase(element, 'live');
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'mute-button'));
    await sendKeys({ press: ' ' });
    expect(element.muted).to.equal(true);
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ press: ' ' });
    await phase(element, 'ended');
  });

  it('is one attempt, and a cancel, when it is pressed twice', async () => {
    const prompt = askForMicrophone();
    const { element } = await widget();
    part(element, 'button').click();
    await element.updateComplete;
    expect(words(element)).to.equal('Connecting…');
    expect(part(element, 'button').textContent).to.include('Cancel');
    part(element, 'button').click();
    await phase(element, 'ended');
    expect(prompt.count()).to.equal(1);
    prompt.refuse('NotAllowedError');
  });

  it('does not start while it is disabled, and still ends', async () => {
    const { element } = await widget();
    await element.start();
    element.disabled = true;
    await element.updateComplete;
    await press(part(element, 'button'));
    await phase(element, 'ended');
    await press(part(element, 'button'));
    expect(element.phase).to.equal('ended');
    expect(part(element, 'button')).to.have.property('disabled', true);
  });

  it('mutes with a press, says so, and takes it back', async () => {
    const { element } = await widget();
    await element.start();
    await element.updateComplete;
    const heard: boolean[] = [];
    element.addEventListener('millis-mute-change', ({ muted }) => heard.push(muted));
    await press(part(element, 'mute-button'));
    await element.updateComplete;
    expect(part(element, 'mute-button').ariaPressed).to.equal('true');
    expect(part(element, 'status').textContent).to.equal('Your microphone is muted.');
    expect(element.hasAttribute('muted') && element.hasAttribute('data-muted')).to.equal(true);
    expect(liveTracks().some(({ enabled }) => !enabled)).to.equal(true);
    await press(part(element, 'mute-button'));
    await element.updateComplete;
    expect(element.hasAttribute('data-muted')).to.equal(false);
    expect(heard).to.deep.equal([true, false]);
  });

  it('starts muted with the attribute', async () => {
    const { element } = await widget(html`<millis-voice-agent agent-id="agent" muted></millis-voice-agent>`);
    await element.start();
    expect(element.hasAttribute('data-muted')).to.equal(true);
    expect(liveTracks().some(({ enabled }) => !enabled)).to.equal(true);
  });
});

describe('<millis-voice-agent>: what the page hears', () => {
  it('tells the whole of a call in order', async () => {
    const { element, far } = await widget();
    const heard: string[] = [];
    const ready = new Promise((resolve) =>
      element.addEventListener('millis-agent-state', resolve, { once: true }),
    );
    for (const type of [
      'millis-before-start',
      'millis-call-start',
      'millis-error',
      'millis-transcript',
    ] as const) {
      document.addEventListener(type, ({ type }) => heard.push(type));
    }
    element.addEventListener('millis-state-change', ({ state, previous }) => {
      heard.push(`${previous.phase} → ${state.phase}`);
    });
    element.addEventListener('millis-call-end', ({ reason, durationMs, turns, sessionId }) => {
      heard.push(`end: ${reason}, ${typeof durationMs}, ${turns.length} turn, ${sessionId ?? ''}`);
    });
    await element.start();
    await far().say({ method: 'onready', payload: { session_id: 's-1' } });
    await ready;
    const said = oneEvent(element, 'millis-transcript');
    await far().say({ method: 'onresponsetext', data: 'Hello', payload: { is_final: true } });
    await said;
    expect(element.sessionId).to.equal('s-1');
    expect(element.agentState).to.equal('listening');
    expect(element.durationMs).to.be.a('number');
    await element.end();
    expect(heard).to.deep.equal([
      'millis-before-start',
      'idle → requesting-microphone',
      'requesting-microphone → connecting',
      'connecting → live',
      'millis-call-start',
      'millis-transcript',
      'live → ending',
      'ending → ended',
      'end: user, number, 1 turn, s-1',
    ]);
  });

  it('lets a listener of millis-before-start prevent the call', async () => {
    const prompt = askForMicrophone();
    const { element } = await widget();
    element.addEventListener('millis-before-start', (event) => event.preventDefault());
    expect(await failure(element.start())).to.have.property('name', 'AbortError');
    expect(element.phase).to.equal('idle');
    expect(prompt.count()).to.equal(0);
  });

  it('tells of functions and agent states', async () => {
    const { element, far } = await widget();
    await element.start();
    const called = oneEvent(element, 'millis-function');
    const state = oneEvent(element, 'millis-agent-state');
    await far().say({ method: 'start_answering' });
    await far().say({ method: 'onfunction', payload: { name: 'book', params: { day: 'Monday' } } });
    expect(await state).to.have.property('agentState', 'thinking');
    expect(element.dataset['agentState']).to.equal('thinking');
    expect(await called).to.deep.include({ name: 'book', params: { day: 'Monday' } });
  });

  it('tells one error for a failed attempt, and no call end', async () => {
    const { element } = await widget();
    const heard: string[] = [];
    element.addEventListener('millis-error', ({ error }) => heard.push(error.code));
    element.addEventListener('millis-call-end', () => heard.push('end'));
    element.agentId = '';
    const error = await failure(element.start());
    expect(error).to.be.instanceOf(CallError);
    expect(element.error).to.equal(error);
    expect(heard).to.deep.equal(['agent-id-missing']);
  });

  it('takes an attribute that was taken away for one that is empty', async () => {
    const { element } = await widget(
      html`<millis-voice-agent agent-id="agent" server="/"></millis-voice-agent>`,
    );
    element.removeAttribute('server');
    await element.start();
    await element.end();
    element.removeAttribute('agent-id');
    expect(await failure(element.start())).to.have.property('code', 'agent-id-missing');
  });

  it('an unhandled start() that fails makes no noise of its own', async () => {
    const unhandled: unknown[] = [];
    const listen = ({ reason }: PromiseRejectionEvent) => unhandled.push(reason);
    window.addEventListener('unhandledrejection', listen);
    afterTest(() => window.removeEventListener('unhandledrejection', listen));
    const { element } = await widget();
    element.agentId = '';
    void element.start();
    await phase(element, 'failed');
    // A rejection is reported after the task that made it.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(unhandled).to.deep.equal([]);
  });
});

describe('<millis-voice-agent>: a failure', () => {
  it('says why in our words, and tries again', async () => {
    const { element } = await widget();
    const { negotiate } = element;
    element.negotiate = () =>
      Promise.reject(new CallError('server-error', 'Traceback (most recent call last)'));
    await failure(element.start());
    await element.updateComplete;
    const notice = part(element, 'notice');
    expect(notice.textContent).to.include('The agent is not available.').and.not.include('Traceback');
    expect(notice.getAttribute('role')).to.equal('alert');
    element.negotiate = negotiate;
    const [retry] = notice.querySelectorAll('button');
    if (retry) await press(retry);
    await phase(element, 'live');
    expect(part(element, 'notice').hidden).to.equal(true);
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'button'));
  });

  it('gives no second try while the element is disabled', async () => {
    const { element } = await widget();
    element.negotiate = () => Promise.reject(new CallError('server-error', 'down'));
    await failure(element.start());
    element.disabled = true;
    await element.updateComplete;
    const [retry] = part(element, 'notice').querySelectorAll('button');
    retry?.click();
    expect(retry?.textContent).to.equal('Try again');
    expect(element.phase).to.equal('failed');
  });

  it('offers no second try where that cannot help', async () => {
    const { element } = await widget();
    element.agentId = '';
    await failure(element.start());
    await element.updateComplete;
    expect(part(element, 'notice').textContent).not.to.include('Try again');
  });

  it('can be put away, and the focus goes back to the button', async () => {
    const { element } = await widget();
    element.agentId = '';
    await failure(element.start());
    await element.updateComplete;
    const close = part(element, 'notice').querySelector<HTMLElement>('[aria-label="Close"]');
    if (close) await press(close);
    await element.updateComplete;
    expect(part(element, 'notice').hidden).to.equal(true);
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'button'));
  });

  it('speaks with the words of the site', async () => {
    const { element } = await widget();
    element.labels = { idle: 'Parlez-nous', 'agent-id-missing': 'Pas prêt.' };
    element.agentId = '';
    await failure(element.start());
    await element.updateComplete;
    expect(words(element)).to.equal('Parlez-nous');
    expect(part(element, 'notice').textContent).to.include('Pas prêt.');
  });
});

describe('<millis-voice-agent>: the transcript', () => {
  for (const [attribute, shown] of [
    [null, false],
    ['', true],
    ['on', true],
    ['off', false],
  ] as const) {
    it(`is ${shown ? 'shown' : 'hidden'} with transcript=${JSON.stringify(attribute)}`, async () => {
      const { element } = await widget();
      if (attribute !== null) element.setAttribute('transcript', attribute);
      await element.updateComplete;
      expect(has(element, 'transcript')).to.equal(shown);
    });
  }

  it('is a labelled log that shows text as text, and interim text to eyes only', async () => {
    const { element, far } = await widget();
    element.transcript = true;
    await element.start();
    const said = oneEvent(element, 'millis-transcript');
    await far().say({ method: 'onresponsetext', data: '<b>Hello</b>', payload: { is_final: false } });
    await said;
    await element.updateComplete;
    const log = part(element, 'transcript');
    expect(log.getAttribute('role')).to.equal('log');
    expect(log.getAttribute('aria-label')).to.equal('Conversation');
    const turn = part(element, 'turn-agent');
    expect(turn.textContent.trim()).to.equal('Agent: <b>Hello</b>');
    expect(turn.querySelector('b')).to.equal(null);
    expect(turn.ariaHidden).to.equal('true');
    const final = oneEvent(element, 'millis-transcript');
    await far().say({ method: 'onresponsetext', data: '<b>Hello</b> you', payload: { is_final: true } });
    await final;
    await element.updateComplete;
    expect(part(element, 'turn-agent').ariaHidden).to.equal(null);
    await element.end();
    await element.updateComplete;
    expect(part(element, 'turn-agent').textContent, 'kept after the call').to.include('you');
  });

  it('keeps its end in view', async () => {
    const { element, far } = await widget();
    element.transcript = true;
    await element.start();
    for (let index = 1; index <= 20; index += 1) {
      await far().say({
        method: 'onresponsetext',
        data: `Line ${index} of a long story.`,
        payload: { is_final: true },
      });
      await far().say({ method: 'start_answering' });
    }
    while (element.turns.length < 20) await oneEvent(element, 'millis-transcript');
    await element.updateComplete;
    const log = part(element, 'transcript').getBoundingClientRect();
    const turns = element.shadowRoot?.querySelectorAll('.turn') ?? [];
    const last = [...turns].at(-1)?.getBoundingClientRect();
    expect(last?.bottom).to.be.at.most(log.bottom).and.at.least(log.top);
  });
});

describe('<millis-voice-agent>: in the page', () => {
  it('moves nothing around it, whatever its state', async () => {
    const { element } = await widget(html`
      <div>
        <millis-voice-agent agent-id="agent"></millis-voice-agent>
        <p id="below">The page goes on.</p>
      </div>
    `);
    const below = element.parentElement?.querySelector('#below');
    const places: string[] = [];
    const note = async () => {
      await element.updateComplete;
      const { width, height } = element.getBoundingClientRect();
      places.push(`${width} ${height} ${below?.getBoundingClientRect().top ?? ''}`);
    };
    await note();
    const listening = (): void => void note();
    element.addEventListener('millis-state-change', listening);
    await element.start();
    await note();
    await element.end();
    element.agentId = '';
    await failure(element.start());
    await note();
    expect(places.length).to.be.at.least(7);
    expect(new Set(places)).to.have.property('size', 1);
  });

  it('ends when it is removed', async () => {
    const { element } = await widget();
    await element.start();
    const end = oneEvent(element, 'millis-call-end');
    element.remove();
    expect(await end).to.have.property('reason', 'removed');
    expect(soundingElements()).to.deep.equal([]);
  });

  it('goes on, sound too, when it is moved', async () => {
    const { element } = await widget(html`
      <div><span></span><millis-voice-agent agent-id="agent"></millis-voice-agent></div>
    `);
    await element.start();
    const [sound] = soundingElements();
    const { parentElement } = element;
    parentElement?.append(element);
    parentElement?.prepend(element);
    if (parentElement && 'moveBefore' in parentElement) {
      (parentElement as Element & { moveBefore(node: Node, child: Node | null): void }).moveBefore(
        element,
        null,
      );
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(element.phase).to.equal('live');
    expect(sound?.paused).to.equal(false);
  });

  it('gives way to another element of the page', async () => {
    const first = await widget();
    const second = await widget();
    await first.element.start();
    const end = oneEvent(first.element, 'millis-call-end');
    await second.element.start();
    expect(await end).to.have.property('reason', 'replaced');
    expect(second.element.phase).to.equal('live');
  });

  it('warms up on intent: a connection to its server and a peer, but no microphone and no session', async () => {
    const prompt = askForMicrophone();
    const { element } = await widget(
      html`<millis-voice-agent agent-id="agent" server="https://voice.example/base"></millis-voice-agent>`,
    );
    part(element, 'button').dispatchEvent(new PointerEvent('pointerenter'));
    part(element, 'button').focus();
    const links = [...document.head.querySelectorAll<HTMLLinkElement>('link[rel=preconnect]')];
    expect(links.map(({ href, crossOrigin }) => ({ href, crossOrigin }))).to.deep.equal([
      { href: 'https://voice.example/', crossOrigin: 'anonymous' },
    ]);
    expect(prompt.count()).to.equal(0);
    expect(openPeers(), 'peers prepared').to.equal(1);
    element.remove();
    await Promise.resolve();
    expect(openPeers(), 'peers left by an element that is gone').to.equal(0);
  });

  it('keeps properties that were set before it was defined', async () => {
    const { element } = await widget();
    expect(customElements.get('millis-voice-agent')).to.equal(element.constructor);
    await import('../../src/define.js');
    expect(element.agentId).to.equal('agent');
  });
});

describe('<millis-voice-agent>: for everyone', () => {
  it('has nothing to hold against it at rest, connecting, live, failed and with a transcript', async () => {
    const prompt = askForMicrophone();
    const { element, far } = await widget();
    element.transcript = true;
    await element.updateComplete;
    await expect(element).to.be.accessible();
    const started = element.start();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    await prompt.allow();
    await started;
    await far().say({ method: 'onresponsetext', data: 'Hello', payload: { is_final: true } });
    await oneEvent(element, 'millis-transcript');
    await element.updateComplete;
    await expect(element).to.be.accessible();
    await element.end();
    element.agentId = '';
    await failure(element.start());
    await element.updateComplete;
    await expect(element).to.be.accessible();
  });

  it('tells a screen reader how the call moves on', async () => {
    const prompt = askForMicrophone();
    const { element } = await widget();
    const started = element.start();
    await element.updateComplete;
    expect(part(element, 'status').textContent).to.equal('Waiting for your microphone.');
    await prompt.allow();
    await started;
    await element.updateComplete;
    expect(part(element, 'status').textContent).to.equal('Connected. You can speak now.');
    await element.end();
    await element.updateComplete;
    expect(part(element, 'status').textContent).to.equal('The call has ended.');
  });
});
