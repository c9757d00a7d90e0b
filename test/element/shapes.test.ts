import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { failure } from '../support/browser/calls.js';
import { liveTracks } from '../support/browser/ledger.js';
import { collectWarnings } from '../support/browser/warnings.js';
import { has, part, parts, phase, press, until, widget } from '../support/browser/widget.js';

const CORNERS = ['bottom-right', 'bottom-left', 'top-right', 'top-left'] as const;
const LONG = 'Talk to our receptionist about an appointment on any day of the coming week';
const USUAL = { width: 800, height: 600 };

/** An element in a corner of a long page, with a conversation. */
function inCorner(placement = 'bottom-right') {
  return widget(html`
    <div style="min-height: 3000px">
      <a href="#nowhere" id="link">A link</a>
      <millis-voice-agent agent-id="agent" placement=${placement} transcript></millis-voice-agent>
    </div>
  `);
}

async function liveInCorner(placement?: string) {
  const made = await inCorner(placement);
  await made.element.start();
  await made.element.updateComplete;
  return made;
}

function panel(element: MillisVoiceAgent): HTMLElement | null {
  return element.renderRoot.querySelector<HTMLElement>('.panel.floating.kept');
}

function isOpen(element: MillisVoiceAgent): boolean {
  return panel(element) !== null;
}

function closeButton(element: MillisVoiceAgent): HTMLElement {
  const close = element.renderRoot.querySelector<HTMLElement>('.head [aria-label="Close"]');
  if (!close) throw new Error('There is no panel to be closed.');
  return close;
}

