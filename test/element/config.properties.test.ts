import { expect, fixture, html } from '@open-wc/testing';
import fc from 'fast-check';
import '../../src/define.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { afterTest } from '../support/browser/cleanup.js';
import { hostileConfig } from '../support/browser/hostile.js';
import { faultsOf } from '../support/browser/intruders.js';
import { replace } from '../support/browser/microphone.js';
import { jsonScript } from '../support/browser/sources.js';
import { part, press, until } from '../support/browser/widget.js';

declare const __MILLIS_RUNS__: number;

/** Ten times what one takes; a shrunken counterexample is worth waiting for. */
const MOST_MS_PER_RUN = 150;
/** Of how many elements one is pressed with a real mouse; the others by a program. */
const PRESSED_FOR_REAL = 10;
const ALLOWED_PICTURE = '/site/heart.svg';

/** With ICE servers nothing is prepared while the pointer is on a button, and a page has only so many peers. */
const NOBODY_IS_ASKED: readonly RTCIceServer[] = [{ urls: 'stun:192.0.2.1' }];

type Way = 'property' | 'child script' | 'attributes';
const anyWay = fc.constantFrom<Way>('property', 'child script', 'attributes');

/** Attributes of the same meaning as a config. */
function asAttributes(config: unknown): [name: string, value: unknown][] {
  if (typeof config !== 'object' || config === null) return [];
  const { titles, icons, buttonCss, ...rest } = config as Record<string, unknown>;
  const states = (name: string, of: unknown): [string, unknown][] =>
    typeof of === 'object' && of
      ? Object.entries(of).map(([state, value]) => [`${name}-${state}`, value])
      : [];
  return [
    ...states('title', titles),
    ...states('icon', icons),
    ['button-css', buttonCss],
    ...Object.entries(rest),
  ];
}

/** Some values have none. */
function jsonOf(value: unknown): string {
  const text: unknown = JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? 1 : each));
  return typeof text === 'string' ? text : '';
}

function configure(element: MillisVoiceAgent, config: unknown, way: Way): void {
  if (way === 'property') {
    Object.assign(element, { config });
  } else if (way === 'child script') {
    element.append(jsonScript(jsonOf(config)));
  } else {
    for (const [name, value] of asAttributes(config)) {
      if (/^[a-z][a-zA-Z-]*$/.test(name) && value !== undefined)
        element.setAttribute(name, typeof value === 'string' ? value : jsonOf(value));
    }
  }
}

/** An element at one place of a page that has room. A press on it is counted, and starts nothing. */
async function countedElement(): Promise<{ element: MillisVoiceAgent; presses: () => number }> {
  const place = await fixture(html`
    <div style="position: absolute; left: 80px; top: 80px; width: 640px">
      <millis-voice-agent server=${location.origin} .iceServers=${NOBODY_IS_ASKED}></millis-voice-agent>
    </div>
  `);
  const element = place.querySelector('millis-voice-agent');
  if (!element) throw new Error('There is no element.');
  let count = 0;
  element.addEventListener('millis-before-start', (event) => {
    event.preventDefault();
    count += 1;
  });
  return { element, presses: () => count };
}

/** Addresses that the page asks for from now on. */
function watchRequests(): string[] {
  const addresses: string[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) addresses.push(name);
  });
  observer.observe({ type: 'resource' });
  afterTest(() => observer.disconnect());
  return addresses;
}

/** Errors that nobody caught. */
function watchErrors(): unknown[] {
  const errors: unknown[] = [];
  const listen = (event: ErrorEvent | PromiseRejectionEvent): void => {
    errors.push(event instanceof ErrorEvent ? event.message : event.reason);
  };
  window.addEventListener('error', listen);
  window.addEventListener('unhandledrejection', listen);
  afterTest(() => {
    window.removeEventListener('error', listen);
    window.removeEventListener('unhandledrejection', listen);
  });
  return errors;
}

