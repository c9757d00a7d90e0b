import { expect, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { failure } from '../support/browser/calls.js';
import { afterTest } from '../support/browser/cleanup.js';
import {
  debugBox,
  debugButton,
  debugStatus,
  fact,
  lines,
  openDebug,
  shownDebug,
} from '../support/browser/debug.js';
import { alive } from '../support/browser/ledger.js';
import { replace } from '../support/browser/microphone.js';
import { collectWarnings } from '../support/browser/warnings.js';
import { frame, has, part, phase, press, until, widget } from '../support/browser/widget.js';

function loadedParts(): string[] {
  const entries = performance.getEntriesByType('resource').map(({ name }) => name);
  return entries.filter((name) => name.includes('/src/debug/'));
}

/** Asserted instead of the elements, whose difference a failing test would write out for minutes. */
function isThere(element: MillisVoiceAgent): boolean {
  return debugBox(element) !== null;
}

/** Counts how often the whole peer is asked for its statistics, which only the panel does. */
function countStats(): () => number {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
  const { getStats } = RTCPeerConnection.prototype;
  let count = 0;
  replace(RTCPeerConnection.prototype, 'getStats', function (this: RTCPeerConnection) {
    count += 1;
    return getStats.call(this);
  });
  return () => count;
}

/** Resolves when packets of another second and a half have come: two updates would have been due. */
async function threeUpdates(heard: () => Promise<number>): Promise<void> {
  const before = await heard();
  while ((await heard()) < before + 75) await frame();
}

describe('the debug panel', () => {
  it('is not there, and nothing of it is loaded, for a visitor', async () => {
    const { element } = await widget();
    await element.start();
    await element.end();
    expect(isThere(element)).to.equal(false);
    expect(loadedParts()).to.deep.equal([]);
  });

  it('comes with the attribute, and goes with it', async () => {
    const { element } = await widget(html`<millis-voice-agent agent-id="agent" debug></millis-voice-agent>`);
    const box = await shownDebug(element);
    expect(box.matches(':popover-open')).to.equal(true);
    expect(fact(element, 'Call', 'phase')).to.equal('idle');
    expect(fact(element, 'Page', 'agent')).to.equal('agent');
    element.removeAttribute('debug');
    await until(() => debugBox(element) === null);
    await openDebug(element);
  });

  it('comes with ?millis-debug in the address of the page', async () => {
    const { href } = location;
    history.replaceState(null, '', `${href}${location.search ? '&' : '?'}millis-debug`);
    afterTest(() => history.replaceState(null, '', href));
    const { element } = await widget();
    expect((await shownDebug(element)).matches(':popover-open')).to.equal(true);
  });

  it('shows a call as it goes', async () => {
    const { element } = await widget();
    await openDebug(element);
    await element.start();
    await until(() => fact(element, 'Connection', 'pair').includes(', udp'));
    expect(fact(element, 'Call', 'phase')).to.equal('live');
    expect(fact(element, 'Steps', 'connected')).to.match(/^\d+ ms$/);
    expect(fact(element, 'Connection', 'ICE, DTLS')).to.equal('connected, connected');
    expect(fact(element, 'Sound', 'codec')).to.equal('audio/opus, 48000 Hz');
    await until(() => /^-\d+ dB, loudest -\d+ dB$/.test(fact(element, 'Sound', 'agent')));
    await until(() => /^\d+ packets, \d\.\d % lost$/.test(fact(element, 'Connection', 'received')));
    await element.end();
    expect(fact(element, 'Call', 'phase')).to.equal('ended');
    // A browser in which nobody has pressed anything may hold the sound back, and says so.
    const happened = lines(element, 'So far').filter((line) => !line.includes('warning'));
    expect(happened.map((line) => line.slice('00:00:00 UTC '.length))).to.deep.equal([
      'a call started',
      'live',
      'ended: user',
    ]);
    expect(fact(element, 'Connection', 'pair'), 'what was last known stays').to.include(', udp');
  });

  it('leaves no timer and no listener while nothing is called', async () => {
    const { element, far } = await widget();
    await openDebug(element);
    expect(alive()).to.deep.equal([]);
    await element.start();
    await until(() => fact(element, 'Connection', 'pair').includes(', udp'));
    await element.end();
    far().hangUp();
    expect(alive()).to.deep.equal([]);
  });

  it('reads nothing while the page is hidden, or after it was closed', async () => {
    const { element, far } = await widget();
    await openDebug(element);
    await element.start();
    const asked = countStats();
    const heard = () => far().packetsHeard();
    await until(() => asked() > 1);
    replace(document, 'hidden', true);
    const whenHidden = asked();
    await threeUpdates(heard);
    expect(asked()).to.equal(whenHidden);
    Reflect.deleteProperty(document, 'hidden');
    await until(() => asked() > whenHidden);
    debugButton(element, 'Close the debug panel').click();
    const whenClosed = asked();
    await threeUpdates(heard);
    expect(asked()).to.equal(whenClosed);
  });

  it('says what went wrong in codes, not in words', async () => {
    const { element } = await widget();
    await openDebug(element);
    const cause = new TypeError('https://secret.example/?token=7');
    element.negotiate = () => Promise.reject(cause);
    await failure(element.start());
    const said = lines(element, 'So far').at(-1);
    expect(said).to.match(
      /UTC error: server-unreachable \(in [a-z-]+, because of TypeError, another try can help\)$/,
    );
  });

  it('says what was warned of, also when that is over', async () => {
    const { element, far } = await widget();
    await openDebug(element);
    await element.start();
    await far().say({ method: 'onready' });
    far().closeChannel();
    await until(() => lines(element, 'So far').some((line) => line.endsWith('warning: transcript-lost')));
    await element.end();
    expect(lines(element, 'So far').some((line) => line.endsWith('warning: transcript-lost'))).to.equal(true);
  });

  it('says whether a call could start, and why not', async () => {
    const { element } = await widget();
    await openDebug(element);
    expect(fact(element, 'Readiness', 'a call could start')).to.equal('yes');
    element.agentId = '';
    await until(() => fact(element, 'Readiness', 'a call could start') === 'no: agent-id-missing');
  });

  it('says what failed before anybody looked', async () => {
    const { element } = await widget();
    element.negotiate = () => Promise.reject(new Error('down'));
    await failure(element.start());
    await openDebug(element);
    expect(lines(element, 'So far')[0]).to.include('error: server-unreachable');
  });

  it('says what was left out of the config and why, and never the value', async () => {
    collectWarnings();
    const config = { background: 'url(https://secret.example/7)', buttonCss: 'position: fixed; top: 7777px' };
    const { element } = await widget(html`
      <millis-voice-agent
        agent-id="agent"
        size="7777"
        config-src="/odd-config/status-500"
        .config=${config}
      ></millis-voice-agent>
    `);
    await openDebug(element);
    await until(() => lines(element, 'Config problems').some((line) => line.includes('500')));
    const told = lines(element, 'Config problems');
    expect(told).to.include('attribute: size: expected a whole number from 24 to 512');
    expect(told).to.include('config: buttonCss: expected a property that styles only the button');
    expect(told).to.include('config: background: expected no url()');
    expect(told).to.include('fetched config: the server said 500');
    expect(told.join()).not.to.match(/7777|secret/);
  });

  it('is closed by its button, and by Escape, which the conversation does not hear', async () => {
    const { element } = await widget(html`
      <millis-voice-agent agent-id="agent" placement="bottom-right" transcript></millis-voice-agent>
    `);
    await openDebug(element);
    await element.start();
    await element.updateComplete;
    debugButton(element, 'Copy report').focus();
    await sendKeys({ press: 'Escape' });
    expect(isThere(element)).to.equal(false);
    expect(has(element, 'transcript'), 'the conversation').to.equal(true);
    expect(element.shadowRoot?.activeElement === part(element, 'button'), 'has the focus').to.equal(true);
    expect(element.phase).to.equal('live');
    element.requestUpdate();
    await element.updateComplete;
    expect(isThere(element), 'it stays closed').to.equal(false);
  });

  it('keeps its presses and keys from the element and the page', async () => {
    const { element } = await widget();
    await openDebug(element);
    const heard: string[] = [];
    const hear = ({ type }: Event) => heard.push(type);
    for (const type of ['click', 'keydown']) {
      document.addEventListener(type, hear);
      afterTest(() => document.removeEventListener(type, hear));
    }
    await press(debugButton(element, 'Copy report'));
    await until(() => debugStatus(element) !== '');
    await sendKeys({ press: 'a' });
    expect(heard).to.deep.equal([]);
  });

  it('comes back after the element was drawn anew, or moved', async () => {
    const { element } = await widget();
    await openDebug(element);
    element.placement = 'none';
    await element.updateComplete;
    expect(debugBox(element)?.matches(':popover-open')).to.equal(true);
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    afterTest(() => elsewhere.remove());
    elsewhere.append(element);
    await element.updateComplete;
    expect(debugBox(element)?.matches(':popover-open')).to.equal(true);
  });

  for (const placement of ['inline', 'bottom-left', 'bottom-right', 'top-left', 'top-right']) {
    it(`covers nothing of a widget that is ${placement}`, async () => {
      const { element } = await widget(html`
        <millis-voice-agent agent-id="agent" placement=${placement} transcript></millis-voice-agent>
      `);
      const box = await openDebug(element);
      await element.start();
      await phase(element, 'live');
      await until(() => fact(element, 'Connection', 'pair').includes(', udp'));
      const own = box.getBoundingClientRect();
      expect(own.height).to.be.greaterThan(200);
      expect([
        own.left >= 0,
        own.top >= 0,
        own.right <= innerWidth,
        own.bottom <= innerHeight,
      ]).to.not.include(false);
      for (const name of ['button', 'transcript', 'mute-button']) {
        const rect = part(element, name).getBoundingClientRect();
        const apart =
          rect.right <= own.left ||
          own.right <= rect.left ||
          rect.bottom <= own.top ||
          own.bottom <= rect.top;
        expect(apart, name).to.equal(true);
      }
    });
  }

  it('can be used without seeing it', async () => {
    const { element } = await widget();
    const box = await openDebug(element);
    await expect(box).to.be.accessible();
    expect(element.shadowRoot?.activeElement === null, 'it takes no focus').to.equal(true);
  });
});

describe('the report of the debug panel', () => {
  it('is what the panel shows, as text', async () => {
    const { element } = await widget();
    await openDebug(element);
    const report = await copied(element);
    expect(debugStatus(element)).to.equal('Copied.');
    expect(report).to.match(/^millis-voice-agent, debug report\n```text\nCall\n {2}phase +idle\n/);
    expect(report).to.match(/```\n$/);
    for (const title of ['Call', 'Connection', 'Readiness', 'Page']) {
      for (const line of lines(element, title)) expect(report).to.include(line);
    }
  });

  it('has of an address only the origin, and of no server its IP address', async () => {
    const { element } = await widget();
    await openDebug(element);
    const cases = [
      ['https://user:pw7@voice.example:8443/path7/?visit=7', 'https://voice.example:8443'],
      ['http://192.0.2.7:8787/path7', 'http://(IP address):8787'],
      ['http://[2001:db8::7]/', 'http://(IP address)'],
      ['/gateway7', location.origin.replace('127.0.0.1', '(IP address)')],
      ['http://%', 'not an address'],
      ['', 'https://api-west.millis.ai'],
    ] as const;
    element.negotiate = undefined;
    for (const [server, origin] of cases) {
      element.server = server;
      await element.updateComplete;
      expect(fact(element, 'Page', 'server')).to.equal(origin);
      expect(await copied(element)).not.to.match(/path7|pw7|visit|gateway7|2\.7|db8/);
    }
  });

  it('has no key, where one was put into the tag', async () => {
    const key = '0123456789abcdef'.repeat(2);
    replace(console, 'error', () => undefined);
    const { element } = await widget();
    await openDebug(element);
    element.agentId = key;
    await element.updateComplete;
    const report = await copied(element);
    expect(report).to.match(/agent-id looks like a private key/);
    expect(report).not.to.include(key);
  });

  it('has nothing of what was said, and nothing of the microphone or the peers', async () => {
    const { element, far } = await widget();
    await openDebug(element);
    const peers = notePeers();
    await element.start();
    await far().say({ method: 'onresponsetext', data: 'Marmalade', payload: { is_final: true } });
    await until(() => element.turns.length > 0 && fact(element, 'Connection', 'pair').includes(', udp'));
    const secrets = ['Marmalade', ...(await deviceNames()), ...peers.flatMap(sessionWords)];
    expect(secrets.length, 'there is nothing to hide').to.be.greaterThan(6);
    const report = await copied(element);
    expect(fact(element, 'Call', 'turns')).to.equal('1');
    expect(secrets.filter((secret) => report.includes(secret))).to.deep.equal([]);
  });

  it('is copied without the permission, too', async () => {
    const { element } = await widget();
    await openDebug(element);
    replace(navigator.clipboard, 'writeText', () => Promise.reject(new DOMException('', 'NotAllowedError')));
    let report = '';
    const take = (event: ClipboardEvent) => {
      const area = event.composedPath()[0];
      report = area instanceof HTMLTextAreaElement ? area.value : '';
    };
    document.addEventListener('copy', take);
    afterTest(() => document.removeEventListener('copy', take));
    await press(debugButton(element, 'Copy report'));
    await until(() => debugStatus(element) === 'Copied.');
    expect(report).to.include('debug report');
    expect(area(element)?.hidden).to.equal(true);
  });

  it('stands selected where the browser copies nothing', async () => {
    const { element } = await widget();
    await openDebug(element);
    replace(navigator.clipboard, 'writeText', () => Promise.reject(new DOMException('', 'NotAllowedError')));
    replace(document, 'execCommand', () => false);
    await press(debugButton(element, 'Copy report'));
    await until(() => debugStatus(element) === 'It is selected: copy it with your keyboard.');
    const text = area(element);
    expect(text?.hidden).to.equal(false);
    expect(text?.value.slice(text.selectionStart, text.selectionEnd)).to.include('debug report');
    expect(debugBox(element)?.shadowRoot?.activeElement === text, 'has the focus').to.equal(true);
  });
});

function area(element: MillisVoiceAgent): HTMLTextAreaElement | null | undefined {
  return debugBox(element)?.shadowRoot?.querySelector('textarea');
}

/** Presses the button, and resolves with what came to the clipboard. */
async function copied(element: MillisVoiceAgent): Promise<string> {
  return new Promise((resolve) => {
    replace(navigator.clipboard, 'writeText', (text: string) => {
      resolve(text);
      return Promise.resolve();
    });
    debugButton(element, 'Copy report').click();
  });
}

/** The peers that are made from now on. */
function notePeers(): readonly RTCPeerConnection[] {
  const peers: RTCPeerConnection[] = [];
  const Native = RTCPeerConnection;
  replace(
    window,
    'RTCPeerConnection',
    class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    },
  );
  return peers;
}

/** User fragments, passwords, fingerprints and addresses in both descriptions of a peer. */
function sessionWords({ localDescription, remoteDescription }: RTCPeerConnection): readonly string[] {
  const sdp = `${localDescription?.sdp ?? ''}${remoteDescription?.sdp ?? ''}`;
  const values = [...sdp.matchAll(/^a=(?:ice-ufrag:|ice-pwd:|fingerprint:\S+ )(.+)$/gm)].map(
    ([, value = '']) => value.trim(),
  );
  const addresses = [...sdp.matchAll(/^a=candidate:(?:\S+ ){4}(\S+)/gm)].map(([, address = '']) => address);
  return [...values, ...addresses].filter((value) => value.length > 3);
}

async function deviceNames(): Promise<readonly string[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.flatMap(({ label, deviceId }) => [label, deviceId]).filter((name) => name.length > 3);
}
