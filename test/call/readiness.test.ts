import { expect, html } from '@open-wc/testing';
import { natives } from '../../src/call/natives.js';
import type { CallErrorCode } from '../../src/domain/call-error.js';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { afterTest } from '../support/browser/cleanup.js';
import { alive } from '../support/browser/ledger.js';
import { askForMicrophone, replace } from '../support/browser/microphone.js';
import { noteRequests } from '../support/browser/requests.js';
import { collectWarnings } from '../support/browser/warnings.js';
import { widget } from '../support/browser/widget.js';

/** Takes a member away from one of the browser's objects until the test is over. */
function remove(owner: object, name: string): void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  if (!own) throw new Error(`There is no ${name}.`);
  Reflect.deleteProperty(owner, name);
  afterTest(() => void Object.defineProperty(owner, name, own));
}

/** The browser gives one object, and keeps it up to date. */
const permission: { state: PermissionState } = { state: 'prompt' };

function permit(state: PermissionState): void {
  permission.state = state;
  replace(navigator.permissions, 'query', () => Promise.resolve(permission));
}

async function element(template?: Parameters<typeof widget>[0]): Promise<MillisVoiceAgent> {
  const { element } = await widget(template);
  element.negotiate = undefined;
  return element;
}

const ROWS: readonly (readonly [
  code: CallErrorCode,
  why: string,
  make: () => void,
  template?: Parameters<typeof widget>[0],
])[] = [
  [
    'agent-id-missing',
    'without an agent',
    () => undefined,
    html`<millis-voice-agent server="/server/answer"></millis-voice-agent>`,
  ],
  [
    'region-unknown',
    'for a region that is none',
    () => collectWarnings(),
    html`<millis-voice-agent agent-id="a" region="mars"></millis-voice-agent>`,
  ],
  [
    'config-invalid',
    'for a server that is no address',
    () => undefined,
    html`<millis-voice-agent agent-id="a" server="https://["></millis-voice-agent>`,
  ],
  ['insecure-context', 'in a page without https', () => replace(window, 'isSecureContext', false)],
  ['browser-unsupported', 'without mediaDevices', () => remove(Navigator.prototype, 'mediaDevices')],
  ['browser-unsupported', 'without WebRTC', () => replace(natives, 'RTCPeerConnection', undefined)],
  [
    'microphone-blocked',
    'where the page forbids the microphone',
    () => replace(document, 'featurePolicy', { allowsFeature: () => false }),
  ],
  ['microphone-denied', 'after a refusal', () => permit('denied')],
  [
    'microphone-missing',
    'without a microphone',
    () => replace(navigator.mediaDevices, 'enumerateDevices', () => Promise.resolve([])),
  ],
  ['offline', 'without a network', () => replace(navigator, 'onLine', false)],
];

describe('checkReadiness', () => {
  // The first one, because the browser is asked only until it has told.
  it('knows nothing of the microphone where the browser does not tell', async () => {
    replace(navigator.permissions, 'query', () => Promise.reject(new TypeError('no such name')));
    expect(await (await element()).checkReadiness()).to.include({ ready: true, microphone: undefined });
  });

  it('is ready where nothing is known that is against it, and says whether the visitor will be asked', async () => {
    permit('prompt');
    expect(await (await element()).checkReadiness()).to.deep.equal({
      ready: true,
      code: undefined,
      message: '',
      microphone: 'prompt',
    });
  });

  it('knows a microphone that is granted already', async () => {
    permit('granted');
    expect(await (await element()).checkReadiness()).to.include({ ready: true, microphone: 'granted' });
  });

  for (const [code, why, make, template] of ROWS) {
    it(`says ${code} ${why}`, async () => {
      permit('prompt');
      const agent = await element(template);
      make();
      const readiness = await agent.checkReadiness();
      expect(readiness).to.include({ ready: false, code });
      expect(readiness.message).to.match(/\w{3}/);
    });
  }

  it('says of several reasons the one that the page has to mend', async () => {
    const agent = await element(html`<millis-voice-agent></millis-voice-agent>`);
    permit('denied');
    replace(navigator, 'onLine', false);
    expect(await agent.checkReadiness()).to.include({ code: 'agent-id-missing', microphone: 'denied' });
  });

  it('asks nobody, sends nothing, and leaves nothing alive', async () => {
    const prompt = askForMicrophone('prompt');
    const agent = await element();
    const requests = noteRequests();
    const before = alive();
    await agent.checkReadiness();
    expect(prompt.count(), 'prompts').to.equal(0);
    expect(requests.all, 'requests').to.deep.equal([]);
    expect(alive()).to.deep.equal(before);
    expect(agent.phase).to.equal('idle');
  });
});
