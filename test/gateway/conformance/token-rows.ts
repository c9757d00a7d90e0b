import { createHmac } from 'node:crypto';
import { mintPageToken } from '../../../src/gateway/page-token.js';
import { CANARY_SECRET } from '../../support/node/canary.js';
import { expectAnswer, type Answer, type Expected, type Talk } from './talk.js';

const GOOD: Expected = { status: 200 };
const REFUSED: Expected = { status: 401, code: 'not-authorized' };
const OTHER_SECRET = 'another secret that is long enough to be one';

/** Page tokens, and what somebody would try with them. */
export function tokenRows(talk: Talk): void {
  const call = (authorization?: string): Promise<Answer> =>
    talk.offer({
      gateway: 'tokens',
      agent: 'good',
      ...(authorization !== undefined && { headers: { authorization } }),
    });
  const refused = (title: string, make: () => string | undefined | Promise<string | undefined>): void =>
    talk.it(`refuses ${title}`, async () => expectAnswer(await call(await make()), REFUSED));

  talk.it('a page token opens one call, and no second one', async () => {
    const token = `Bearer ${await mint()}`;
    expectAnswer(await call(token), GOOD);
    expectAnswer(await call(token), REFUSED);
  });

  talk.it('a page token opens one call when it is used twenty times at once', async () => {
    const token = `Bearer ${await mint()}`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(token)));
    const opened = answers.filter(({ status }) => status === 200);
    if (opened.length !== 1) throw new Error(`${opened.length} calls were opened.`);
  });

  talk.it('a page token is still good after it was shown for another agent', async () => {
    const authorization = `Bearer ${await mint()}`;
    const other = await talk.offer({ gateway: 'tokens', agent: 'other', headers: { authorization } });
    expectAnswer(other, REFUSED);
    expectAnswer(await call(authorization), GOOD);
  });

  refused('a call without a token', () => undefined);
  refused('an empty token', () => 'Bearer ');
  refused('a token without its scheme', () => mint());
  refused('a token in another scheme', async () => `Basic ${await mint()}`);
  refused('two tokens', async () => `Bearer ${await mint()} ${await mint()}`);
  refused('a token for another agent', async () => `Bearer ${await mint({ agentId: 'other' })}`);
  refused('a token of another secret', async () => `Bearer ${await mint({ secret: OTHER_SECRET })}`);
  refused('a token that is over', () => `Bearer ${signed({ expires: seconds(-1) })}`);
  refused('a token that ends in a hundred years', () => `Bearer ${signed({ expires: seconds(3e9) })}`);
  refused('a token without an end', () => `Bearer ${signed({ expires: undefined })}`);
  refused('a token whose end is a text', () => `Bearer ${signed({ expires: String(seconds(60)) })}`);
  refused('a token without a nonce', () => `Bearer ${signed({ nonce: undefined })}`);
  refused('a token of a list of agents', () => `Bearer ${signed({ agent: ['good'] })}`);
  refused('a token of 20,000 characters', () => `Bearer ${signed({ more: 'x'.repeat(10_000) })}`);
  alterations(refused);
}

function alterations(refused: (title: string, make: () => string | Promise<string>) => void): void {
  const altered = (title: string, alter: (parts: readonly [string, string, string]) => string): void =>
    refused(`a token ${title}`, async () => {
      const [version = '', body = '', signature = ''] = (await mint()).split('.');
      return `Bearer ${alter([version, body, signature])}`;
    });
  altered('that was cut', (parts) => parts.join('.').slice(0, -3));
  altered('without its signature', ([version, body]) => `${version}.${body}`);
  altered('with an empty signature', ([version, body]) => `${version}.${body}.`);
  altered('of an unknown version', ([, body, signature]) => `v2.${body}.${signature}`);
  altered('with a fourth part', (parts) => `${parts.join('.')}.x`);
  altered(
    'with one bit of its signature flipped',
    ([version, body, signature]) => `${version}.${body}.${flip(signature)}`,
  );
  altered(
    'with one bit of its body flipped',
    ([version, body, signature]) => `${version}.${flip(body)}.${signature}`,
  );
  altered(
    'with the body of another agent',
    ([version, , signature]) => `${version}.${base64Url({ ...payload(), agent: 'good' })}.${signature}`,
  );
  altered(
    'as a JSON web token without an algorithm',
    () => `${base64Url({ alg: 'none', typ: 'JWT' })}.${base64Url(payload())}.`,
  );
  altered('as a JSON web token signed with the secret', () => {
    const text = `${base64Url({ alg: 'HS256', typ: 'JWT' })}.${base64Url(payload())}`;
    return `${text}.${hmac(text)}`;
  });
}

function mint(change: { readonly secret?: string; readonly agentId?: string } = {}): Promise<string> {
  return mintPageToken({ secret: CANARY_SECRET, agentId: 'good', expiresInSeconds: 60, ...change });
}

/** Signed well, whatever it says. */
function signed(change: object): string {
  const text = `v1.${base64Url({ ...payload(), ...change })}`;
  return `${text}.${hmac(text)}`;
}

function payload(): { readonly agent: string; readonly expires: number; readonly nonce: string } {
  return { agent: 'good', expires: seconds(60), nonce: crypto.randomUUID() };
}

function seconds(fromNow: number): number {
  return Math.floor(Date.now() / 1000) + fromNow;
}

function base64Url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function hmac(text: string): string {
  return createHmac('sha256', CANARY_SECRET).update(text).digest('base64url');
}

/** Another letter in its middle. */
function flip(text: string): string {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}
