import { expect, html, oneEvent } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { axeOn, focused } from '../support/browser/accessibility.js';
import { failure } from '../support/browser/calls.js';
import { askForMicrophone } from '../support/browser/microphone.js';
import { frame, has, part, phase, widget, type Widget } from '../support/browser/widget.js';

const SHAPES = [
  { placement: 'inline', transcript: false },
  { placement: 'inline', transcript: true },
  { placement: 'bottom-right', transcript: false },
  { placement: 'bottom-right', transcript: true },
  { placement: 'bottom-right', transcript: true, closed: true },
] as const;

/** How a call comes into each phase. */
const PHASES: Readonly<Record<string, (widget: Widget) => Promise<unknown>>> = {
  idle: () => Promise.resolve(),
  'requesting-microphone': async ({ element }) => {
    askForMicrophone();
    void element.start();
    await phase(element, 'requesting-microphone');
  },
  connecting: async ({ element }) => {
    element.negotiate = () => new Promise(() => undefined);
    void element.start();
    await phase(element, 'connecting');
  },
  live: talk,
  reconnecting: async (made) => {
    await talk(made);
    const far = made.far();
    while ((await far.packetsHeard()) < 30) await frame();
    await far.peer.getSenders()[0]?.replaceTrack(null);
    await phase(made.element, 'reconnecting');
  },
  ended: async (made) => {
    await talk(made);
    await made.element.end();
  },
  failed: async (made) => {
    await talk(made);
    await made.element.end();
    made.element.negotiate = () => Promise.reject(new Error('down'));
    await failure(made.element.start());
  },
};

/** A call in which both have spoken. */
async function talk({ element, far }: Widget): Promise<void> {
  await element.start();
  const say = async (method: string, data: string, final: boolean) => {
    const said = oneEvent(element, 'millis-transcript');
    await far().say({ method, data, payload: { is_final: final } });
    await said;
  };
  await say('onresponsetext', 'Hello, how can I help you?', true);
  await say('ontranscript', 'I would like to', false);
}

function inPage(attributes: { placement?: string; transcript?: boolean } = {}) {
  return widget(html`
    <main>
      <a id="before" href="#nowhere">Before</a>
      <millis-voice-agent
        agent-id="agent"
        placement=${attributes.placement ?? 'inline'}
        .transcript=${attributes.transcript}
      ></millis-voice-agent>
      <a id="after" href="#nowhere">After</a>
    </main>
  `);
}

describe('what axe finds', () => {
  const { style } = document.documentElement;
  before(() => (style.background = 'Canvas'));
  afterEach(() => {
    style.colorScheme = '';
    document.documentElement.dir = '';
  });
  after(() => (style.background = ''));

  for (const [name, reach] of Object.entries(PHASES)) {
    it(`is nothing while the call is ${name}, in any shape, colour scheme and direction`, async () => {
      const made = await inPage();
      const { element } = made;
      await reach(made);
      const found: string[] = [];
      for (const { placement, transcript, ...shape } of SHAPES) {
        Object.assign(element, { placement, transcript });
        await element.updateComplete;
        if ('closed' in shape) element.renderRoot.querySelector<HTMLElement>('.head .close')?.click();
        for (const colorScheme of ['light', 'dark'])
          for (const dir of ['ltr', 'rtl']) {
            style.colorScheme = colorScheme;
            document.documentElement.dir = dir;
            await element.updateComplete;
            const problems = await axeOn(element);
            if (problems)
              found.push(`${JSON.stringify({ placement, ...shape, dir, colorScheme })} ${problems}`);
          }
      }
      expect(element.phase).to.equal(name);
      expect(found).to.deep.equal([]);
    });
  }

  for (const accent of ['#ffd43b', 'rgb(20 120 60)', 'oklch(0.7 0.2 150)']) {
    it(`is nothing with the accent ${accent}, on what the visitor said and on a second try`, async () => {
      const made = await inPage({ transcript: true });
      made.element.style.setProperty('--millis-accent-color', accent);
      for (const [name, what] of [
        ['ended', 'turn-user'],
        ['failed', 'notice'],
      ] as const) {
        await PHASES[name]?.(made);
        await made.element.updateComplete;
        expect(part(made.element, what).offsetHeight, what).to.be.above(0);
        expect(await axeOn(made.element)).to.equal('');
      }
    });
  }

  it('would be something', async () => {
    const { element } = await inPage();
    part(element, 'button').replaceChildren();
    expect(await axeOn(element)).to.include('button-name');
  });
});

