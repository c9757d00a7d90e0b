import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { row } from '../faults/table.js';
import { Visitor, visitorEnvironment } from './visitor.js';

/** Less than the 12 s for which a call without news is held. */
const AT_ONCE_MS = 9_000;

const environment = visitorEnvironment();
let visitor: Visitor;
before(async () => (visitor = await Visitor.open(environment)));
after(() => visitor.close());

describe(`between two networks, in ${environment.MILLIS_NETWORK_BROWSER}`, { timeout: 120_000 }, () => {
  it(row(36), async () => {
    const { server, call } = await visitor.talks();
    const movedAtMs = await call.page.now();
    await visitor.network.moveVisitor();
    const lostAtMs = await call.enters('failed', movedAtMs);
    assert.ok(lostAtMs - movedAtMs < AT_ONCE_MS, `lost only after ${lostAtMs - movedAtMs} ms`);
    visitor.note('another address: lost after', lostAtMs - movedAtMs);
    await call.assertFailed(36, 1);
    // The new network carries a new call, as soon as the browser sees it: Firefox at times takes seconds.
    await call.reaches(server.url);
    await call.connect();
    await call.hears(lostAtMs);
    await call.hangUp();
  });

  it(`${row(36)} With auto-reconnect: two fresh sessions, and no third.`, async () => {
    const { server, call } = await visitor.talks('auto-reconnect');
    for (const sessions of [2, 3]) {
      const movedAtMs = await call.page.now();
      await visitor.network.moveVisitor();
      const liveAtMs = await call.enters('live', movedAtMs);
      // Well under the ten seconds of sound that would restore what was used.
      await call.hears(liveAtMs);
      visitor.note(`another address, with auto-reconnect: session ${sessions} after`, liveAtMs - movedAtMs);
      assert.deepEqual(await call.errors(), []);
      assert.equal(await server.calls(), sessions);
    }
    const movedAtMs = await call.page.now();
    await visitor.network.moveVisitor();
    await call.enters('failed', movedAtMs);
    await call.assertFailed(36, 3);
    assert.equal(await server.calls(), 3);
  });
});