describe('any config, however hostile', () => {
  it(`leaves the button named, visible and pressable, and brings nothing of its own, ${__MILLIS_RUNS__} times`, async function () {
    this.timeout(__MILLIS_RUNS__ * MOST_MS_PER_RUN);
    replace(console, 'warn', () => undefined);
    const requests = watchRequests();
    const errors = watchErrors();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(hostileConfig, anyWay, async (config, way) => {
        run += 1;
        const { element, presses } = await countedElement();
        try {
          configure(element, config, way);
          await Promise.resolve();
          await element.updateComplete;
          await element.updateComplete;
          expect(faultsOf(element)).to.deep.equal([]);
          if (run % PRESSED_FOR_REAL === 0) await press(part(element, 'button'));
          else part(element, 'button').click();
          expect(presses()).to.equal(1);
          expect(errors).to.deep.equal([]);
        } finally {
          element.parentElement?.remove();
        }
      }),
      {
        numRuns: __MILLIS_RUNS__,
        includeErrorInReport: true,
        // Also ends the search for a smaller counterexample, so that there is one to be read.
        interruptAfterTimeLimit: (__MILLIS_RUNS__ * MOST_MS_PER_RUN) / 2,
        markInterruptAsFailure: true,
      },
    );
    await until(() => requests.length > 0);
    const foreign = requests.filter((address) => new URL(address).pathname !== ALLOWED_PICTURE);
    expect(foreign).to.deep.equal([]);
    expect(Object.hasOwn(window, 'attacked')).to.equal(false);
  });

  for (const [size, css] of [
    [
      64,
      'width: 240px; height: 3rem; font-size: 64px; line-height: 96px; padding: 64px; gap: 64px; border: 16px solid',
    ],
    [206, 'width: 240px; height: 3rem'],
    [512, 'width: 24px; min-width: 24px; padding: 0'],
  ] as const) {
    it(`draws nothing outside of a button of ${size} px that is too small for what is on it`, async () => {
      const { element } = await countedElement();
      element.config = { size, buttonCss: css };
      await element.updateComplete;
      expect(faultsOf(element)).to.deep.equal([]);
    });
  }

  it('would be noticed if it loaded something', async () => {
    const requests = watchRequests();
    const { element } = await countedElement();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.call { background: url(/site/noticed.svg) }');
    element.shadowRoot?.adoptedStyleSheets.push(sheet);
    expect(faultsOf(element).join()).to.include('would be loaded');
    await until(() => requests.some((address) => address.endsWith('/site/noticed.svg')));
  });

  for (const [what, css, fault] of [
    ['covered the page', '.call { box-shadow: 0 0 0 999px red }', 'around itself'],
    ['left its place', '.call { position: fixed; left: 0; top: 0 }', 'is fixed'],
    ['moved away', '.call { transform: translateX(-200px) }', 'px outside'],
    [
      'was drawn by a border',
      '.call { border: 9px solid; border-image: linear-gradient(red, red) 1 / 1 / 99 }',
      'around itself',
    ],
    ['hid', '.call { visibility: hidden }', 'visible'],
    ['faded', '.call { opacity: 0.1 }', 'opaque'],
    ['shrank', '.call { transform: scale(0.1) }', 'large enough'],
    ['let clicks through', '.call { pointer-events: none }', 'can be hit'],
    ['lost its words', '.label, .unseen { display: none }', 'is named'],
  ] as const) {
    it(`would be noticed if the button ${what}`, async () => {
      const { element } = await countedElement();
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      element.shadowRoot?.adoptedStyleSheets.push(sheet);
      expect(faultsOf(element).join()).to.include(fault);
    });
  }

  it('would be noticed if it put markup into the element', async () => {
    const { element } = await countedElement();
    const image = document.createElement('img');
    image.setAttribute('onerror', '');
    image.setAttribute('src', 'javascript:1');
    part(element, 'icon').append(document.createElement('iframe'), image);
    expect(faultsOf(element)).to.include.members([
      '<iframe> is not ours',
      '<img onerror> is not ours',
      'an image is javascript:1',
    ]);
  });
});
