import { expect, html } from '@open-wc/testing';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';

import { NOT_FETCHED } from '../support/browser/engine.js';
import { countShifts } from '../support/browser/layout-shifts.js';
import { askForMicrophone } from '../support/browser/microphone.js';
import { holdConfig, noteRequests } from '../support/browser/requests.js';
import { collectWarnings } from '../support/browser/warnings.js';
import { frame, has, part, phase, press, until, widget, words } from '../support/browser/widget.js';

const ICON = '<svg viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
/** As the browser counts, where a tenth is called poor: the words on the button are replaced. */
const MOST_SHIFT = 0.001;
const TITLES = { idle: 'Ask', connecting: 'Wait', running: 'Bye' };

/** Resolves when the element wears a fetched title. */
function wears(element: MillisVoiceAgent, title: string): Promise<void> {
  return until(() => words(element) === title);
}

/** Resolves when whoever watches the viewport has been told of the element. */
function observed(element: Element): Promise<boolean> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(([entry]) => {
      observer.disconnect();
      resolve(entry?.isIntersecting === true);
    });
    observer.observe(element);
  });
}

describe('a fetched config: when it is asked for', () => {
  it('is when the element is near the viewport, and not before', async () => {
    const requests = noteRequests();
    const { configSrc, release } = holdConfig();
    const { element } = await widget(html`
      <div>
        <p style="height: 3000px">A long story.</p>
        <millis-voice-agent agent-id="agent" config-src=${configSrc}></millis-voice-agent>
      </div>
    `);
    expect(await observed(element), 'is in the viewport').to.equal(false);
    await frame();
    expect(requests.all).to.have.length(0);
    element.scrollIntoView();
    await until(() => requests.all.length > 0);
    await release({ titles: TITLES });
    await wears(element, 'Ask');
    expect(requests.all).to.have.length(1);
  });

  it('is never when there is nobody to ask', async () => {
    const requests = noteRequests();
    const warnings = collectWarnings();
    const { element } = await widget();
    await observed(element);
    await frame();
    expect(requests.all).to.have.length(0);
    expect(warnings).to.deep.equal([]);
  });

  it('is at once with placement="none", wherever the element is', async () => {
    const requests = noteRequests();
    await widget(html`
      <div>
        <p style="height: 3000px">A long story.</p>
        <millis-voice-agent
          agent-id="agent"
          placement="none"
          config-src="/odd-config/bytes-2"
        ></millis-voice-agent>
      </div>
    `);
    expect(requests.all).to.have.length(1);
  });

  it('is also when the element is only near the viewport', async () => {
    const requests = noteRequests();
    const { element } = await widget(html`
      <div>
        <p style="margin: 0; height: ${innerHeight + 100}px">A long story.</p>
        <millis-voice-agent agent-id="agent" config-src="/odd-config/bytes-2"></millis-voice-agent>
      </div>
    `);
    expect(await observed(element), 'is in the viewport').to.equal(false);
    await requests.settled(1);
  });

  it('is once, however often the element is drawn, and wherever it is moved to', async () => {
    const requests = noteRequests();
    const { element } = await widget(
      html`<millis-voice-agent
        agent-id="agent"
        config-src="/odd-config/json-${encodeURIComponent(JSON.stringify({ titles: TITLES }))}"
      ></millis-voice-agent>`,
    );
    await wears(element, 'Ask');
    element.parentElement?.append(element);
    element.titleRunning = 'Another';
    await element.updateComplete;
    await observed(element);
    await frame();
    expect(requests.all).to.have.length(1);
    expect(words(element)).to.equal('Ask');
  });

  it('is again when the element was taken out before it came, and is put back', async () => {
    const requests = noteRequests();
    const { configSrc, release } = holdConfig();
    const { element } = await widget(
      html`<millis-voice-agent agent-id="agent" config-src=${configSrc}></millis-voice-agent>`,
    );
    await until(() => requests.all.length === 1);
    const { parentElement } = element;
    element.remove();
    await requests.settled(1);
    parentElement?.append(element);
    await release({ titles: TITLES });
    await wears(element, 'Ask');
    expect(requests.all).to.have.length(2);
  });
});

