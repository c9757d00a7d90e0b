import type { Expected, Offer, Talk } from './talk.js';

const FORBIDDEN: Expected = { status: 403, code: 'origin-forbidden' };
const NOT_FOUND: Expected = { status: 404, code: 'not-found' };
const NO_METHOD: Expected = { status: 405, code: 'method-not-allowed' };
const NO_TYPE: Expected = { status: 415, code: 'content-type' };
const GOOD: Expected = { status: 200 };

/** As bytes of UTF-8, one character each. */
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');

const ORIGINS_REFUSED: Readonly<Record<string, string>> = {
  'another site': 'https://evil.example',
  'a suffix after it': 'https://www.example.com.evil.example',
  'a prefix before it': 'https://evilwww.example.com',
  'a subdomain of it': 'https://a.www.example.com',
  'the domain above it': 'https://example.com',
  'another port': 'https://www.example.com:8443',
  'its default port, written out': 'https://www.example.com:443',
  'another scheme': 'http://www.example.com',
  'upper case': 'https://WWW.EXAMPLE.COM',
  'a slash at the end': 'https://www.example.com/',
  'a path': 'https://www.example.com/page',
  'a dot at the end': 'https://www.example.com.',
  null: 'null',
  'an empty text': '',
  'two origins': 'https://www.example.com https://evil.example',
  'two origins with a comma': 'https://www.example.com, https://evil.example',
  'a user before it': 'https://www.example.com@evil.example',
  'a user in it': 'https://user@www.example.com',
  'a star': '*',
  'its name alone': 'www.example.com',
  'the unicode form of a listed punycode name': utf8('https://exämple.com'),
  'letters that look alike': utf8('https://www.еxample.com'),
  'full-width letters': utf8('https://ｗｗｗ.example.com'),
  'another IPv6 address': 'http://[::2]:8080',
  'the long form of a listed IPv6 address': 'http://[0:0:0:0:0:0:0:1]:8080',
  'a regular expression': 'https://.*',
  'an object of JavaScript': '__proto__',
  '10,000 characters': `https://${'a'.repeat(10_000)}.example`,
};

const TYPES_REFUSED: Readonly<Record<string, string>> = {
  'text/plain': 'text/plain',
  'a form': 'application/x-www-form-urlencoded',
  'a multipart form': 'multipart/form-data; boundary=x',
  'text/json': 'text/json',
  'a longer name': 'application/jsonp',
  'a JSON dialect': 'application/ld+json',
  'two types': 'application/json, text/plain',
  'text/plain with JSON as its parameter': 'text/plain; application/json',
  'a safe type that mentions JSON': 'text/plain; charset=application/json',
  'UTF-16': 'application/json; charset=utf-16',
  'Latin-1': 'application/json; charset=iso-8859-1',
  'another parameter': 'application/json; boundary=x',
  'an empty text': '',
};