function focused(element: MillisVoiceAgent): string | null | undefined {
  return element.shadowRoot?.activeElement?.getAttribute('part');
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** What is to be seen of an element: its box is smaller, as the panel is over the page. */
function shown(element: MillisVoiceAgent): DOMRect[] {
  return [...element.renderRoot.querySelectorAll('.panel.kept, button')].map((each) =>
    each.getBoundingClientRect(),
  );
}

/** Where something reaches out of the window, in words. */
function outside(rects: readonly DOMRect[]): string[] {
  const { clientWidth, clientHeight } = document.documentElement;
  return rects
    .filter(
      ({ left, top, right, bottom }) =>
        left < 0 || top < 0 || right > clientWidth + 0.5 || bottom > clientHeight + 0.5,
    )
    .map(({ left, top, right, bottom }) => [left, top, right, bottom].map(Math.round).join(' '));
}

describe('in a corner', () => {
  for (const corner of CORNERS) {
    it(`stays at the ${corner} of the window, by the distance that the page says`, async () => {
      const { element } = await inCorner(corner);
      const [block, side] = corner.split('-') as ['top' | 'bottom', 'left' | 'right'];
      const gaps = () => {
        const rect = element.getBoundingClientRect();
        const { clientWidth, clientHeight } = document.documentElement;
        // A sixtieth of a pixel is how Firefox rounds.
        return [
          block === 'top' ? rect.top : clientHeight - rect.bottom,
          side === 'left' ? rect.left : clientWidth - rect.right,
        ].map((gap) => Math.round(gap * 100) / 100);
      };
      expect(gaps()).to.deep.equal([16, 16]);
      scrollTo(0, 1000);
      document.documentElement.dir = 'rtl';
      expect(gaps(), 'scrolled, and right-to-left').to.deep.equal([16, 16]);
      document.documentElement.dir = '';
      element.style.setProperty('--millis-edge', '40px');
      expect(gaps(), 'with --millis-edge').to.deep.equal([40, 40]);
    });

    it(`keeps out of the unsafe areas of the screen at the ${corner}`, async () => {
      const { element } = await inCorner(corner);
      const rules = (element.shadowRoot?.adoptedStyleSheets ?? []).flatMap((sheet) => [...sheet.cssRules]);
      const css = rules.map(({ cssText }) => cssText).join('\n');
      for (const edge of corner.split('-')) {
        expect(css).to.match(
          new RegExp(`:host\\(\\[placement[$^]="-?${edge}-?"\\]\\)[^}]*env\\(safe-area-inset-${edge}\\)`),
        );
      }
    });
  }

  it('is before everything of the page, and behind what the page says', async () => {
    const { element } = await inCorner();
    await fixture(
      html`<div id="cover" style="position: fixed; inset: 0; z-index: 999999; background: #fff"></div>`,
    );
    const { x, y } = element.getBoundingClientRect();
    const front = () => document.elementFromPoint(x + 30, y + 30);
    expect(front() === element).to.equal(true);
    element.style.setProperty('--millis-z-index', '5');
    expect(getComputedStyle(element).zIndex).to.equal('5');
    expect(front()?.id).to.equal('cover');
  });

  it('takes no place in the page', async () => {
    const { element } = await liveInCorner();
    const heights = [document.documentElement.scrollHeight, document.documentElement.scrollWidth];
    element.placement = 'none';
    await element.updateComplete;
    expect([document.documentElement.scrollHeight, document.documentElement.scrollWidth]).to.deep.equal(
      heights,
    );
  });

  it('is in the flow of the page for a placement that is none, with one warning', async () => {
    const warnings = collectWarnings();
    const { element } = await inCorner('bottom');
    expect(getComputedStyle(element).position).to.equal('relative');
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('placement').and.include('"bottom"');
  });
});

describe('in a corner: the panel', () => {
  afterEach(async () => {
    document.documentElement.dir = '';
    await setViewport(USUAL);
  });

  for (const [width, height] of [
    [320, 480],
    [390, 844],
    [844, 390],
    [1024, 768],
  ] as const) {
    it(`never is over the button, nor outside of a window of ${width} × ${height}`, async () => {
      await setViewport({ width, height });
      const { element } = await liveInCorner();
      const wrong: string[] = [];
      for (const placement of CORNERS)
        for (const dir of ['ltr', 'rtl'])
          for (const size of [24, 64, 200])
            for (const title of ['', LONG]) {
              document.documentElement.dir = dir;
              Object.assign(element, { placement, size });
              Object.assign(element, { titleIdle: title, titleConnecting: title, titleRunning: title });
              await element.updateComplete;
              const [over, button] = [panel(element), part(element, 'button')].map((each) =>
                each?.getBoundingClientRect(),
              );
              const name = `${placement} ${dir} ${size} "${title}"`;
              if (!over || !button || overlap(over, button)) wrong.push(`${name}: over the button`);
              if (over && over.height < 120) wrong.push(`${name}: ${over.height} high`);
              wrong.push(...outside(shown(element)).map((rect) => `${name}: ${rect}`));
              closeButton(element).click();
              await element.updateComplete;
              wrong.push(...outside(shown(element)).map((rect) => `${name}, closed: ${rect}`));
              part(element, 'transcript-button').click();
              await element.updateComplete;
            }
      expect(wrong).to.deep.equal([]);
    });
  }

  it('is as wide as a phone', async () => {
    await setViewport({ width: 390, height: 844 });
    const { element } = await liveInCorner('bottom-left');
    const rect = panel(element)?.getBoundingClientRect();
    expect([rect?.left, rect?.right]).to.deep.equal([16, 390 - 16]);
  });

  it('opens with the call, and not before', async () => {
    const { element } = await inCorner();
    expect(isOpen(element)).to.equal(false);
    await press(part(element, 'button'));
    await phase(element, 'live');
    expect(isOpen(element)).to.equal(true);
    await element.end();
    await element.updateComplete;
    expect(isOpen(element), 'to be read after the call').to.equal(true);
  });

  for (const [how, close] of [
    ['its close button', (element: MillisVoiceAgent) => press(closeButton(element))],
    [
      'Escape from within it',
      async (element: MillisVoiceAgent) => {
        part(element, 'transcript').focus();
        await sendKeys({ press: 'Escape' });
      },
    ],
    [
      'Escape on the button',
      async (element: MillisVoiceAgent) => {
        part(element, 'button').focus();
        await sendKeys({ press: 'Escape' });
      },
    ],
  ] as const) {
    it(`closes by ${how}, gives the focus back, and the call goes on`, async () => {
      const { element, far } = await liveInCorner();
      await close(element);
      await element.updateComplete;
      expect(isOpen(element)).to.equal(false);
      expect(focused(element)).to.equal('button');
      expect(element.phase).to.equal('live');
      const said = oneEvent(element, 'millis-transcript');
      await far().say({ method: 'onresponsetext', data: 'Still here', payload: { is_final: true } });
      await said;
      await press(part(element, 'transcript-button'));
      await element.updateComplete;
      expect(part(element, 'turn').textContent).to.include('Still here');
      expect(focused(element), 'the button that opened it is gone').to.equal('button');
      expect(has(element, 'transcript-button')).to.equal(false);
    });
  }

  it('comes back with the next call', async () => {
    const { element } = await liveInCorner();
    await press(closeButton(element));
    await element.end();
    await element.updateComplete;
    expect(isOpen(element)).to.equal(false);
    await element.start();
    await element.updateComplete;
    expect(isOpen(element)).to.equal(true);
  });

  it('stays closed while other things change', async () => {
    const { element } = await liveInCorner();
    await press(closeButton(element));
    element.muted = true;
    element.titleRunning = 'Drawn again';
    await element.updateComplete;
    expect(isOpen(element)).to.equal(false);
  });

  it('has the message of a failure over it, which Escape puts away first', async () => {
    const { element } = await liveInCorner();
    await element.end();
    element.agentId = '';
    await failure(element.start());
    await element.updateComplete;
    part(element, 'button').focus();
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect(part(element, 'notice').hidden).to.equal(true);
    expect(isOpen(element)).to.equal(true);
    expect(focused(element)).to.equal('button');
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect(isOpen(element)).to.equal(false);
    expect(focused(element)).to.equal('button');
  });

  it('leaves Escape to the page where there is nothing to put away, and where the page took it', async () => {
    const { element } = await liveInCorner();
    const heard: boolean[] = [];
    document.addEventListener('keydown', (event) => heard.push(event.defaultPrevented), { once: true });
    part(element, 'button').focus();
    await sendKeys({ press: 'Escape' });
    expect(heard, 'when it closed the panel').to.deep.equal([]);
    await element.updateComplete;
    await sendKeys({ press: 'Escape' });
    expect(heard, 'when there was nothing').to.deep.equal([false]);
    await press(part(element, 'transcript-button'));
    element.addEventListener('keydown', (event) => event.preventDefault(), { capture: true, once: true });
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect(isOpen(element)).to.equal(true);
  });

  it('leaves Escape outside of it to the page', async () => {
    const { element } = await liveInCorner();
    document.querySelector<HTMLElement>('#link')?.focus();
    await sendKeys({ press: 'Escape' });
    await element.updateComplete;
    expect(isOpen(element)).to.equal(true);
  });
});

describe('the mute button', () => {
  for (const placement of ['inline', 'bottom-right'])
    for (const transcript of [false, true]) {
      it(`is in one place in a call, and nowhere else: ${placement}, transcript ${String(transcript)}`, async () => {
        const { element } = await widget(
          html`<millis-voice-agent
            agent-id="agent"
            placement=${placement}
            .transcript=${transcript}
          ></millis-voice-agent>`,
        );
        const counts: string[] = [];
        element.addEventListener('millis-state-change', () => {
          void element.updateComplete.then(() => {
            counts.push(`${element.phase} ${parts(element, 'mute-button').length}`);
          });
        });
        await element.start();
        await element.updateComplete;
        if (placement !== 'inline' && transcript) {
          closeButton(element).click();
          await element.updateComplete;
          expect(parts(element, 'mute-button'), 'with a closed panel').to.have.length(1);
        }
        const drawn = (name: string) => until(() => counts.some((count) => count.startsWith(name)));
        await element.end();
        await drawn('ended');
        element.agentId = '';
        await failure(element.start());
        await drawn('failed');
        expect(counts.filter((count) => count === 'live 1')).to.have.length(1);
        expect(counts.filter((count) => !count.startsWith('live')).join()).not.to.match(/[1-9]/);
        expect(counts.join()).to.include('failed 0').and.include('ended 0');
      });
    }
});

describe('placement="none"', () => {
  it('draws nothing, and a page can do everything by events, properties and methods', async () => {
    const { element, far } = await widget(
      html`<millis-voice-agent agent-id="agent" placement="none" transcript></millis-voice-agent>`,
    );
    const drawn = () => [
      element.renderRoot.querySelectorAll('*').length,
      element.offsetWidth,
      element.offsetHeight,
    ];
    expect(drawn()).to.deep.equal([0, 0, 0]);
    const said: string[] = [];
    element.addEventListener('millis-state-change', ({ state }) => said.push(state.phase));
    element.addEventListener('millis-transcript', ({ turn }) => said.push(turn.text));
    element.addEventListener('millis-mute-change', ({ muted }) => said.push(`muted: ${String(muted)}`));
    await element.start();
    const heard = oneEvent(element, 'millis-transcript');
    await far().say({ method: 'onresponsetext', data: 'Hello', payload: { is_final: true } });
    await heard;
    element.muted = true;
    await element.updateComplete;
    expect(liveTracks().some(({ enabled }) => !enabled)).to.equal(true);
    expect(drawn(), 'in a call').to.deep.equal([0, 0, 0]);
    expect(element.turns.map(({ text }) => text)).to.deep.equal(['Hello']);
    await element.end();
    element.agentId = '';
    const error = await failure(element.start());
    expect(element.error).to.equal(error);
    expect(drawn(), 'after a failure').to.deep.equal([0, 0, 0]);
    expect(said).to.deep.equal([
      ...['requesting-microphone', 'connecting', 'live', 'Hello', 'muted: true', 'ending', 'ended'],
      ...['requesting-microphone', 'failed'],
    ]);
  });

  it('and every other place can be changed to in a call, which goes on', async () => {
    const { element } = await widget();
    element.transcript = true;
    await element.start();
    const seen: string[] = [];
    for (const placement of ['bottom-right', 'none', 'top-left', 'inline', 'none', 'inline']) {
      element.placement = placement;
      await element.updateComplete;
      const position = getComputedStyle(element).position;
      seen.push(`${element.phase} ${position} ${parts(element, 'mute-button').length}`);
    }
    expect(seen).to.deep.equal([
      'live fixed 1',
      'live relative 0',
      'live fixed 1',
      'live relative 1',
      'live relative 0',
      'live relative 1',
    ]);
    await press(part(element, 'button'));
    await phase(element, 'ended');
  });
});

describe('in the flow of a page', () => {
  for (const direction of ['ltr', 'rtl'] as const) {
    it(`keeps its message in the window, also at the end of a line (${direction})`, async () => {
      const { element } = await widget(html`
        <p dir=${direction} style="text-align: end">
          <millis-voice-agent
            size="24"
            title-idle=" "
            title-connecting=" "
            title-running=" "
          ></millis-voice-agent>
        </p>
      `);
      await failure(element.start());
      await element.updateComplete;
      expect(outside([part(element, 'notice').getBoundingClientRect()])).to.deep.equal([]);
      expect(part(element, 'notice').getBoundingClientRect().width).to.be.above(200);
    });
  }

  for (const size of [56, 64, 200]) {
    it(`has its mute button on the edge of a round button of ${size} pixels, and leaves room to press both`, async () => {
      const { element } = await widget(html`
        <millis-voice-agent
          agent-id="agent"
          size=${size}
          title-idle=""
          title-connecting=""
          title-running=""
        ></millis-voice-agent>
      `);
      await element.start();
      await element.updateComplete;
      const [button, mute] = ['button', 'mute-button'].map((name) =>
        part(element, name).getBoundingClientRect(),
      );
      expect(button && mute && overlap(button, mute)).to.equal(true);
      const inside = button && mute && mute.right <= button.right && mute.bottom <= button.bottom;
      expect(inside, 'it lies on nothing of the page').to.equal(true);
      await press(part(element, 'mute-button'));
      expect(element.muted).to.equal(true);
      await press(part(element, 'button'));
      await phase(element, 'ended');
    });
  }

  it('is never wider than a phone, however large', async () => {
    await setViewport({ width: 390, height: 844 });
    const { element } = await widget(html`
      <millis-voice-agent agent-id="agent" size="512" title-idle="Talk to us"></millis-voice-agent>
    `);
    expect(outside([part(element, 'button').getBoundingClientRect()])).to.deep.equal([]);
    await setViewport(USUAL);
  });
});
