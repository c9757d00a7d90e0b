import { expect, html } from '@open-wc/testing';
import { resetMouse, sendMouse } from '@web/test-runner-commands';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { afterTest } from '../support/browser/cleanup.js';
import { readability } from '../support/browser/painted.js';
import { part, until, widget } from '../support/browser/widget.js';

/** WCAG 2.2, success criterion 1.4.3; a pixel is rounded. */
const LEAST = 4.5 - 0.05;

interface Page {
  readonly color: string;
  readonly scheme: 'light' | 'dark';
}

const WHITE: Page = { color: 'rgb(255, 255, 255)', scheme: 'light' };
const NIGHT: Page = { color: 'rgb(18, 18, 18)', scheme: 'dark' };
const GREY: Page = { color: 'rgb(128, 128, 128)', scheme: 'light' };

async function elementOn({ color, scheme }: Page): Promise<MillisVoiceAgent> {
  const { element } = await widget(html`
    <div style="--brand: rgb(250, 240, 10); padding: 20px; background: ${color}; color-scheme: ${scheme}">
      <millis-voice-agent agent-id="agent"></millis-voice-agent>
    </div>
  `);
  return element;
}

function colorOf(element: MillisVoiceAgent): string {
  return getComputedStyle(part(element, 'button')).color;
}

async function expectReadable(element: MillisVoiceAgent, { color }: Page): Promise<void> {
  await element.updateComplete;
  const { words, icon } = await readability(element, color);
  expect(words, 'the words').to.be.at.least(LEAST);
  expect(icon, 'the icon').to.be.at.least(LEAST);
}

const BACKGROUNDS = [
  'white',
  'black',
  'yellow',
  '#777',
  '#767676',
  '#ff5a00',
  'hsl(120 100% 50%)',
  'oklch(0.7 0.2 150)',
  'color(display-p3 0 1 0)',
  'color-mix(in oklab, red, white)',
  'rgb(none 255 255)',
  'transparent',
  'rgb(255 255 255 / 0.5)',
  'rgb(0 0 0 / 0.4)',
  'currentcolor',
  'color-mix(in srgb, currentcolor 90%, transparent)',
  'var(--brand)',
  'var(--unknown, #fafafa)',
  'light-dark(#fffbe6, #1b1b1b)',
  'light-dark(#123, #def)',
  'linear-gradient(white, black)',
  'linear-gradient(90deg, #f09, #ff0)',
  'linear-gradient(135deg, #667eea 0%, #764ba2 100%)',
  'linear-gradient(in oklab, blue, yellow)',
  'linear-gradient(in oklch longer hue, red, blue)',
  'linear-gradient(in hsl, #0a0, #00a)',
  'linear-gradient(rgb(255 255 255 / 0.9), transparent)',
  'linear-gradient(light-dark(white, black), light-dark(#eee, #222))',
  'linear-gradient(currentcolor, transparent)',
  'radial-gradient(circle at 30% 30%, #fff, #f60)',
  'conic-gradient(from 45deg, red, yellow, lime, aqua, blue, magenta, red)',
  'repeating-linear-gradient(45deg, #000 0 6px, #fff 6px 12px)',
  'linear-gradient(#000, #000) 60px 0 no-repeat, #fff',
  'linear-gradient(#fff, #fff) 0 0 / 50% 100% no-repeat, #000',
  'linear-gradient(rgb(0 0 0 / 0.5), rgb(0 0 0 / 0.1)), linear-gradient(#fff, #ff0)',
  'linear-gradient(#111, #222) content-box',
  'none',
] as const;