/** Path, method, origin, type and encoding of `POST /webrtc/offer`. */
export function requestRows(talk: Talk): void {
  talk.each(named('refuses the path', NOT_FOUND, paths()));
  talk.each(
    named('refuses on the offer the method', NO_METHOD, methods(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])),
  );
  talk.each(
    named(
      'refuses as origin',
      FORBIDDEN,
      map(ORIGINS_REFUSED, (origin) => ({ origin })),
    ),
  );
  talk.each(
    named(
      'takes as origin',
      GOOD,
      map(listed(), (origin) => ({ origin, agent: 'good' })),
    ),
  );
  talk.each(named('refuses as content type', NO_TYPE, map(TYPES_REFUSED, typed)));
  talk.each(
    named(
      'takes as content type',
      GOOD,
      map(good(), (type) => ({ ...typed(type), agent: 'good' })),
    ),
  );
  talk.each(
    named(
      'refuses as content encoding',
      NO_TYPE,
      map({ gzip: 'gzip', br: 'br', 'two of them': 'identity, gzip' }, encoded),
    ),
  );
  talk.each({
    'refuses an offer without an origin': [{ origin: undefined }, FORBIDDEN],
    'takes an offer without an origin where the browser says that it is the same': [
      { origin: undefined, agent: 'good', headers: { 'sec-fetch-site': 'same-origin' } },
      GOOD,
    ],
    'refuses another origin also where the browser says that it is the same': [
      { origin: 'https://evil.example', headers: { 'sec-fetch-site': 'same-origin' } },
      FORBIDDEN,
    ],
    ...named(
      'refuses without an origin the Sec-Fetch-Site',
      FORBIDDEN,
      map(sites(), (site) => ({ origin: undefined, headers: { 'sec-fetch-site': site } })),
    ),
    'does not believe a Referer': [
      { origin: undefined, headers: { referer: 'https://www.example.com/' } },
      FORBIDDEN,
    ],
    'does not believe a Host': [
      { origin: undefined, headers: { 'x-forwarded-host': 'www.example.com' } },
      FORBIDDEN,
    ],
    'does not let a header change the method': [
      { method: 'GET', headers: { 'x-http-method-override': 'POST' } },
      NO_METHOD,
    ],
    'looks at the path before the method and the origin': [
      { path: '/x', method: 'PUT', origin: 'null' },
      NOT_FOUND,
    ],
    'looks at the method before the origin': [{ method: 'PUT', origin: 'null' }, NO_METHOD],
    'looks at the origin before the content type': [
      { origin: 'null', headers: { 'content-type': 'text/plain' } },
      FORBIDDEN,
    ],
    'looks at the content type before the body': [
      { body: '{', headers: { 'content-type': 'text/plain' } },
      NO_TYPE,
    ],
    'a query changes nothing': [{ path: '/webrtc/offer?agent_id=refused', agent: 'good' }, GOOD],
  });
}

function paths(): Readonly<Record<string, Offer>> {
  const list = [
    '/',
    '/webrtc',
    '/webrtc/',
    '/offer',
    '/webrtc/offers',
    '/webrtc/offer/x',
    '/WEBRTC/OFFER',
    '/agents',
    '/agents/good',
  ];
  const odd = [
    '/webrtc/offer/',
    '//webrtc/offer',
    '/webrtc//offer',
    '/webrtc/%6fffer',
    '/webrtc%2foffer',
    '/webrtc/offer%00',
    '/webrtc/offer;x',
    '/__proto__',
    '/agents//embed',
    '/agents/a/b/embed',
  ];
  return Object.fromEntries([...list, ...odd].map((path) => [path, { path }]));
}

function methods(names: readonly string[]): Readonly<Record<string, Offer>> {
  return Object.fromEntries(names.map((method) => [method, { method }]));
}

function listed(): Readonly<Record<string, string>> {
  return {
    'the listed one': 'https://www.example.com',
    'a listed one on this machine': 'http://localhost:5173',
    'a listed one with a port': 'https://shop.example.com:8443',
    'a listed punycode name': 'https://xn--exmple-cua.com',
    'a listed IPv6 address': 'http://[::1]:8080',
  };
}

function good(): Readonly<Record<string, string>> {
  return {
    'JSON in UTF-8': 'application/json; charset=utf-8',
    'upper case': 'Application/JSON;charset=UTF-8',
  };
}

function sites(): Readonly<Record<string, string>> {
  return {
    'cross-site': 'cross-site',
    'same-site': 'same-site',
    none: 'none',
    'two of them': 'same-origin, cross-site',
    'upper case': 'SAME-ORIGIN',
  };
}

const typed = (type: string): Offer => ({ headers: { 'content-type': type } });
const encoded = (encoding: string): Offer => ({ headers: { 'content-encoding': encoding } });

function map(
  values: Readonly<Record<string, string>>,
  make: (value: string) => Offer,
): Readonly<Record<string, Offer>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, make(value)]));
}

/** A row for each, with its name in the title. */
export function named(
  what: string,
  expected: Expected,
  offers: Readonly<Record<string, Offer>>,
): Readonly<Record<string, readonly [Offer, Expected]>> {
  return Object.fromEntries(
    Object.entries(offers).map(([name, offer]) => [`${what}: ${name}`, [offer, expected] as const]),
  );
}
