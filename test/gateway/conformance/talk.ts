import assert from 'node:assert/strict';
import { leaks } from '../../support/node/canary.js';
import type { Upstream } from '../../support/node/upstream.js';
import { offerBody } from './offers.js';
import { ORIGIN, ORIGINS } from './settings.js';
import type { Incoming, Kind, Outgoing, Subject } from './subject.js';

/** An answer, and what its body said where it is JSON. */
export interface Answer extends Incoming {
  readonly json: unknown;
  readonly code: string | undefined;
}

/** A request that was answered by the gateway itself, to be compared with its log. */
export interface Exchange {
  readonly requestId: string;
  readonly method: string;
  readonly status: number;
  readonly code: string | undefined;
}

/** A line of the log, as far as tests look into it; they see to it that it has these fields and no others. */
export interface LogLine {
  readonly time: string;
  readonly request_id: string;
  readonly method: string;
  readonly route: string | null;
  readonly origin: string | null;
  readonly agent: string | null;
  readonly status: number;
  readonly code: string | null;
  readonly ms: number;
}

/** One test of the suite. */
export interface Row {
  /** Without what is special about this kind of subject. */
  readonly name: string;
  readonly title: string;
  readonly run: () => void | Promise<void>;
}

/** What a row wants. */
export interface Expected {
  readonly status: number;
  readonly code?: string;
}

/** A request that begins as a good offer. */
export interface Offer extends Outgoing {
  /** Default `refused`: an agent that no row may reach. */
  readonly agent?: string;
  /** `undefined`: none. */
  readonly origin?: string | undefined;
}

/** Talks with one subject. Whatever comes back is checked for what holds always. */
export class Talk {
  readonly exchanges: Exchange[] = [];
  /** All that came out, beside what was printed. */
  readonly received: string[] = [];
  readonly rows: Row[] = [];
  #subject: Subject | undefined;
  #upstream: Upstream | undefined;

  constructor(readonly kind: Kind) {}

