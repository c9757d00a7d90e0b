import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.js';
import { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { afterTest } from '../support/browser/cleanup.js';
import { answerOffer } from '../support/browser/far-end.js';
import { replace } from '../support/browser/microphone.js';
import { part, parts, phase, until, widget, words } from '../support/browser/widget.js';
import { row } from './table.js';

/** Another name for the element, not defined yet: in a page, the script may come after the markup. */
function undefinedTag(): string {
  return `late-voice-agent-${crypto.randomUUID()}`;
}

/** All that can be set, and is not what it is by itself. */
const PROPERTIES = {
  agentId: 'early',
  server: '/server/status-404',
  region: 'eu-west',
  configSrc: '/odd-config/bytes-2',
  config: { titles: { idle: 'Ask', connecting: 'Wait', running: 'Bye' } },
  titleIdle: 'Ask us',
  titleConnecting: 'Wait for us',
  titleRunning: 'Leave us',
  iconIdle: 'A',
  iconConnecting: 'B',
  iconRunning: 'C',
  background: 'rgb(1, 2, 3)',
  buttonCss: 'letter-spacing: 1px',
  size: 80,
  transcript: true,
  placement: 'top-left',
  trigger: '#nobody',
  autoReconnect: true,
  debug: true,
  muted: true,
  disabled: true,
  labels: { idle: 'Parlez' },
  iceServers: [{ urls: 'stun:192.0.2.1' }],
  authorize: () => ({ 'x-token': 'early' }),
  negotiate: () => Promise.reject(new Error('early')),
  volume: 0.25,
};

type Name = keyof typeof PROPERTIES;
/** Properties that are not told to lit, and so are not in its list. */
const STATE = ['phase', 'error', 'turns', 'sessionId', 'agentState', 'durationMs', 'brokenImages'];

/** Defines the element's tag, as the script does when it comes. */
function upgrade(element: Element | null): MillisVoiceAgent {
  customElements.define(element?.localName ?? '', class extends MillisVoiceAgent {});
  if (!(element instanceof MillisVoiceAgent)) throw new Error('It was not upgraded.');
  return element;
}

describe('what was there before the element was defined', () => {
  it(row(55), async () => {
    const known = [...MillisVoiceAgent.elementProperties.keys()].filter(
      (name) => !STATE.includes(String(name)),
    );
    expect(Object.keys(PROPERTIES), 'of all properties').to.include.members(known);
    const markup = document.createElement(undefinedTag());
    Object.assign(markup, PROPERTIES);
    const page = await fixture(html`<div></div>`);
    page.append(markup);
    const early = upgrade(markup);
    await early.updateComplete;
    for (const name of Object.keys(PROPERTIES) as Name[]) {
      expect(early[name], name).to.equal(PROPERTIES[name]);
      expect(Object.hasOwn(early, name), `${name} hides the accessor`).to.equal(false);
    }
    expect(words(early)).to.equal('Ask us');
    expect(early.hasAttribute('muted')).to.equal(true);
  });

  it(`${row(55)} A call that starts at once is wired by them.`, async () => {
    const markup = document.createElement(undefinedTag());
    const called: string[] = [];
    const negotiate: MillisVoiceAgent['negotiate'] = async (offer, { agentId }) => {
      called.push(agentId);
      const far = await answerOffer(offer);
      afterTest(() => far.hangUp());
      return far.answer;
    };
    Object.assign(markup, { agentId: 'early', muted: true, negotiate });
    const page = await fixture(html`<div></div>`);
    page.append(markup);
    const early = upgrade(markup);
    await early.start();
    expect(called).to.deep.equal(['early']);
    expect(early.hasAttribute('data-muted')).to.equal(true);
  });

  it(`${row(55)} What a server rendered is there once, and the site's own children are.`, async () => {
    const tag = undefinedTag();
    const page = await fixture(html`<div></div>`);
    page.setHTMLUnsafe(`<${tag} agent-id="served" title-idle="Served" class="mine">
      <template shadowrootmode="open"><style>button { color: red }</style><button part="button">Served</button></template>
      <script type="application/json">{ "size": 96 }</script><b slot="icon-idle">S</b></${tag}>`);
    const served = upgrade(page.querySelector(tag));
    const icon = served.querySelector('b');
    await served.updateComplete;
    expect(parts(served, 'button')).to.have.length(1);
    expect(words(served)).to.equal('Served');
    expect(part(served, 'button').offsetHeight).to.equal(96);
    expect(served.className).to.equal('mine');
    expect(icon?.assignedSlot).to.have.property('name', 'icon-idle');
    expect(icon?.checkVisibility()).to.equal(true);
  });
});

/** Ways to keep something on a visitor's machine, to talk with other frames, or to be told apart. */
const STORES = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore', 'name'] as const;

describe('what belongs to the page', () => {
  it(row(64), async () => {
    const touched: string[] = [];
    for (const name of STORES) forbid(window, name, touched);
    forbid(document, 'cookie', touched);
    replace(window, 'postMessage', () => touched.push('postMessage'));
    replace(window, 'BroadcastChannel', function () {
      touched.push('BroadcastChannel');
    });
    const globals = Object.getOwnPropertyNames(window);
    const { element, far } = await widget(html`
      <millis-voice-agent agent-id="agent" transcript config-src="/odd-config/bytes-2"></millis-voice-agent>
    `);
    await element.start();
    await far().say({ method: 'onresponsetext', data: 'Hello', payload: { is_final: true } });
    await until(() => element.turns.length === 1);
    await element.end();
    element.agentId = '';
    element.start().catch(() => undefined);
    await phase(element, 'failed');
    expect(touched).to.deep.equal([]);
    // In any order: Firefox makes its own when they are first asked for.
    expect(Object.getOwnPropertyNames(window)).to.have.members(globals);
  });
});

/** As in an opaque sandbox, where whoever asks for storage is thrown at. */
function forbid(owner: object, name: string, touched: string[]): void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, {
    configurable: true,
    get() {
      touched.push(name);
      throw new DOMException('The document is sandboxed.', 'SecurityError');
    },
  });
  afterTest(() => {
    if (own) Object.defineProperty(owner, name, own);
    else Reflect.deleteProperty(owner, name);
  });
}