describe('the keyboard', () => {
  const walk = async (keys: string, steps: number) => {
    const places: string[] = [];
    for (let step = 0; step < steps; step += 1) {
      if (keys === 'back') await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Tab' });
      if (keys === 'back') await sendKeys({ up: 'Shift' });
      places.push(focused());
    }
    return places;
  };

  for (const [name, attributes, order] of [
    ['inline', {}, ['button', 'tool mute']],
    ['inline with a conversation', { transcript: true }, ['button', 'tool mute', 'transcript']],
    ['in a corner', { placement: 'bottom-right' }, ['button', 'tool mute']],
    [
      'in a corner with a conversation',
      { placement: 'bottom-right', transcript: true },
      ['button', 'tool mute', 'Close', 'transcript'],
    ],
  ] as const) {
    it(`goes everywhere in the order of reading, and comes back: ${name}`, async () => {
      const { element } = await inPage(attributes);
      await element.start();
      await element.updateComplete;
      document.querySelector<HTMLElement>('#before')?.focus();
      const places = order.map((place) => (place === 'tool mute' ? 'mute-button' : place));
      expect(await walk('forth', places.length + 1)).to.deep.equal([...places, 'after']);
      expect(await walk('back', places.length + 1)).to.deep.equal([...places.toReversed(), 'before']);
    });
  }

  it('makes a whole call: start, mute, close, open, end', async () => {
    const { element } = await inPage({ placement: 'bottom-right', transcript: true });
    const places: string[] = [];
    const press = async (key: 'Tab' | 'Enter' | ' ' | 'Escape') => {
      await sendKeys({ press: key });
      await element.updateComplete;
      places.push(focused());
    };
    document.querySelector<HTMLElement>('#before')?.focus();
    await press('Tab');
    await press('Enter');
    await phase(element, 'live');
    await press('Tab');
    await press(' ');
    expect(element.muted).to.equal(true);
    await press('Escape');
    expect(has(element, 'transcript')).to.equal(false);
    await press('Tab');
    await press('Tab');
    await press('Enter');
    expect(has(element, 'transcript')).to.equal(true);
    await press('Enter');
    await phase(element, 'ended');
    expect(places).to.deep.equal([
      ...['button', 'button', 'mute-button', 'mute-button', 'button'],
      ...['mute-button', 'transcript-button', 'button', 'button'],
    ]);
  });

  for (const [what, attributes] of [
    ['mute-button', {}],
    ['mute-button', { placement: 'top-left', transcript: true }],
  ] as const) {
    it(`is not lost when the agent hangs up while it is on the ${what}: ${JSON.stringify(attributes)}`, async () => {
      const { element, far } = await inPage(attributes);
      await element.start();
      await element.updateComplete;
      part(element, what).focus();
      expect(focused()).to.equal(what);
      far().hangUp();
      await phase(element, 'ended');
      expect(has(element, what)).to.equal(false);
      expect(focused()).to.equal('button');
    });
  }

  it('is not taken from the page when the agent hangs up', async () => {
    const { element, far } = await inPage();
    await element.start();
    document.querySelector<HTMLElement>('#after')?.focus();
    far().hangUp();
    await phase(element, 'ended');
    expect(focused()).to.equal('after');
  });

  it('shows where it is', async () => {
    const { element } = await inPage({ placement: 'bottom-right', transcript: true });
    await element.start();
    await element.updateComplete;
    document.querySelector<HTMLElement>('#before')?.focus();
    for (const place of ['button', 'mute-button', 'Close', 'transcript']) {
      await sendKeys({ press: 'Tab' });
      expect(focused()).to.equal(place);
      const active = element.shadowRoot?.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(active ?? element);
      expect(`${outlineStyle} ${outlineWidth}`, place).to.equal('solid 3px');
    }
  });
});

describe('reduced motion', () => {
  afterEach(() => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    const moves = reducedMotion === 'no-preference';
    it(moves ? 'is not asked for: the wait and the voices move' : 'is: nothing moves', async () => {
      await emulateMedia({ reducedMotion });
      const made = await inPage();
      const { element } = made;
      const running = () => (element.shadowRoot?.getAnimations() ?? []).map(nameOf).filter((name) => name);
      await PHASES['connecting']?.(made);
      expect(running()).to.deep.equal(moves ? ['spin'] : []);
      const widths = new Set<string>();
      for (const level of ['0', '1']) {
        element.style.setProperty('--_agent-level', level);
        const ring = part(element, 'level');
        await Promise.all(ring.getAnimations().map(({ finished }) => finished));
        widths.add(getComputedStyle(ring).outlineWidth);
      }
      expect(widths.size > 1).to.equal(moves);
    });
  }
});

/** Of an animation; transitions take an instant, and are passed over. */
function nameOf(animation: Animation): string {
  return animation instanceof CSSAnimation ? animation.animationName : '';
}