describe('text and icon on any background', () => {
  for (const page of [WHITE, NIGHT, GREY]) {
    for (const background of BACKGROUNDS) {
      it(`can be read on ${background} over ${page.color}`, async () => {
        const element = await elementOn(page);
        element.background = background;
        await expectReadable(element, page);
      });
    }
  }

  it('can be read on a background of buttonCss', async () => {
    const element = await elementOn(WHITE);
    element.buttonCss = 'background: #ffec99; border-radius: 4px';
    await expectReadable(element, WHITE);
    expect(colorOf(element)).to.equal('rgb(0, 0, 0)');
  });

  for (const css of [
    'background: #1a237e; transition: all 0.3s',
    'background: #1a237e; transition: color 0.3s, background-color 0.3s; &:hover { background: #0d1137 }',
  ]) {
    it(`can be read at once on a button that changes slowly: ${css}`, async () => {
      const element = await elementOn(WHITE);
      element.buttonCss = css;
      await element.updateComplete;
      const sheet = element.shadowRoot?.adoptedStyleSheets.at(-1);
      const rules = Array.from(sheet?.cssRules ?? []).filter((rule) => rule instanceof CSSStyleRule);
      const written = rules.filter(({ selectorText }) => selectorText === ':host');
      expect(written.at(-1)?.style.getPropertyValue('--_on')).to.equal('#fff');
    });
  }

  it('can be read where the pointer brings another background', async () => {
    const element = await elementOn(WHITE);
    element.iceServers = [{ urls: 'stun:192.0.2.1' }];
    element.buttonCss = 'background: #1a237e; &:hover { background: #fff9c4 }';
    await element.updateComplete;
    const { x, y } = part(element, 'button').getBoundingClientRect();
    afterTest(() => resetMouse());
    await sendMouse({ type: 'move', position: [Math.round(x) + 20, Math.round(y) + 20] });
    expect(getComputedStyle(part(element, 'button')).backgroundColor).to.equal('rgb(255, 249, 196)');
    await expectReadable(element, WHITE);
  });

  it('can be read while a call is being made, and in one', async () => {
    const element = await elementOn(WHITE);
    element.background = 'light-dark(#fff3bf, #222)';
    await element.start();
    await expectReadable(element, WHITE);
    await element.end();
    await expectReadable(element, WHITE);
  });

  it('follows a page that turns dark and light again', async () => {
    const element = await elementOn(WHITE);
    const page = element.parentElement;
    element.background = 'light-dark(#fffbe6, #101010)';
    await expectReadable(element, WHITE);
    expect(colorOf(element)).to.equal('rgb(0, 0, 0)');
    page?.setAttribute('style', 'color-scheme: dark');
    await until(() => colorOf(element) === 'rgb(255, 255, 255)');
    await expectReadable(element, WHITE);
    page?.setAttribute('style', 'color-scheme: light');
    await until(() => colorOf(element) === 'rgb(0, 0, 0)');
    await expectReadable(element, WHITE);
  });

  it('follows an accent colour that changes', async () => {
    const element = await elementOn(WHITE);
    element.style.setProperty('--millis-accent-color', '#fff3bf');
    await until(() => colorOf(element) === 'rgb(0, 0, 0)');
    await expectReadable(element, WHITE);
  });

  it('is drawn in the same colour in an SVG icon', async () => {
    const element = await elementOn(WHITE);
    element.background = '#fff3bf';
    element.iconIdle = '<svg viewBox="0 0 9 9"><path fill="currentColor" d="M0 0h9v9z"/></svg>';
    await element.updateComplete;
    await element.updateComplete;
    expect(part(element, 'icon').querySelector('img')?.src).to.include(
      encodeURIComponent('color="rgb(0, 0, 0)"'),
    );
  });
});

describe('the colour that a site sets itself', () => {
  it('is left alone as --millis-on-accent-color', async () => {
    const element = await elementOn(WHITE);
    element.style.setProperty('--millis-on-accent-color', 'rgb(200, 200, 0)');
    element.background = 'yellow';
    await element.updateComplete;
    expect(colorOf(element)).to.equal('rgb(200, 200, 0)');
  });

  it('is left alone in buttonCss', async () => {
    const element = await elementOn(WHITE);
    element.background = 'yellow';
    element.buttonCss = 'color: #c8c800';
    await element.updateComplete;
    expect(colorOf(element)).to.equal('rgb(200, 200, 0)');
  });
});
