import { expect } from '@open-wc/testing';
import { natives } from '../../src/call/natives.js';
import { CallError } from '../../src/domain/call-error.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { failure } from '../support/browser/calls.js';
import { replace } from '../support/browser/microphone.js';
import { SOURCES, write, type FieldNames } from '../support/browser/sources.js';
import { until, widget, words } from '../support/browser/widget.js';
import { collectWarnings } from '../support/browser/warnings.js';

const REGION: FieldNames = {
  attribute: 'region',
  property: 'region',
  // The title shows when a fetched config has come.
  inConfig: (region) => ({ region, titles: { idle: 'Come', connecting: '', running: '' } }),
};
const US_WEST = 'https://api-west.millis.ai/webrtc/offer';
const EU_WEST = 'https://api-eu-west.millis.ai/webrtc/offer';

/** An element that is not answered by any agent, and the addresses that its calls went to. */
async function caller(): Promise<{ element: MillisVoiceAgent; calls: string[] }> {
  const { element } = await widget();
  element.negotiate = undefined;
  const calls: string[] = [];
  const native = window.fetch.bind(window);
  replace(natives, 'fetch', (url: string, init: RequestInit) => {
    if (init.method !== 'POST') return native(url, init);
    calls.push(url);
    return Promise.reject(new TypeError('not in a test'));
  });
  return { element, calls };
}

/** Where a call goes, or the code of its failure when it goes nowhere. */
async function destination({
  element,
  calls,
}: Awaited<ReturnType<typeof caller>>): Promise<string | undefined> {
  if (element.configSrc || element.server) await until(() => words(element) === 'Come');
  const error = await failure(element.start());
  const [url] = calls.splice(0);
  return url ?? (error instanceof CallError ? error.code : String(error));
}

describe('region of a config', () => {
  it('is US West by default', async () => {
    expect(await destination(await caller())).to.equal(US_WEST);
  });

  for (const source of SOURCES) {
    const isServer = source === 'server';
    it(`is taken from the ${source}${isServer ? ', but the server is called' : ''}`, async () => {
      const warnings = collectWarnings();
      const call = await caller();
      write(call.element, source, REGION, 'eu-west');
      const expected = isServer
        ? new URL(`${call.element.server}/webrtc/offer`, location.href).href
        : EU_WEST;
      expect(await destination(call)).to.equal(expected);
      expect(warnings.filter((text) => text.includes('region'))).to.deep.equal([]);
    });

    for (const [unknown, told] of [
      ['mars', '"us-west" or "eu-west"; nothing is called without a server, got "mars"'],
      ...(source === 'attribute' ? [] : [[5, 'a string, got 5'] as const]),
    ] as const) {
      if (isServer) continue;
      it(`is nowhere where the ${source} says ${unknown}, whatever is below, with one warning`, async () => {
        const warnings = collectWarnings();
        const call = await caller();
        write(call.element, source, REGION, unknown);
        expect(await destination(call)).to.equal('region-unknown');
        expect(warnings).to.have.lengthOf(1);
        expect(warnings[0]).to.include(`region: expected ${told}`);
      });
    }
  }

  it('is that of the strongest source', async () => {
    const call = await caller();
    const sources = ['attribute', 'config', 'child script', 'config-src'] as const;
    const regions = ['eu-west', 'us-west', 'eu', 'us'];
    for (const [index, source] of sources.entries()) write(call.element, source, REGION, regions[index]);
    await until(() => words(call.element) === 'Come');
    for (const source of sources) {
      expect(await destination(call)).to.equal(
        source === 'attribute' || source === 'child script' ? EU_WEST : US_WEST,
      );
      write(call.element, source, REGION, undefined);
      if (source === 'config') await call.element.updateComplete;
    }
    expect(await destination(call)).to.equal(US_WEST);
  });

  it('is passed over where it is null', async () => {
    const call = await caller();
    Object.assign(call.element, { config: { region: null } });
    write(call.element, 'child script', REGION, 'eu-west');
    expect(await destination(call)).to.equal(EU_WEST);
  });
});