describe('a fetched config: whom it is from', () => {
  it('shows the headers of authorize() to the server only', async () => {
    const requests = noteRequests();
    const { element } = await widget(
      html`<millis-voice-agent
        agent-id="agent"
        server="/server/bytes-2"
        .authorize=${() => ({ 'x-token': 'secret' })}
      ></millis-voice-agent>`,
    );
    await requests.settled(1);
    element.configSrc = '/odd-config/bytes-2';
    await requests.settled(2);
    expect(requests.all.map(({ headers }) => headers.get('x-token'))).to.deep.equal(['secret', null]);
  });

  for (const [name, change] of [
    ['agentId', 'another'],
    ['server', '/server/json-%7B%7D'],
    ['configSrc', '/odd-config/json-%7B%7D'],
  ] as const) {
    it(`gives up the old one when ${name} changes, and takes the new one`, async () => {
      const warnings = collectWarnings();
      const requests = noteRequests();
      const old = holdConfig();
      const { element } = await widget(
        html`<millis-voice-agent agent-id="agent" server=${old.server}></millis-voice-agent>`,
      );
      await until(() => requests.all.length === 1);
      element[name] = change;
      await until(() => requests.all.length === 2);
      const [first, second] = requests.all;
      expect(first?.signal.aborted).to.equal(true);
      expect(second?.url).to.include(change);
      await old.release({ titles: TITLES });
      await requests.settled(2);
      await frame();
      await wears(element, name === 'agentId' ? 'Ask' : 'Talk to us');
      expect(warnings).to.deep.equal([]);
    });
  }

  it('takes the look of the old one off', async () => {
    const next = holdConfig();
    const { element } = await widget(
      html`<millis-voice-agent
        agent-id="agent"
        config-src="/odd-config/json-${encodeURIComponent(JSON.stringify({ titles: TITLES, size: 48 }))}"
      ></millis-voice-agent>`,
    );
    await wears(element, 'Ask');
    element.configSrc = next.configSrc;
    await wears(element, 'Talk to us');
    expect(part(element, 'button').clientHeight).to.equal(64);
  });

  it('gives it up when the element is removed', async () => {
    const warnings = collectWarnings();
    const requests = noteRequests();
    const { element } = await widget(
      html`<millis-voice-agent agent-id="agent" server=${holdConfig().server}></millis-voice-agent>`,
    );
    await until(() => requests.all.length === 1);
    element.remove();
    await requests.settled(1);
    await frame();
    expect(requests.all[0]?.signal.aborted).to.equal(true);
    expect(warnings).to.deep.equal([]);
  });
});

describe('a fetched config: when it is not to be had', () => {
  for (const [attribute, behaviours] of [
    ['server', ['status-401', 'status-404', 'status-405']],
    ['config-src', ['status-404']],
  ] as const) {
    for (const behaviour of behaviours) {
      it(`says nothing of ${behaviour} from ${attribute}, and the widget works`, async () => {
        const warnings = collectWarnings();
        const requests = noteRequests();
        const { element } = await widget();
        element.setAttribute(
          attribute,
          attribute === 'server' ? `/server/${behaviour}` : `/odd-config/${behaviour}`,
        );
        await requests.settled(1);
        await press(part(element, 'button'));
        await phase(element, 'live');
        expect(warnings).to.deep.equal([]);
      });
    }
  }

  for (const [attribute, address, words] of [
    ['server', '/server/status-500', 'the server said 500'],
    ['server', '/server/html', 'expected JSON'],
    ['server', '/server/redirect', NOT_FETCHED],
    ['server', '/server/bytes-70000', 'longer than'],
    ['config-src', '/odd-config/status-500', 'the server said 500'],
    ['config-src', '/odd-config/html', 'expected JSON'],
    ['config-src', '/odd-config/broken', 'expected JSON'],
    ['config-src', '/odd-config/reset', NOT_FETCHED],
    ['config-src', location.origin.replace('localhost', '127.0.0.1') + '/odd-config/bytes-2', NOT_FETCHED],
  ] as const) {
    it(`warns once of ${address}, and the widget works`, async () => {
      const warnings = collectWarnings();
      const { element } = await widget();
      element.setAttribute(attribute, address);
      await until(() => warnings.length > 0);
      await press(part(element, 'button'));
      await phase(element, 'live');
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.include('fetched config').and.include(words);
    });
  }

  it('does not delay a click: while it hangs, a press makes a call with what is known', async () => {
    const prompt = askForMicrophone('granted');
    const requests = noteRequests();
    const { configSrc, release } = holdConfig();
    const { element } = await widget(
      html`<millis-voice-agent
        agent-id="agent"
        config-src=${configSrc}
        title-running="Enough"
      ></millis-voice-agent>`,
    );
    await until(() => requests.all.length === 1);
    part(element, 'button').click();
    expect(element.phase, 'in the task of the click').to.equal('requesting-microphone');
    expect(prompt.count()).to.equal(1);
    await prompt.allow();
    await phase(element, 'live');
    expect(words(element)).to.equal('Enough');
    await release({ titles: TITLES, transcript: true });
    await until(() => has(element, 'transcript'));
    expect(words(element), 'an attribute comes before it').to.equal('Enough');
    expect(element.phase).to.equal('live');
    await element.end();
    await wears(element, 'Ask');
  });
});

