import { expect } from '@open-wc/testing';
import { natives } from '../../src/call/natives.js';
import { CallError } from '../../src/domain/call-error.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { failure } from '../support/browser/calls.js';
import { collectComplaints } from '../support/browser/complaints.js';
import { replace } from '../support/browser/microphone.js';
import { has, part, widget } from '../support/browser/widget.js';

/** An element that is answered by HTTP, with a status and a gateway's code. */
async function caller(status: number, code = 'none'): Promise<MillisVoiceAgent> {
  const { element } = await widget();
  element.negotiate = undefined;
  const body = JSON.stringify({ detail: 'You have won.', code });
  replace(natives, 'fetch', () => Promise.resolve(new Response(body, { status })));
  return element;
}

/** The code that a call of the element fails with. */
async function codeOfCall(element: MillisVoiceAgent): Promise<string> {
  const error = await failure(element.start());
  return error instanceof CallError ? error.code : String(error);
}

// In this order: a page says it once.
describe('<millis-voice-agent>: a platform that wants the key', () => {
  it('is nothing to tell the developer where there is a server', async () => {
    const { errors } = collectComplaints();
    const element = await caller(401);
    element.server = '/server/of-the-site';
    expect(await codeOfCall(element)).to.equal('unauthorized');
    expect(errors).to.deep.equal([]);
  });

  it('is nothing to tell where the page negotiates by itself', async () => {
    const { errors } = collectComplaints();
    const element = await caller(200);
    element.negotiate = () => Promise.reject(new CallError('unauthorized', 'mine'));
    expect(await codeOfCall(element)).to.equal('unauthorized');
    expect(errors).to.deep.equal([]);
  });

  it('is nothing to tell where it says anything else than 401', async () => {
    const { errors } = collectComplaints();
    expect(await codeOfCall(await caller(403))).to.equal('forbidden');
    expect(errors).to.deep.equal([]);
  });

  it('is told once in a page, with two calls and two elements, and how a gateway is put there', async () => {
    const { errors } = collectComplaints();
    const element = await caller(401);
    expect(await codeOfCall(element)).to.equal('unauthorized');
    expect(await codeOfCall(element)).to.equal('unauthorized');
    expect(await codeOfCall(await caller(401))).to.equal('unauthorized');
    expect(errors).to.have.lengthOf(1);
    expect(errors[0]).to.match(
      /^<millis-voice-agent> The platform answered 401: .*private key.* server="https:\/\/….* see docs\/gateway\.md of millis-voice-agent\.$/,
    );
  });
});

describe("<millis-voice-agent>: a gateway's refusal", () => {
  for (const [status, code, words, again] of [
    [500, 'misconfigured', 'Voice is not set up correctly on this page.', false],
    [503, 'quota', 'The agent is not available.', false],
    [429, 'daily-limit', 'The agent is not available.', false],
    [401, 'not-authorized', 'Please reload the page, then try again.', false],
    [504, 'upstream-timeout', "The agent isn't responding.", true],
    [503, 'busy', 'The agent is not available. Please try again in a moment.', true],
    [429, 'rate-limited', 'Many people are calling. Please try again in a moment.', true],
  ] as const) {
    it(`${code} is shown in our words, ${again ? 'with' : 'without'} a second try`, async () => {
      const element = await caller(status, code);
      element.server = '/server/of-the-site';
      await failure(element.start());
      await element.updateComplete;
      expect(element.error).to.have.property('serverCode', code);
      const notice = part(element, 'notice');
      expect(notice.querySelector('p')?.textContent).to.equal(words);
      expect(notice.querySelector('.action') !== null).to.equal(again);
    });
  }

  it("is shown in the site's own words, where it has some", async () => {
    const element = await caller(503, 'quota');
    element.server = '/server/of-the-site';
    element.labels = { 'gateway-quota': 'Bitte rufen Sie uns an.' };
    await failure(element.start());
    await element.updateComplete;
    expect(has(element, 'notice')).to.equal(true);
    expect(part(element, 'notice').querySelector('p')?.textContent).to.equal('Bitte rufen Sie uns an.');
  });
});
