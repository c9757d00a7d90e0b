import { expect } from '@open-wc/testing';
import { CallError } from '../../src/domain/call-error.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { embedFromScriptTag } from '../../src/script-tag.js';
import { failure } from '../support/browser/calls.js';
import { afterTest } from '../support/browser/cleanup.js';
import { collectComplaints, type Complaints } from '../support/browser/complaints.js';
import { openPeers } from '../support/browser/ledger.js';
import { askForMicrophone } from '../support/browser/microphone.js';
import { noteRequests, type Requests } from '../support/browser/requests.js';
import { frame, part, phase, press, until, widget, words } from '../support/browser/widget.js';

/** As long as a key of the platform, and no key: nothing that looks like one is written down in a file. */
const KEY = 'aB3dE5gH'.repeat(4);
const CONFIG = encodeURIComponent('{"titles":{"idle":"Come","connecting":"","running":""}}');
const GATEWAY = `/site/gateway/${CONFIG}`;

interface Scene {
  readonly element: MillisVoiceAgent;
  readonly complaints: Complaints;
  readonly requests: Requests;
  readonly prompts: () => number;
}

/** An element with some attributes, in a page that notes what is sent, asked and said. Nothing is answered by the test. */
async function scene(attributes: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const complaints = collectComplaints();
  const requests = noteRequests();
  const prompt = askForMicrophone('granted');
  const { element } = await widget();
  element.negotiate = undefined;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  await element.updateComplete;
  return { element, complaints, requests, prompts: prompt.count };
}

/** Sees that a call fails before anything was opened or sent, and that the developer was told why, once, without the value. */
async function expectRefused({ element, complaints, requests, prompts }: Scene, name: string): Promise<void> {
  const told: unknown[] = [];
  element.addEventListener('millis-error', ({ error }) => told.push(error), { once: true });
  const error = await failure(element.start());
  expect(error).to.be.instanceOf(CallError).with.property('code', 'config-invalid');
  expect(told).to.deep.equal([error]);
  await failure(element.start());
  // Whatever is fetched when the element is seen would be by now.
  await frame();
  await frame();
  expect(requests.all.map(({ url }) => url)).to.deep.equal([]);
  expect(prompts(), 'prompts').to.equal(0);
  expect(openPeers()).to.equal(0);
  expect(complaints.errors).to.have.lengthOf(1);
  expect(complaints.errors[0]).to.match(RegExp(`^<millis-voice-agent> ${name} looks like a private key`));
  expect(complaints.errors[0]).to.match(/phone calls.*buy numbers.*Remove.*revoke.*docs\/gateway\.md/);
}