  get subject(): Subject {
    assert.ok(this.#subject, 'the subject was started');
    return this.#subject;
  }

  get upstream(): Upstream {
    assert.ok(this.#upstream, 'the platform was started');
    return this.#upstream;
  }

  async start(upstream: Upstream): Promise<void> {
    this.#upstream = upstream;
    this.#subject = await this.kind.start(upstream.url);
  }

  async close(): Promise<void> {
    await this.#subject?.close();
    await this.#upstream?.close();
  }

  /** The lines about requests that were printed so far; around them a runtime prints what it likes. */
  log(): readonly LogLine[] {
    return this.subject
      .output()
      .split('\n')
      .flatMap((line) => /\{"time":.*"request_id".*\}/.exec(line)?.[0] ?? [])
      .map((line) => JSON.parse(line) as LogLine);
  }

  /** A row of the suite. Its title names the difference where this kind of subject has one. */
  it(name: string, run: (wanted: (expected: Expected) => Wanted) => void | Promise<void>): void {
    const difference = this.kind.differences?.[name];
    const suffix = difference ? ` [here ${difference.status.join(' or ')}: ${difference.why}]` : '';
    const wanted = (expected: Expected): Wanted => (difference ? difference.status : expected);
    this.rows.push({ name, title: name + suffix, run: () => run(wanted) });
  }

  /** Tests that send one request each, and look at its answer. */
  each(rows: Readonly<Record<string, readonly [Offer, Expected]>>): void {
    for (const [title, [offer, expected]] of Object.entries(rows))
      this.it(title, async (wanted) => {
        const want = wanted(expected);
        expectAnswer(await this.offer(offer, isOwn(want)), want);
      });
  }

  /** `POST /webrtc/offer` of a page that does all right, but for what is given. */
  offer({ agent = 'refused', ...request }: Offer = {}, own = true): Promise<Answer> {
    const origin = 'origin' in request ? request.origin : ORIGIN;
    const given = Object.fromEntries(
      Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const headers = {
      ...(origin !== undefined && { origin }),
      ...(!('content-type' in given) && { 'content-type': 'application/json' }),
      ...given,
    };
    const method = request.method ?? 'POST';
    const body = 'body' in request || method !== 'POST' ? request.body : offerBody(agent);
    const { gateway, path, abort, address } = request;
    const outgoing = { gateway, path: path ?? '/webrtc/offer', method, headers, body, abort, address };
    return this.send(withoutUndefined(outgoing), own);
  }

  /** Sends as it is. `own`: the answer has to be one of the gateway's, and not of a server around it. */
  async send(request: Outgoing, own = true): Promise<Answer> {
    const incoming = await this.subject.send(request);
    const all = [String(incoming.status), ...[...incoming.headers].flat(), incoming.text].join('\n');
    this.received.push(all);
    assert.deepEqual(leaks(all), []);
    const answer = { ...incoming, ...parse(incoming.text) };
    if (own) this.#checkAlways(request, answer);
    return answer;
  }

  #checkAlways(request: Outgoing, { status, headers, json, text, code }: Answer): void {
    const told = `${status} ${text.slice(0, 200)}`;
    const requestId = headers.get('x-request-id') ?? '';
    assert.match(requestId, /^[\w-]{16,}$/, told);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('vary') ?? '', /\borigin\b/i);
    const isConfig = status === 304 || (status === 200 && headers.has('etag'));
    assert.equal(headers.get('cache-control'), isConfig ? 'public, max-age=300' : 'no-store');
    this.#checkCors(request, headers);
    if (status >= 400 && request.method !== 'HEAD') {
      assert.match(headers.get('content-type') ?? '', /^application\/json\b/);
      assert.deepEqual(Object.keys(json as object).sort(), ['code', 'detail', 'request_id'], told);
      const error = json as { readonly detail: unknown; readonly request_id: unknown };
      assert.equal(typeof error.detail, 'string');
      assert.equal(error.request_id, requestId);
    }
    const { method = 'GET' } = request;
    this.exchanges.push({ requestId, method, status, code });
  }

  #checkCors({ headers: sent = {}, path = '' }: Outgoing, headers: Headers): void {
    const { origin } = sent;
    const isListed = origin !== undefined && ORIGINS.includes(origin) && !path.includes('healthz');
    const allowed = headers.get('access-control-allow-origin');
    // Where there is nothing for a page, a header for one is neither needed nor forbidden.
    if (!path.includes('healthz')) assert.equal(allowed, isListed ? origin : null);
    if (isListed) {
      assert.equal(headers.get('access-control-expose-headers'), 'Retry-After, X-Request-Id');
    }
    assert.equal(headers.get('access-control-allow-credentials'), null);
    assert.equal(headers.get('x-injected'), null);
  }
}

/** What is expected, or the statuses that a difference allows. */
export type Wanted = Expected | readonly number[];

/** The answer has to be one of the gateway's own. */
export function isOwn(wanted: Wanted): wanted is Expected {
  return 'status' in wanted;
}

export function expectAnswer(answer: Answer, wanted: Wanted): void {
  const { status, text, code } = answer;
  const told = `${status} ${text.slice(0, 300)}`;
  if (!isOwn(wanted)) {
    assert.ok(wanted.includes(status), told);
    return;
  }
  assert.equal(status, wanted.status, told);
  // An answer to HEAD says its status only.
  if (text !== '' || wanted.code === undefined) assert.equal(code, wanted.code, told);
}

function parse(text: string): { readonly json: unknown; readonly code: string | undefined } {
  try {
    const json: unknown = JSON.parse(text);
    const code: unknown = typeof json === 'object' && json && 'code' in json ? json.code : undefined;
    return { json, code: typeof code === 'string' ? code : undefined };
  } catch {
    return { json: undefined, code: undefined };
  }
}

function withoutUndefined(request: {
  readonly [name in keyof Outgoing]: Outgoing[name] | undefined;
}): Outgoing {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}
