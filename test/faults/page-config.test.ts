import { expect, html } from '@open-wc/testing';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { DECLARATIONS } from '../support/browser/css-attacks.js';
import { faultsOf } from '../support/browser/intruders.js';
import { noteRequests } from '../support/browser/requests.js';
import { iconOn } from '../support/browser/shown.js';
import { collectWarnings } from '../support/browser/warnings.js';
import { part, phase, press, until, widget, words } from '../support/browser/widget.js';
import { row } from './table.js';

const TITLES = { idle: 'Ask', connecting: 'Wait', running: 'Bye' };

const HOSTILE = JSON.stringify({ titles: TITLES, size: 1e9, toString: 5, constructor: null }).replace(
  '{',
  '{"__proto__":{"size":400,"polluted":true,"icons":{"idle":"Hi"}},',
);

/** An element with a place of its own in the window, so that what leaves it is seen. */
async function placed(attributes: Readonly<Record<string, string>>, top = 80): Promise<MillisVoiceAgent> {
  const { element } = await widget(html`
    <div style="position: absolute; left: 80px; top: ${top}px; width: 640px">
      <millis-voice-agent agent-id="agent"></millis-voice-agent>
    </div>
  `);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  await element.updateComplete;
  await element.updateComplete;
  return element;
}

function loaded(): string[] {
  return performance.getEntriesByType('resource').map(({ name }) => name);
}

describe('a config', () => {
  it(row(56), async () => {
    const requests = noteRequests();
    const warnings = collectWarnings();
    const hostile = await placed({ 'config-src': `/odd-config/json-${encodeURIComponent(HOSTILE)}` });
    const huge = await placed({ 'config-src': '/odd-config/bytes-10000000' }, 240);
    const slow = await placed({ 'config-src': '/odd-config/hang' }, 400);
    const startedAt = performance.now();
    await until(() => warnings.length === 3);
    expect(performance.now() - startedAt).to.be.within(2000, 4000);
    await requests.settled(3);
    expect(
      warnings.map((warning) => warning.replace('<millis-voice-agent> fetched config: ', '')),
    ).to.have.members([
      'size: expected a whole number from 24 to 512, got 1000000000',
      'Error: longer than 65536 bytes',
      'Error: no response within 3000 ms',
    ]);
    expect([words(hostile), words(huge), words(slow)]).to.deep.equal(['Ask', 'Talk to us', 'Talk to us']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false);
    for (const element of [hostile, huge, slow]) {
      expect(part(element, 'button').offsetHeight).to.equal(64);
      expect(iconOn(element)).to.equal('own');
      expect(faultsOf(element)).to.deep.equal([]);
    }
    hostile.parentElement?.remove();
    huge.parentElement?.remove();
    await press(part(slow, 'button'));
    await phase(slow, 'live');
  });

  it(row(57), async function () {
    this.timeout(60_000);
    collectWarnings();
    for (const css of DECLARATIONS) {
      const element = await placed({ 'button-css': css });
      expect(faultsOf(element), css).to.deep.equal([]);
      element.parentElement?.remove();
    }
    const kept = await placed({
      'button-css': 'position: fixed; letter-spacing: 2px; background: url(/site/forbidden.svg)',
    });
    expect(getComputedStyle(part(kept, 'button')).letterSpacing, 'what is harmless').to.equal('2px');
    expect(loaded().filter((name) => name.includes('forbidden'))).to.deep.equal([]);
    await press(part(kept, 'button'));
    await phase(kept, 'live');
  });

  for (const [what, icon, shown] of [
    ['markup', '<img src="/site/forbidden.svg" onerror="top.attacked = 1">', 'own'],
    [
      'a script in a drawing',
      '<svg onload="top.attacked = 1"><script>top.attacked = 1</script></svg>',
      'data:',
    ],
    ['a script as an address', 'javascript:top.attacked=1', 'own'],
    ['a script in disguise', ' JaVa\nScRiPt:top.attacked=1', 'own'],
    ['a page as data', 'data:text/html,<script>top.attacked=1</script>', 'own'],
    ['what is huge', `<svg viewBox="0 0 9 9">${'<path d="M0 0"/>'.repeat(10_000)}</svg>`, 'own'],
    ['a long text', 'x'.repeat(70_000), 'own'],
    ['a breakout', '"><script>top.attacked = 1</script>', 'own'],
  ] as const) {
    it(`${row(58)} ${what}`, async () => {
      collectWarnings();
      const element = await placed({ 'icon-idle': icon });
      expect(iconOn(element).slice(0, shown.length)).to.equal(shown);
      expect(faultsOf(element)).to.deep.equal([]);
      expect(Object.hasOwn(window, 'attacked')).to.equal(false);
      expect(loaded().filter((name) => name.includes('forbidden'))).to.deep.equal([]);
    });
  }
});
