import { expect, html } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { axeOn } from '../support/browser/accessibility.js';
import { failure } from '../support/browser/calls.js';
import { faultsOf } from '../support/browser/intruders.js';
import { readability } from '../support/browser/painted.js';
import { iconOn, nameOf, wordsOn } from '../support/browser/shown.js';
import { part, widget } from '../support/browser/widget.js';

const USUAL = { width: 800, height: 600 };
/** WCAG 2.2, success criterion 1.4.3; a pixel is rounded. */
const LEAST_CONTRAST = 4.5 - 0.05;

function inPage(placement = 'inline', transcript = false) {
  return widget(html`
    <main style="padding: 80px; background: Canvas">
      <millis-voice-agent
        agent-id="agent"
        placement=${placement}
        .transcript=${transcript}
      ></millis-voice-agent>
    </main>
  `);
}

describe('what is drawn, in every engine', () => {
  const { style } = document.documentElement;
  afterEach(async () => {
    style.colorScheme = '';
    document.documentElement.dir = '';
    await setViewport(USUAL);
  });

  for (const placement of ['inline', 'bottom-right', 'bottom-left', 'top-right', 'top-left']) {
    for (const transcript of [false, true]) {
      const name = `${placement}${transcript ? ', with a conversation' : ''}`;
      it(`is named, visible, to be hit and in the window: ${name}`, async () => {
        const { element } = await inPage(placement, transcript);
        expect(faultsOf(element)).to.deep.equal([]);
        const { left, top, right, bottom } = part(element, 'button').getBoundingClientRect();
        expect([left >= 0, top >= 0, right <= innerWidth, bottom <= innerHeight]).to.deep.equal(
          Array(4).fill(true),
        );
      });

      it(`is nothing that axe minds, resting and failed, in any colour scheme and direction: ${name}`, async () => {
        const { element } = await inPage(placement, transcript);
        const found: string[] = [];
        for (const reach of [() => undefined, () => failure(element.start())]) {
          await reach();
          for (const colorScheme of ['light', 'dark'])
            for (const dir of ['ltr', 'rtl']) {
              style.colorScheme = colorScheme;
              document.documentElement.dir = dir;
              await element.updateComplete;
              const problems = await axeOn(element);
              if (problems) found.push(`${element.phase} ${colorScheme} ${dir} ${problems}`);
            }
        }
        expect(found).to.deep.equal([]);
      });
    }
  }

  it('says its words, has its icon, and is called by them', async () => {
    const { element } = await inPage();
    expect([wordsOn(element), iconOn(element), nameOf(element)]).to.deep.equal([
      'Talk to us',
      'own',
      'Talk to us',
    ]);
  });

  it('wears what a config says', async () => {
    const { element } = await inPage();
    element.config = {
      titles: { idle: 'Ask us', connecting: 'Wait', running: 'Bye' },
      icons: { idle: '☎️', connecting: '…', running: '👋' },
      size: 96,
      background: 'linear-gradient(90deg, #102030, #304050)',
      buttonCss: 'border-radius: 8px; &:hover { opacity: 0.9 }',
    };
    await element.updateComplete;
    expect([wordsOn(element), iconOn(element)]).to.deep.equal(['Ask us', '☎️']);
    const { borderTopLeftRadius, backgroundImage, height } = getComputedStyle(part(element, 'button'));
    expect({ borderTopLeftRadius, height }).to.deep.equal({ borderTopLeftRadius: '8px', height: '96px' });
    expect(backgroundImage).to.include('rgb(16, 32, 48)');
    expect(faultsOf(element)).to.deep.equal([]);
  });

  for (const background of ['#ffe066', '#777', '#102030', 'linear-gradient(135deg, #667eea, #764ba2)']) {
    it(`can be read on ${background}`, async () => {
      const { element } = await inPage();
      element.background = background;
      await element.updateComplete;
      const { words, icon } = await readability(element, 'white');
      expect(words).to.be.at.least(LEAST_CONTRAST);
      expect(icon).to.be.at.least(3);
    });
  }

  it('stays in the corner of a small window', async () => {
    await setViewport({ width: 390, height: 500 });
    const { element } = await inPage('bottom-right', true);
    await failure(element.start());
    await element.updateComplete;
    for (const name of ['button', 'notice']) {
      const { left, right, top, bottom } = part(element, name).getBoundingClientRect();
      expect([left >= 0, top >= 0, right <= innerWidth, bottom <= innerHeight], name).to.deep.equal(
        Array(4).fill(true),
      );
    }
  });
});
