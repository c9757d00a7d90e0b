import assert from 'node:assert/strict';
import { leaks } from '../../support/node/canary.js';
import { until } from '../../support/node/until.js';
import { SDP_SECRETS } from './offers.js';
import { SETTINGS } from './settings.js';
import type { Talk } from './talk.js';

const FIELDS = ['time', 'request_id', 'method', 'route', 'origin', 'agent', 'status', 'code', 'ms'];
const ROUTES: readonly (string | null)[] = [null, 'offer', 'embed', 'healthz'];

/** To be run when all other rows are over: what was printed meanwhile, and what reached the platform. */
export function logRows(talk: Talk): void {
  talk.it('every request is one line of the log, which says of it what was answered', async () => {
    const { exchanges } = talk;
    assert.ok(exchanges.length > 200, `${exchanges.length} exchanges`);
    const missing = () => {
      const output = talk.subject.output();
      return exchanges.filter(({ requestId }) => !output.includes(requestId));
    };
    await until(() => missing().length === 0, `the log of ${JSON.stringify(missing().slice(0, 3))}`);
    const lines = talk.log();
    for (const { requestId, ...answered } of exchanges) {
      const [line, ...more] = lines.filter(({ request_id: id }) => id === requestId);
      assert.deepEqual(more, []);
      assert.ok(line);
      const { method, status } = line;
      const code = method === 'HEAD' ? undefined : (line.code ?? undefined);
      assert.deepEqual({ method, status, code }, answered);
    }
  });

  talk.it('a line of the log has exactly its fields', () => {
    const agents = Object.values(SETTINGS).flatMap((settings) => Object.keys(settings.agents));
    for (const line of talk.log()) {
      assert.deepEqual(Object.keys(line), FIELDS);
      const { time, route, origin, agent, ms } = line;
      assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.ok(ROUTES.includes(route), String(route));
      assert.ok(agent === null || agents.includes(agent) || agent.startsWith('embed-'), String(agent));
      assert.ok(typeof ms === 'number' && ms >= 0 && ms < 60_000);
      assert.ok(origin === null || origin === 'other' || new URL(origin).origin === origin, String(origin));
      assert.ok((origin ?? '').length <= 200);
    }
  });

  const { missesLeaving, knowsPeer } = talk.kind;
  const leaving = missesLeaving === undefined ? [499, 'aborted'] : [504, 'upstream-timeout'];
  talk.it(`a visitor who went away is logged as ${leaving.join(' ')}`, async () => {
    const gone = () => talk.log().find(({ agent }) => agent === 'held-aborted');
    await until(() => gone() !== undefined, 'the line of the log');
    assert.deepEqual([gone()?.status, gone()?.code], leaving);
  });

  talk.it(knowsPeer ? 'no gateway misses an address' : 'a gateway that knows no address warns once', () => {
    const lines = talk.subject.output().split('\n');
    const warned = lines.filter((line) => /"level":"warn".*address of visitors/.test(line)).length;
    // Requests without an address come to most of the gateways here.
    const most = knowsPeer ? 0 : Object.keys(SETTINGS).length;
    assert.ok(warned <= most && (knowsPeer || warned > 0), `${warned} warnings`);
  });

  talk.it('the platform was reached by no request that was refused', () => {
    assert.deepEqual(
      talk.upstream.requests.filter(({ agentId }) => agentId === 'refused' || agentId === ''),
      [],
    );
    assert.ok(talk.upstream.requests.length > 50);
  });

  talk.it('nothing that came out holds the key, a secret, an SDP or a header of a visitor', () => {
    assert.ok(talk.received.length > 200);
    const everything = [talk.subject.output(), ...talk.received].join('\n');
    assert.deepEqual(leaks(everything), []);
    for (const secret of [
      ...SDP_SECRETS,
      'm=audio 9 UDP/TLS/RTP/SAVPF 111\\r\\nc=IN IP4 0.0.0.0\\r\\na=candidate',
    ]) {
      assert.ok(!everything.includes(secret), secret);
    }
    assert.doesNotMatch(talk.subject.output(), /visitor=1|Bearer|m=audio/);
  });
}
