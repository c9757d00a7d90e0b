import { expect } from '@open-wc/testing';
import { looksLikeKey } from '../../src/domain/looks-like-key.js';

/** As long as a key of the platform, and no key: nothing that looks like one is written down in a file. */
const KEY = 'aB3dE5gH'.repeat(4);
const UUID = '0b8f3d1e-7c2a-4f6b-9d3e-1a2b3c4d5e6f';

describe('looksLikeKey', () => {
  for (const name of [
    'private-key',
    'privatekey',
    'data-private-key',
    'millis-private-key',
    'api-key',
    'apikey',
    'API_KEY',
    'x-api-key',
    'secret',
    'client-secret',
    'secret-key',
    'authorization',
    'data-authorization',
  ]) {
    it(`is true of ${name} with a value, and of none that is empty`, () => {
      expect(looksLikeKey(name, 'x')).to.equal(true);
      expect(looksLikeKey(name, ' ')).to.equal(false);
    });
  }

  for (const value of [
    `Bearer ${KEY}`,
    `  bearer   ${KEY}`,
    `Bearer abc+/=_-.~0123456`,
    `sk-${KEY}`,
    `sk_${KEY}`,
    `sk_live_${KEY}`,
    `sk-proj-${KEY}`,
  ]) {
    it(`is true of any attribute that begins as "${value.slice(0, 16)}…"`, () => {
      for (const name of ['agent-id', 'id', 'data-x', 'title'])
        expect(looksLikeKey(name, value)).to.equal(true);
    });
  }

  for (const value of [KEY, ` ${KEY}\n`, KEY + KEY, 'A'.repeat(31) + '1', '0123456789abcdef'.repeat(2)]) {
    it(`is true of an own attribute that is ${JSON.stringify(value)}, and not of the page's`, () => {
      expect(looksLikeKey('agent-id', value, true)).to.equal(true);
      for (const name of ['id', 'class', 'data-v-app', 'nonce'])
        expect(looksLikeKey(name, value)).to.equal(false);
    });
  }

  for (const address of [
    'https://user:word@voice.example',
    'https://word@voice.example/path',
    '//user:word@voice.example',
    '/voice?key=x',
    'https://voice.example/?a=b&api_key=x',
    'https://voice.example/?apikey=x',
    'https://voice.example?api-key=x',
    'voice?TOKEN=x#y',
    '/voice?access_token=x',
    '/voice?client_secret=x',
  ]) {
    it(`is true of the server or config-src ${address}`, () => {
      expect(looksLikeKey('server', address, true)).to.equal(true);
      expect(looksLikeKey('config-src', address, true)).to.equal(true);
      // A picture may have its own way to be fetched.
      expect(looksLikeKey('icon-idle', address, true)).to.equal(false);
    });
  }

  for (const [name, value] of [
    ['agent-id', '-OKdqbqetEcM4ak369ym'],
    ['agent-id', UUID],
    ['agent-id', UUID.replaceAll('-', '')],
    ['agent-id', 'front-desk-of-the-hotel-in-zurich-2'],
    ['agent-id', 'x'.repeat(40)],
    ['agent-id', '1'.repeat(40)],
    ['agent-id', KEY.slice(1)],
    ['server', 'https://voice.example/api/v1'],
    ['server', '/api/voice'],
    ['server', 'https://voice.example/@site'],
    ['server', 'https://voice.example/?key='],
    ['server', 'https://voice.example/?monkey=x&turkey=y&tokens=3'],
    ['config-src', `/config.${KEY}.json`],
    ['config-src', `https://files.example/a.json?X-Amz-Signature=${KEY}&X-Amz-Security-Token=x`],
    ['icon-idle', `data:image/png;base64,${KEY}`],
    ['icon-idle', `https://cdn.example/${KEY}.png`],
    ['title-idle', 'Bearer of good news'],
    ['title-idle', 'Ask us anything about skiing'],
    ['class', 'sk-cube-grid sk-fading-circle'],
    ['accesskey', 'k'],
    ['trigger', '#talk'],
    ['region', 'eu-west'],
    ['size', '64'],
  ] as const) {
    it(`is false of ${name}="${value}"`, () => {
      expect(looksLikeKey(name, value, true)).to.equal(false);
    });
  }
});
