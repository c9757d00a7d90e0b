import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { focused } from '../support/browser/accessibility.js';
import { part, phase, until, widget } from '../support/browser/widget.js';

function inPage(placement = 'inline', transcript = false) {
  return widget(html`
    <main>
      <a id="before" href="#nowhere">Before</a>
      <millis-voice-agent
        agent-id="agent"
        placement=${placement}
        .transcript=${transcript}
      ></millis-voice-agent>
      <a id="after" href="#nowhere">After</a>
    </main>
  `);
}

async function walk(steps: number): Promise<string[]> {
  const places: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await sendKeys({ press: 'Tab' });
    places.push(focused());
  }
  return places;
}

/** The place before it, so that the next Tab comes to the element. */
function goBefore(): void {
  document.querySelector<HTMLElement>('#before')?.focus();
}

describe('the keyboard, in every engine', () => {
  it('goes everywhere in the order of reading, and comes back', async () => {
    await inPage();
    goBefore();
    // At the button the notice appears, with a button of its own.
    expect(await walk(3)).to.deep.equal(['button', 'Close', 'after']);
    await sendKeys({ down: 'Shift' });
    const back = await walk(3);
    await sendKeys({ up: 'Shift' });
    expect(back).to.deep.equal(['Close', 'button', 'before']);
  });

  it('closes the notice with its button, and the focus is not lost', async () => {
    const { element } = await inPage();
    goBefore();
    await walk(2);
    await sendKeys({ press: 'Enter' });
    await until(() => part(element, 'notice').matches('[hidden]'));
    await walk(1);
    expect(['after', 'button']).to.include(focused());
  });

  for (const [name, key] of [
    ['Enter', 'Enter'],
    ['the space bar', ' '],
  ] as const) {
    it(`presses the button with ${name}: one start`, async () => {
      const { element } = await inPage();
      let starts = 0;
      element.addEventListener('millis-before-start', () => (starts += 1));
      goBefore();
      await walk(1);
      await sendKeys({ press: key });
      await until(() => element.phase !== 'idle');
      expect(starts).to.equal(1);
      expect(focused()).to.equal('button');
    });
  }

  it('puts the words away with Escape, and keeps the focus', async () => {
    const { element } = await inPage('bottom-right', true);
    goBefore();
    await walk(1);
    await sendKeys({ press: 'Enter' });
    await phase(element, 'failed');
    expect(part(element, 'notice').hidden).to.equal(false);
    await sendKeys({ press: 'Escape' });
    await until(() => part(element, 'notice').hidden === true);
    expect(focused()).to.equal('button');
  });

  it('shows where it is', async () => {
    const { element } = await inPage();
    goBefore();
    await walk(1);
    const { outlineStyle, outlineWidth } = getComputedStyle(part(element, 'button'));
    expect(`${outlineStyle} ${outlineWidth}`).to.equal('solid 3px');
  });
});
