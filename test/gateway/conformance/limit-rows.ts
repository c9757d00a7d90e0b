import assert from 'node:assert/strict';
import { expectAnswer, type Answer, type Expected, type Offer, type Talk } from './talk.js';

const GOOD: Expected = { status: 200 };
const LIMITED: Expected = { status: 429, code: 'rate-limited' };

/** The settings allow 3 a visitor, 5 an origin and 4 an agent in a minute. Each test has its own of what it does not count. */
export function limitRows(talk: Talk): void {
  visitorRows(talk);
  addressRows(talk);
  agentRows(talk);
  dayRows(talk);
}

function visitorRows(talk: Talk): void {
  const from = (origin: string, agent: string) =>
    limited(talk, { origin: `https://${origin}.example`, agent });

  talk.it('a visitor, then an origin, is told to wait', async () => {
    const one = from('one', 'first');
    await all(one({ address: '192.0.2.1' }), 3, GOOD);
    for (const answer of await all(one({ address: '192.0.2.1' }), 4, LIMITED)) expectWait(answer, 1, 60);
    // Those were not counted on the origin: two are left.
    const other = from('one', 'second');
    await all(other({ address: '192.0.2.2' }), 2, GOOD);
    for (const answer of await all(other({ address: '192.0.2.3' }), 2, LIMITED)) expectWait(answer, 1, 60);
    expectAnswer(await from('two', 'second')({ address: '192.0.2.3' })(), GOOD);
  });

  talk.it('a request that is no offer is counted on its visitor, one of a foreign page is not', async () => {
    const three = from('three', 'third');
    const address = '192.0.2.4';
    const foreign = three({ address, origin: 'https://evil.example' });
    await all(foreign, 4, { status: 403, code: 'origin-forbidden' });
    await all(three({ address, headers: { 'content-type': 'text/plain' } }), 4, {
      status: 415,
      code: 'content-type',
    });
    await all(three({ address, body: '{}' }), 3, { status: 400, code: 'offer-invalid' });
    await all(three({ address }), 1, LIMITED);
  });
}

function addressRows(talk: Talk): void {
  const from = (origin: string, agent: string) =>
    limited(talk, { origin: `https://${origin}.example`, agent });

  talk.it('a visitor cannot write another address into X-Forwarded-For', async () => {
    const four = from('four', 'fourth');
    const spoofing = (spoofed: string) =>
      four({ address: '192.0.2.5', headers: { 'x-forwarded-for': spoofed } })();
    for (const spoofed of ['198.51.100.1', '198.51.100.2, 198.51.100.3', 'unknown, ,']) {
      expectAnswer(await spoofing(spoofed), GOOD);
    }
    expectAnswer(await spoofing('198.51.100.4'), LIMITED);
    expectAnswer(await four({ address: '198.51.100.4' })(), GOOD);
  });

  talk.it('a visitor has the whole /64 of an IPv6 address', async () => {
    const five = from('five', 'fifth');
    for (const address of ['2001:db8:1:1::1', '2001:DB8:1:1:ffff::2', '2001:db8:1:1:0:0:0:3']) {
      expectAnswer(await five({ address })(), GOOD);
    }
    expectAnswer(await five({ address: '2001:db8:1:1:a:b:c:d' })(), LIMITED);
    expectAnswer(await five({ address: '2001:db8:1:2::1' })(), GOOD);
  });

  talk.it('an IPv4 address is the same one when it is written as IPv6, or with a port', async () => {
    const six = from('six', 'sixth');
    for (const address of ['192.0.2.6', '::ffff:192.0.2.6', '192.0.2.6:4711']) {
      expectAnswer(await six({ address })(), GOOD);
    }
    expectAnswer(await six({ address: '::ffff:c000:206' })(), LIMITED);
    expectAnswer(await six({ address: '::ffff:192.0.2.7' })(), GOOD);
  });

  talk.it('without trusted hops X-Forwarded-For is not believed', async () => {
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      expectAnswer(await talk.offer({ gateway: 'peer', agent: 'good', address }), GOOD);
    }
    expectAnswer(await talk.offer({ gateway: 'peer', agent: 'good', address: '192.0.2.3' }), LIMITED);
  });

  talk.it('the header of a platform tells the address in place of X-Forwarded-For', async () => {
    const ask = (address: string, forwarded: string) =>
      talk.offer({
        gateway: 'header',
        agent: 'good',
        address: forwarded,
        headers: { 'x-visitor-address': address },
      });
    for (const forwarded of ['198.51.100.1', '198.51.100.2'])
      expectAnswer(await ask('192.0.2.1', forwarded), GOOD);
    expectAnswer(await ask('192.0.2.1', '198.51.100.3'), LIMITED);
    expectAnswer(await ask('192.0.2.2', '198.51.100.3'), GOOD);
  });
}

function agentRows(talk: Talk): void {
  talk.it('an agent is called so often at most, and one that does not exist is not counted', async () => {
    const call = (agent: string, origin: string, last: number) =>
      talk.offer({
        gateway: 'limits',
        agent,
        origin: `https://${origin}.example`,
        address: `203.0.113.${last}`,
      });
    for (const last of [1, 2, 3, 4]) expectAnswer(await call('seventh', 'seven', last), GOOD);
    expectWait(await call('seventh', 'eight', 5), 1, 60);
    for (const last of [6, 7, 8]) {
      expectAnswer(await call('eighth!', 'eight', last), { status: 404, code: 'agent-not-found' });
    }
    expectAnswer(await call('eighth', 'eight', 9), GOOD);
  });
}

function dayRows(talk: Talk): void {
  const call = (agent: string) => talk.offer({ gateway: 'day', agent });
  const DAILY: Expected = { status: 429, code: 'daily-limit' };

  talk.it('an agent has so many sessions a day', async () => {
    await all(() => call('daily'), 2, GOOD);
    const answer = await call('daily');
    expectAnswer(answer, DAILY);
    expectWait(answer, 86_000, 86_400);
  });

  talk.it('a call that the platform refused is no session', async () => {
    for (const again of [1, 2, 3]) {
      assert.equal((await call('status-400')).code, 'offer-refused', `call ${again}`);
    }
  });

  talk.it('a call of which nobody knows what became of it is a session', async () => {
    await all(() => call('status-500'), 2, { status: 502, code: 'upstream-failed' });
    expectAnswer(await call('status-500'), DAILY);
  });
}

function limited(talk: Talk, common: Offer): (offer: Offer) => () => Promise<Answer> {
  return (offer) => () => talk.offer({ gateway: 'limits', ...common, ...offer });
}

async function all(ask: () => Promise<Answer>, times: number, wanted: Expected): Promise<readonly Answer[]> {
  const answers = await Promise.all(Array.from({ length: times }, ask));
  for (const answer of answers) expectAnswer(answer, wanted);
  return answers;
}

function expectWait({ status, headers }: Answer, leastSeconds: number, mostSeconds: number): void {
  assert.equal(status, 429);
  const wait = headers.get('retry-after') ?? '';
  assert.match(wait, /^\d+$/);
  assert.ok(Number(wait) >= leastSeconds && Number(wait) <= mostSeconds, wait);
}
