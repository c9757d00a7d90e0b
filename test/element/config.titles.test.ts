import { expect, oneEvent } from '@open-wc/testing';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { iconOn, nameOf, wordsOn } from '../support/browser/shown.js';
import { jsonScript } from '../support/browser/sources.js';
import { part, until, widget } from '../support/browser/widget.js';
import { collectWarnings } from '../support/browser/warnings.js';

const LONG = 'A very long story about nothing at all. '.repeat(250);
const SHAPE = '<path d="M0 0h9v9z"/>';

async function titled(title: string, size?: number): Promise<MillisVoiceAgent> {
  const { element } = await widget();
  element.titleIdle = title;
  element.size = size;
  await element.updateComplete;
  return element;
}

/** The words on the button, as they are laid out. */
function label(element: MillisVoiceAgent): HTMLElement {
  const found = part(element, 'label').querySelector<HTMLElement>('[data-shown]');
  if (!found) throw new Error('No words are shown.');
  return found;
}

describe('the words on the button', () => {
  for (const title of [
    'Pregúntanos',
    'Спросите нас',
    'اسألنا',
    'שאלו אותנו',
    'お問い合わせ',
    'ถามเรา',
    '👋 Hi',
    '<b>Hi</b>',
  ]) {
    it(`are ${title}, for eyes and for screen readers`, async () => {
      const element = await titled(title);
      expect(wordsOn(element)).to.equal(title);
      expect(nameOf(element)).to.equal(title);
      expect(label(element).childElementCount).to.equal(0);
    });
  }

  for (const [what, title] of [
    ['empty', ''],
    ['only spaces', ' \n '],
    ['only a soft hyphen', '\u00AD'],
    ['only a blank letter', '\u3164'],
    ['only overrides of the direction', '\u202E\u2066'],
  ] as const) {
    it(`may be ${what}: then there is only the icon, and the button still has a name`, async () => {
      const { element } = await widget();
      Object.assign(element, { titleIdle: title, titleConnecting: title, titleRunning: title });
      await element.updateComplete;
      expect(part(element, 'button').textContent).to.include('Talk to us');
      expect(nameOf(element)).to.equal('Talk to us');
      expect(part(element, 'button').offsetWidth).to.equal(part(element, 'button').offsetHeight);
    });
  }

  it('cannot turn what stands beside them', async () => {
    const element = await titled('\u202Eabc\u202C \u2066def');
    expect(nameOf(element)).to.equal('abc def');
  });

  for (const size of [24, 40, 64, 512]) {
    it(`end in an ellipsis where they are long, and the button stays ${size} px high`, async () => {
      const element = await titled(LONG, size);
      const words = label(element);
      expect(part(element, 'button').offsetHeight).to.equal(size);
      expect(words.scrollHeight, 'more than is shown').to.be.above(words.clientHeight);
      expect(getComputedStyle(words)).to.include({ overflow: 'hidden', webkitBoxOrient: 'vertical' });
      expect(getComputedStyle(words).webkitLineClamp).to.equal(size < 40 ? '1' : '2');
      const { bottom } = words.getBoundingClientRect();
      expect(bottom).to.be.at.most(part(element, 'button').getBoundingClientRect().bottom);
    });

    it(`may be of one word that never ends, on a button of ${size} px`, async () => {
      const element = await titled('a'.repeat(10_000), size);
      const button = part(element, 'button');
      expect(button.offsetHeight).to.equal(size);
      expect(label(element).getBoundingClientRect().right).to.be.at.most(
        button.getBoundingClientRect().right,
      );
    });

    it(`leave a button of ${size} px that can be hit everywhere`, async () => {
      const element = await titled('', size);
      const { left, top, width, height } = part(element, 'button').getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
      for (const [x, y] of [
        [0.5, 0.1],
        [0.5, 0.9],
        [0.1, 0.5],
        [0.9, 0.5],
      ] as const) {
        const hit = element.shadowRoot?.elementFromPoint(left + width * x, top + Math.min(height, 590) * y);
        expect(hit?.closest('button')).to.equal(part(element, 'button'));
      }
    });
  }
});

