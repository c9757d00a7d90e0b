import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { askForMicrophone, replace } from '../support/browser/microphone.js';
import { alive, openPeers } from '../support/browser/ledger.js';
import { collectWarnings } from '../support/browser/warnings.js';
import { frame, part, phase, press, until, widget, words } from '../support/browser/widget.js';

/** A page with a button of its own, and an element that listens to it. */
async function withButton(markup = html`<button id="talk">Talk</button>`) {
  await fixture(markup);
  return widget(html`
    <millis-voice-agent agent-id="agent" trigger="#talk" placement="none"></millis-voice-agent>
  `);
}

function found(selector: string, root: ParentNode = document): HTMLElement {
  const element = root.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`The page has no "${selector}".`);
  return element;
}

function pressed(selector = '#talk'): string | null {
  return found(selector).getAttribute('aria-pressed');
}

/** Clicks, and says whether the page was kept from what it does with a click. */
function click(target: Element): boolean {
  return !target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }));
}

describe("the page's own button", () => {
  it("starts the call in the visitor's gesture, and the next press ends it", async () => {
    const { element } = await withButton();
    const { mediaDevices } = navigator;
    const native = mediaDevices.getUserMedia.bind(mediaDevices);
    const gestures: unknown[] = [];
    let task = 'none';
    replace(mediaDevices, 'getUserMedia', (constraints: MediaStreamConstraints) => {
      gestures.push([navigator.userActivation.isActive, task]);
      return native(constraints);
    });
    found('#talk').addEventListener('click', () => (task = 'after the listeners of the page'));
    await press(found('#talk'));
    await phase(element, 'live');
    expect(gestures, 'user activation, and in the task of the click').to.deep.equal([[true, 'none']]);
    await press(found('#talk'));
    await phase(element, 'ended');
  });

  for (const [name, key] of [
    ['Enter', 'Enter'],
    ['the space bar', ' '],
  ] as const) {
    it(`works with ${name}`, async () => {
      const { element } = await withButton();
      found('#talk').focus();
      await sendKeys({ press: key });
      await phase(element, 'live');
      await sendKeys({ press: key });
      await phase(element, 'ended');
    });
  }

  it('is one call for a click on what is inside of it', async () => {
    const { element } = await withButton(
      html`<button id="talk">
        <b><i>Talk</i></b>
      </button>`,
    );
    await press(found('#talk i'));
    await phase(element, 'live');
  });

  it('cancels a call that is being made', async () => {
    const prompt = askForMicrophone();
    const { element } = await withButton();
    click(found('#talk'));
    expect(element.phase).to.equal('requesting-microphone');
    click(found('#talk'));
    expect(element.phase).to.equal('ended');
    prompt.refuse('NotAllowedError');
  });

  it('prepares the call while the visitor points at it', async () => {
    await withButton();
    const prompt = askForMicrophone();
    expect(openPeers()).to.equal(0);
    found('#talk').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    expect(openPeers()).to.equal(1);
    expect(prompt.count()).to.equal(0);
  });

  it('works beside the button of the element', async () => {
    await fixture(html`<button id="talk">Talk</button>`);
    const { element } = await widget(
      html`<millis-voice-agent agent-id="agent" trigger="#talk"></millis-voice-agent>`,
    );
    await press(found('#talk'));
    await phase(element, 'live');
    expect(words(element)).to.equal('End call');
    await press(part(element, 'button'));
    await phase(element, 'ended');
    expect(pressed()).to.equal('false');
  });

  it('follows no link and sends no form', async () => {
    const { element } = await withButton(html`
      <form action="/nowhere" @submit=${() => heard.push('submit')}>
        <a id="link" class="talk" href="#elsewhere">Talk</a>
        <button id="send" class="talk">Talk</button>
      </form>
    `);
    const heard: string[] = [];
    element.trigger = '.talk';
    await element.updateComplete;
    await press(found('#link'));
    await phase(element, 'live');
    await press(found('#send'));
    await phase(element, 'ended');
    expect(heard).to.deep.equal([]);
    expect(location.hash).to.equal('');
    element.trigger = '';
    await element.updateComplete;
    const followed = oneEvent(window, 'hashchange');
    expect(click(found('#link')), 'prevented afterwards').to.equal(false);
    await followed;
    expect(location.hash).to.equal('#elsewhere');
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('works in a page that keeps its clicks to itself', async () => {
    const { element } = await withButton(html`
      <div @click=${(event: Event) => event.stopImmediatePropagation()}>
        <button id="talk" @click=${(event: Event) => event.stopPropagation()}>Talk</button>
      </div>
    `);
    await press(found('#talk'));
    await phase(element, 'live');
  });

  it('starts nothing while the element is disabled, and ends what is under way', async () => {
    const prompt = askForMicrophone('granted');
    const { element } = await withButton();
    element.disabled = true;
    await element.updateComplete;
    click(found('#talk'));
    expect(element.phase).to.equal('idle');
    element.disabled = false;
    click(found('#talk'));
    await prompt.allow();
    await phase(element, 'live');
    element.disabled = true;
    click(found('#talk'));
    expect(element.phase).to.equal('ended');
  });

  it('does not start what millis-before-start prevents', async () => {
    const prompt = askForMicrophone();
    const { element } = await withButton();
    element.addEventListener('millis-before-start', (event) => event.preventDefault());
    expect(click(found('#talk')), 'a link would not be followed either').to.equal(true);
    await frame();
    expect(element.phase).to.equal('idle');
    expect(pressed()).to.equal('false');
    expect(prompt.count()).to.equal(0);
  });
});

describe("the page's own button: aria-pressed", () => {
  it('says in every phase whether a call is under way', async () => {
    const { element } = await withButton();
    const seen: string[] = [];
    const see = async () => {
      await element.updateComplete;
      seen.push(`${element.phase} ${String(pressed())}`);
    };
    const prompt = askForMicrophone();
    await see();
    click(found('#talk'));
    await see();
    const { negotiate } = element;
    element.negotiate = () => new Promise(() => undefined);
    click(found('#talk'));
    await see();
    prompt.refuse('NotAllowedError');
    click(found('#talk'));
    await prompt.allow();
    await phase(element, 'connecting');
    await see();
    await element.end();
    element.negotiate = negotiate;
    click(found('#talk'));
    await prompt.allow();
    await phase(element, 'live');
    await see();
    await element.end();
    await see();
    click(found('#talk'));
    prompt.refuse('NotFoundError');
    await phase(element, 'failed');
    await see();
    expect(seen).to.deep.equal([
      'idle false',
      'requesting-microphone true',
      'ended false',
      'connecting true',
      'live true',
      'ended false',
      'failed false',
    ]);
  });

  it('is on buttons that arrive later, also in a call, and goes when they are none any more', async () => {
    const { element } = await withButton(html`<div id="place"></div>`);
    element.trigger = '.talk';
    await element.updateComplete;
    const button = document.createElement('button');
    button.textContent = 'Talk';
    found('#place').append(button);
    button.className = 'talk';
    await changeOf(button);
    expect(button.ariaPressed).to.equal('false');
    await press(button);
    await phase(element, 'live');
    expect(button.ariaPressed).to.equal('true');
    const second = document.createElement('button');
    second.className = 'talk';
    found('#place').append(second);
    await changeOf(second);
    expect(second.ariaPressed).to.equal('true');
    button.className = '';
    await changeOf(button);
    expect(button.hasAttribute('aria-pressed')).to.equal(false);
    click(button);
    expect(element.phase, 'after a click on what is no trigger any more').to.equal('live');
    click(second);
    expect(element.phase).to.equal('ended');
  });

  it('follows whatever attribute the selector names', async () => {
    await fixture(html`<button id="later">Talk</button>`);
    await widget(html`<millis-voice-agent agent-id="agent" trigger="[data-talk]"></millis-voice-agent>`);
    expect(pressed('#later')).to.equal(null);
    found('#later').setAttribute('data-talk', '');
    await until(() => pressed('#later') === 'false');
    found('#later').removeAttribute('data-talk');
    await until(() => pressed('#later') === null);
  });

  it('is not on a link, which ARIA knows no pressed ones of', async () => {
    await withButton(html`<a id="talk" href="#nowhere">Talk</a>`);
    await frame();
    expect(pressed()).to.equal(null);
  });

  it('goes with the selector, and comes with another', async () => {
    const { element } = await withButton(html`<button id="talk">1</button><button id="other">2</button>`);
    expect([pressed(), pressed('#other')]).to.deep.equal(['false', null]);
    element.trigger = '#other';
    await element.updateComplete;
    expect([pressed(), pressed('#other')]).to.deep.equal([null, 'false']);
    click(found('#talk'));
    expect(element.phase).to.equal('idle');
    element.trigger = '';
    await element.updateComplete;
    expect(pressed('#other')).to.equal(null);
    click(found('#other'));
    expect(element.phase).to.equal('idle');
  });

  it('goes with the element, and nothing listens any more', async () => {
    const { element } = await withButton();
    await press(found('#talk'));
    await phase(element, 'live');
    expect(alive().filter(listensToClicks), 'while it is there').to.have.length(1);
    element.remove();
    expect(pressed()).to.equal(null);
    expect(alive().filter(listensToClicks)).to.deep.equal([]);
    expect(click(found('#talk')), 'prevented').to.equal(false);
    await Promise.resolve();
    expect(element.phase).to.equal('ended');
  });

  it('stays with an element that is moved, also in a call', async () => {
    const { element } = await withButton();
    await press(found('#talk'));
    await phase(element, 'live');
    found('#talk').after(element);
    await element.updateComplete;
    expect(pressed()).to.equal('true');
    await press(found('#talk'));
    await phase(element, 'ended');
  });
});

describe("the page's own button: which it is", () => {
  it("is found in a shadow tree of the page's", async () => {
    const { element } = await withButton(html`<div id="host"></div>`);
    const root = found('#host').attachShadow({ mode: 'open' });
    root.innerHTML = '<button id="talk"><b>Talk</b></button>';
    await press(found('b', root));
    await phase(element, 'live');
  });

  it("is never one of the elements' own, whatever the selector", async () => {
    const first = await widget(
      html`<millis-voice-agent agent-id="agent" trigger="button"></millis-voice-agent>`,
    );
    const second = await widget();
    await press(part(first.element, 'button'));
    await phase(first.element, 'live');
    await press(part(second.element, 'button'));
    await phase(second.element, 'live');
    await phase(first.element, 'ended');
  });

  for (const selector of ['button[', ':host', '5', '>>>']) {
    it(`is none for ${JSON.stringify(selector)}, with one warning if that is no selector`, async () => {
      const warnings = collectWarnings();
      const { element } = await withButton();
      element.trigger = selector;
      await element.updateComplete;
      element.titleIdle = 'Drawn again';
      await element.updateComplete;
      click(found('#talk'));
      expect(element.phase).to.equal('idle');
      expect(warnings).to.have.length(selector === ':host' ? 0 : 1);
      if (warnings[0]) expect(warnings[0]).to.include('trigger').and.include(JSON.stringify(selector));
      element.trigger = '#talk';
      await element.updateComplete;
      await press(found('#talk'));
      await phase(element, 'live');
    });
  }

  it('belongs to one of two elements', async () => {
    await fixture(html`<button id="one">1</button><button id="two">2</button>`);
    const agents: MillisVoiceAgent[] = [];
    for (const trigger of ['#one', '#two']) {
      const { element } = await widget(
        html`<millis-voice-agent agent-id="agent" trigger=${trigger}></millis-voice-agent>`,
      );
      agents.push(element);
    }
    const [one, two] = agents as [MillisVoiceAgent, MillisVoiceAgent];
    await press(found('#one'));
    await phase(one, 'live');
    expect([two.phase, pressed('#one'), pressed('#two')]).to.deep.equal(['idle', 'true', 'false']);
    const end = oneEvent(one, 'millis-call-end');
    await press(found('#two'));
    expect(await end).to.have.property('reason', 'replaced');
    await phase(two, 'live');
    await one.updateComplete;
    expect([pressed('#one'), pressed('#two')]).to.deep.equal(['false', 'true']);
  });
});

function listensToClicks(thing: string): boolean {
  return thing.includes('document click');
}

/** Resolves when the `aria-pressed` of a button changes. */
function changeOf(button: Element): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(button, { attributeFilter: ['aria-pressed'] });
  });
}