describe('<millis-voice-agent>: a private key in the page', () => {
  for (const [name, value] of [
    ['private-key', KEY],
    ['api-key', 'short'],
    ['authorization', KEY],
    ['data-api-key', KEY],
    ['secret', KEY],
    ['title', `Bearer ${KEY}`],
    ['data-anything', `sk-${KEY}`],
    ['agent-id', KEY],
    ['agent-id', `Bearer ${KEY}`],
    ['server', KEY],
    ['server', `https://user:${KEY}@voice.example`],
    ['server', `${GATEWAY}?api_key=${KEY}`],
    ['config-src', `/site/config/${CONFIG}?token=${KEY}`],
    ['region', KEY],
    ['placement', KEY],
    ['trigger', `1${KEY}`],
    ['size', KEY],
    ['background', `sk_${KEY}`],
    ['button-css', KEY],
    ['icon-idle', KEY],
    ['title-running', KEY],
  ] as const) {
    const shown = value.replace(KEY, '…');
    it(`is refused in ${name}="${shown}", before anything is sent or opened, and said nowhere`, async () => {
      const all = await scene({ server: GATEWAY, [name]: value });
      await expectRefused(all, name);
      expect(all.complaints.all.join('\n')).not.to.include(KEY.slice(0, 12));
      expect(all.element.shadowRoot?.textContent).not.to.include(KEY.slice(0, 12));
    });
  }

  for (const [property, name] of [
    ['agentId', 'agent-id'],
    ['server', 'server'],
    ['configSrc', 'config-src'],
  ] as const) {
    it(`is refused in the property ${property}`, async () => {
      const all = await scene();
      all.element[property] = KEY;
      await all.element.updateComplete;
      await expectRefused(all, name);
    });
  }

  it('is told of for each attribute', async () => {
    const { complaints, element } = await scene({ 'private-key': KEY, 'agent-id': KEY, server: GATEWAY });
    element.requestUpdate();
    await element.updateComplete;
    expect(complaints.errors.map((text) => text.split(' ')[1]).sort()).to.deep.equal([
      'agent-id',
      'private-key',
    ]);
  });

  it('says to the visitor that voice is not set up, without a second try', async () => {
    const { element } = await scene({ 'private-key': KEY });
    await press(part(element, 'button'));
    await phase(element, 'failed');
    const notice = part(element, 'notice');
    expect(notice.querySelector('p')?.textContent).to.equal('Voice is not set up correctly on this page.');
    expect(notice.querySelector('.action')).to.equal(null);
  });

  it('opens no connection ahead while the pointer is on the button', async () => {
    const { element } = await scene({ 'private-key': KEY, server: 'https://voice.example' });
    element.onIntent();
    expect(openPeers()).to.equal(0);
    expect(document.querySelector('link[rel=preconnect][href*="voice.example"]')).to.equal(null);
  });

  it('is refused as well when a page that negotiates by itself has one', async () => {
    const all = await scene({ 'private-key': KEY });
    let negotiated = 0;
    all.element.negotiate = () => {
      negotiated += 1;
      return Promise.reject(new Error('asked'));
    };
    await expectRefused(all, 'private-key');
    expect(negotiated).to.equal(0);
  });

  it('that comes later is refused at the next call, and none is once it is gone', async () => {
    const { element } = await widget();
    const complaints = collectComplaints();
    await element.start();
    await element.end();
    element.setAttribute('private-key', KEY);
    expect(await failure(element.start())).to.have.property('code', 'config-invalid');
    expect(complaints.errors).to.have.lengthOf(1);
    element.removeAttribute('private-key');
    await element.start();
    expect(element.phase).to.equal('live');
    await element.end();
    element.setAttribute('private-key', KEY);
    expect(await failure(element.start())).to.have.property('code', 'config-invalid');
    expect(complaints.errors).to.have.lengthOf(2);
  });

  it('keeps the look from being fetched and read, until it is gone', async () => {
    const { element, requests, complaints } = await scene({
      server: GATEWAY,
      'agent-id': KEY,
      'title-running': 'Stop',
    });
    await frame();
    await frame();
    expect(words(element)).to.equal('Talk to us');
    element.setAttribute('agent-id', 'reception');
    await until(() => words(element) === 'Come');
    expect(requests.all.map(({ url }) => new URL(url).pathname)).to.deep.equal([
      new URL(`${GATEWAY}/agents/reception/embed`, location.href).pathname,
    ]);
    expect(element.shadowRoot?.textContent).to.include('Stop');
    expect(complaints.all).to.have.lengthOf(1);
  });

  for (const attributes of [
    { 'agent-id': '-OKdqbqetEcM4ak369ym' },
    { 'agent-id': '0b8f3d1e-7c2a-4f6b-9d3e-1a2b3c4d5e6f' },
    { id: KEY, class: `sk-cube ${KEY}`, 'data-v-app': KEY, 'data-reactid': KEY, accesskey: 'k' },
    { 'private-key': '' },
  ]) {
    it(`is not what ${Object.keys(attributes).join(', ')} holds: ${Object.values(attributes)[0]?.slice(0, 20) ?? ''}`, async () => {
      const { element } = await widget();
      const complaints = collectComplaints();
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      await element.start();
      expect(element.phase).to.equal('live');
      expect(complaints.all).to.deep.equal([]);
    });
  }
});

describe('a private key in a script tag', () => {
  for (const [name, value, told] of [
    ['data-private-key', KEY, 'data-private-key'],
    ['data-authorization', KEY, 'data-authorization'],
    ['data-anything', `Bearer ${KEY}`, 'data-anything'],
    ['data-agent-id', KEY, 'agent-id'],
    ['data-server', `https://${KEY}@voice.example`, 'server'],
  ] as const) {
    it(`is refused in ${name}`, async () => {
      const complaints = collectComplaints();
      const requests = noteRequests();
      const prompt = askForMicrophone('granted');
      const script = document.createElement('script');
      script.dataset['agentId'] = 'reception';
      script.setAttribute(name, value);
      document.body.append(script);
      embedFromScriptTag(script);
      const element = document.querySelector('millis-voice-agent');
      if (!element) throw new Error('The script made no element.');
      afterTest(() => {
        element.remove();
        script.remove();
      });
      await element.updateComplete;
      await expectRefused({ element, complaints, requests, prompts: prompt.count }, told);
      expect(complaints.all.join('\n')).not.to.include(KEY.slice(0, 12));
    });
  }
});