describe('a change shows at once', () => {
  it('of an attribute', async () => {
    const { element } = await widget();
    element.setAttribute('title-idle', 'New');
    element.setAttribute('size', '80');
    await element.updateComplete;
    expect([wordsOn(element), part(element, 'button').offsetHeight]).to.deep.equal(['New', 80]);
    element.removeAttribute('title-idle');
    element.removeAttribute('size');
    await element.updateComplete;
    expect([wordsOn(element), part(element, 'button').offsetHeight]).to.deep.equal(['Talk to us', 64]);
  });

  it("of the child script's text, character by character, and of its removal", async () => {
    const { element } = await widget();
    const script = jsonScript('{"size": 80}');
    element.append(script);
    await until(() => part(element, 'button').offsetHeight === 80);
    if (script.firstChild) script.firstChild.nodeValue = '{"size": 90}';
    await until(() => part(element, 'button').offsetHeight === 90);
    script.textContent = '{"size": 100}';
    await until(() => part(element, 'button').offsetHeight === 100);
    script.remove();
    await until(() => part(element, 'button').offsetHeight === 64);
  });

  it('in a call, too', async () => {
    const { element } = await widget();
    await element.start();
    element.config = { titles: { idle: 'a', connecting: 'b', running: 'Stop' }, background: 'rgb(1, 2, 3)' };
    await element.updateComplete;
    expect(wordsOn(element)).to.equal('Stop');
    expect(getComputedStyle(part(element, 'button')).backgroundColor).to.equal('rgb(1, 2, 3)');
    expect(element.phase).to.equal('live');
  });

  it('once for each warning: the same mistake is not told again', async () => {
    const warnings = collectWarnings();
    const { element } = await widget();
    element.config = { size: 1 };
    await element.updateComplete;
    element.config = { size: 1, background: 'red' };
    await element.updateComplete;
    expect(warnings).to.have.lengthOf(1);
  });
});

describe('the icon', () => {
  for (const [what, icon] of [
    ['not there', '/site/none.png'],
    ['no image', 'data:image/png;base64,AAAA'],
    ['no SVG', '<svg><p>'],
  ] as const) {
    it(`is our own where an image is ${what}, with one warning`, async () => {
      const warnings = collectWarnings();
      const { element } = await widget();
      element.iconIdle = icon;
      await until(() => warnings.length > 0);
      await element.updateComplete;
      expect(iconOn(element)).to.equal('own');
      expect(warnings).to.have.lengthOf(1);
      expect(warnings[0]).to.match(/^<millis-voice-agent> icon: ".+" could not be shown/);
    });
  }

  it('is what is in the slot, before any other', async () => {
    const { element } = await widget();
    element.iconIdle = '☎️';
    const own = document.createElement('img');
    own.slot = 'icon-idle';
    own.alt = '';
    own.src = '/site/heart.svg';
    const loaded = oneEvent(own, 'load');
    element.append(own);
    await Promise.all([loaded, element.updateComplete]);
    expect(own.checkVisibility()).to.equal(true);
    expect(own.assignedSlot?.name).to.equal('icon-idle');
    const letters = part(element, 'icon').querySelector('.letters');
    expect(letters?.checkVisibility()).to.equal(false);
    own.remove();
    expect(iconOn(element)).to.equal('☎️');
  });

  it('of SVG text is an image: its markup is not in the page', async () => {
    const { element } = await widget();
    element.iconIdle = `<svg viewBox="0 0 9 9">${SHAPE}</svg>`;
    await element.updateComplete;
    expect(iconOn(element)).to.match(/^data:image\/svg\+xml,/);
    expect(part(element, 'icon').querySelector('[data-shown] path')).to.equal(null);
  });
});
