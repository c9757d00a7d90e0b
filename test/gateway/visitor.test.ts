import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { visitorAddress, visitorKey } from '../../src/gateway/visitor.js';

const PEER = '192.0.2.200';

describe('the address of a visitor', () => {
  const cases: readonly (readonly [what: string, forwarded: string, hops: number, address: string])[] = [
    ['is the peer where no proxy is trusted', '198.51.100.1', 0, PEER],
    ['is what the one trusted proxy appended', '198.51.100.1', 1, '198.51.100.1'],
    ['is not what the visitor wrote before it', '10.0.0.1, 198.51.100.1', 1, '198.51.100.1'],
    [
      'is what the first of two trusted proxies appended',
      '10.0.0.1, 198.51.100.1, 203.0.113.9',
      2,
      '198.51.100.1',
    ],
    ['is the first that there is where the list is too short', '198.51.100.1', 5, '198.51.100.1'],
    ['is the peer where a trusted proxy wrote nothing', '', 1, PEER],
    ['passes over empty entries', ' , 198.51.100.1 ,', 1, '198.51.100.1'],
  ];
  for (const [what, forwarded, trustedHops, address] of cases) {
    it(what, () => {
      const headers = new Headers({ 'x-forwarded-for': forwarded });
      assert.equal(visitorAddress(headers, PEER, { trustedHops, addressHeader: undefined }), address);
    });
  }

  it('is in the header that the platform in front writes', () => {
    const headers = new Headers({ 'cf-connecting-ip': '198.51.100.1', 'x-forwarded-for': '10.0.0.1' });
    const source = { trustedHops: 0, addressHeader: 'cf-connecting-ip' };
    assert.equal(visitorAddress(headers, PEER, source), '198.51.100.1');
    assert.equal(visitorAddress(new Headers(), PEER, source), PEER);
  });

  it('is known without a peer where a proxy says it', () => {
    const headers = new Headers({ 'x-forwarded-for': '10.0.0.1, 198.51.100.1' });
    assert.equal(
      visitorAddress(headers, undefined, { trustedHops: 1, addressHeader: undefined }),
      '198.51.100.1',
    );
    assert.equal(visitorAddress(headers, undefined, { trustedHops: 0, addressHeader: undefined }), undefined);
  });
});

describe('what counts as one visitor', () => {
  const same: readonly (readonly [what: string, ...addresses: string[]])[] = [
    [
      'an IPv4 address, however it is written',
      '198.51.100.1',
      '198.51.100.1:4711',
      '::ffff:198.51.100.1',
      '::ffff:c633:6401',
    ],
    [
      'a /64 of IPv6',
      '2001:db8:1:2::1',
      '2001:DB8:1:2:ffff:ffff:ffff:ffff',
      '[2001:db8:1:2::1]:443',
      '2001:db8:1:2::5%eth0',
    ],
    [
      'whatever is no address',
      '',
      'localhost',
      '1',
      '0x7f000001',
      '198.51.100',
      '198.51.100.1.',
      '<script>',
      ':::',
    ],
  ];
  for (const [what, first = '', ...others] of same) {
    it(`is ${what}`, () => {
      for (const other of others) assert.equal(visitorKey(other), visitorKey(first), other);
    });
  }

  it('is not another address, another /64, or one that is not known', () => {
    const different = [
      '198.51.100.1',
      '198.51.100.2',
      '2001:db8:1:2::1',
      '2001:db8:1:3::1',
      'localhost',
      undefined,
    ];
    assert.equal(new Set(different.map(visitorKey)).size, different.length);
  });

  it('is a short word for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.ipV4Extended(), fc.ipV6()),
        (text) => visitorKey(text).length <= 24,
      ),
    );
  });
});