describe('a fetched config: how it is put on', () => {
  for (const [what, config] of [
    ['short titles', { titles: TITLES }],
    ['long titles', { titles: { ...TITLES, idle: 'Ask our receptionist for an appointment with a doctor' } }],
    ['no titles', { titles: { idle: '', connecting: '', running: '' } }],
    ['icons', { icons: { idle: ICON, connecting: '…', running: 'Bye' } }],
    ['a background', { background: 'linear-gradient(#111, #333)' }],
    ['a smaller size', { size: 32 }],
    ['a conversation', { transcript: true }],
    ['all of it', { titles: TITLES, icons: TITLES, background: '#fff', size: 40, transcript: true }],
  ] as const) {
    for (const dir of ['ltr', 'rtl'] as const) {
      it(`moves nothing of a page (${dir}): ${what}`, async () => {
        const { moved, shifts } = await inPage(dir, {}, config);
        expect(moved).to.deep.equal([]);
        if (what === 'all of it') expect(await shifts()).to.be.at.most(MOST_SHIFT);
      });
    }
  }

  it('moves the page for a size that is larger than what was kept', async () => {
    const { moved, shifts } = await inPage('ltr', {}, { size: 128 });
    expect(moved).to.include('after');
    expect(await shifts()).to.be.above(MOST_SHIFT);
  });

  it('moves nothing for a large size that the page names, too', async () => {
    const { moved, shifts } = await inPage('ltr', { size: 128 }, { size: 128, titles: TITLES });
    expect(moved).to.deep.equal([]);
    expect(await shifts()).to.be.at.most(MOST_SHIFT);
  });

  it('lays a conversation over the page that nobody kept a place for', async () => {
    const { element } = await inPage('ltr', {}, { transcript: true });
    await element.start();
    await element.updateComplete;
    const log = part(element, 'transcript');
    expect(getComputedStyle(log.closest('.panel') ?? log).position).to.equal('absolute');
    const { x, y, width, height } = log.getBoundingClientRect();
    const target = document.elementFromPoint(x + width / 2, y + height / 2);
    expect(target === element, 'is in front').to.equal(true);
  });

  it('never is wider than the page afterwards', async () => {
    const { element } = await inPage('ltr', { transcript: true }, { titles: TITLES });
    const { parentElement } = element;
    if (parentElement) parentElement.style.inlineSize = '200px';
    await frame();
    expect(element.getBoundingClientRect().width).to.be.at.most(200);
  });
});

/** Puts an element into a text, lets a config come, and says what of the page moved for it. */
async function inPage(dir: 'ltr' | 'rtl', own: { size?: number; transcript?: boolean }, config: object) {
  const held = holdConfig();
  const { element } = await widget(html`
    <div dir=${dir} style="font: 16px/1.5 sans-serif">
      <p id="before">Our practice is open from Monday to Friday.</p>
      <div>
        <span id="left">Call us</span>
        <millis-voice-agent
          agent-id="agent"
          config-src=${held.configSrc}
          .size=${own.size}
          .transcript=${own.transcript}
        ></millis-voice-agent>
        <span id="right">or write.</span>
      </div>
      <p id="after">On Saturday by appointment.</p>
    </div>
  `);
  const places = () =>
    ['before', 'left', 'right', 'after'].map((id) => {
      const { x, y, width, height } = document.getElementById(id)?.getBoundingClientRect() ?? new DOMRect();
      return { id, place: [x, y, width, height].map((length) => length.toFixed(1)).join(' ') };
    });
  await frame();
  const before = places();
  const shifts = countShifts(places);
  await held.release({ icons: { idle: '📅', connecting: '…', running: '👋' }, ...config });
  // The icons are a mark that it has come: their place is always as large.
  await until(() => element.renderRoot.querySelector('.icon .connecting svg') === null);
  await element.updateComplete;
  const after = places();
  const moved = after.filter(({ place }, index) => place !== before[index]?.place).map(({ id }) => id);
  return { element, moved, shifts };
}
