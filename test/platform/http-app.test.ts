import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type Platform, startPlatform } from '../../demo/platform/platform.js';
import { postOffer, send } from './requests.js';
import { Visitor } from './visitor.js';

const voice = { provider: 'kokoro', voice_id: 'local' };
const config = { prompt: 'Be kind.', voice, first_message: 'Hello.' };

let platform: Platform;
before(async () => {
  platform = await startPlatform({ speech: 'tone' });
});
after(() => platform.close());

describe('agents', () => {
  it('are listed with the fields of the API', async () => {
    const { status, json } = await send(platform, 'GET', '/agents');
    assert.equal(status, 200);
    const ids = (json as { id: string }[]).map(({ id }) => id);
    for (const id of ['receptionist', 'parrot', 'refuses-503', 'never-answers', 'floods'])
      assert.ok(ids.includes(id), id);
    assert.deepEqual(Object.keys((json as object[])[0] ?? {}), ['id', 'name', 'config', 'created_at']);
  });

  it('are made, read, changed in part, and deleted', async () => {
    const made = await send(platform, 'POST', '/agents', { name: 'Ada', config });
    const { id } = made.json as { id: string };
    assert.equal(made.status, 200);
    const changed = await send(platform, 'PUT', `/agents/${id}`, {
      name: 'Eve',
      config: { first_message: 'Hi.' },
    });
    assert.deepEqual((changed.json as { config: unknown }).config, { ...config, first_message: 'Hi.' });
    assert.deepEqual(await send(platform, 'GET', `/agents/${id}`), changed);
    assert.deepEqual(await send(platform, 'DELETE', `/agents/${id}`), {
      status: 200,
      json: { success: true },
    });
    assert.deepEqual(await send(platform, 'GET', `/agents/${id}`), {
      status: 404,
      json: { detail: 'Agent not found.' },
    });
  });

  it('keep the embed config that was set, and have none before', async () => {
    const embed = {
      titles: { idle: 'Talk', connecting: 'Wait', running: 'Stop' },
      size: 80,
      transcript: true,
      region: null,
    };
    assert.deepEqual(await send(platform, 'GET', '/agents/parrot/embed'), {
      status: 404,
      json: { detail: 'No embed config.' },
    });
    assert.deepEqual(await send(platform, 'POST', '/agents/parrot/embed', embed), {
      status: 200,
      json: { success: true },
    });
    assert.deepEqual(await send(platform, 'GET', '/agents/parrot/embed'), { status: 200, json: embed });
  });

  it('speak with voices that are listed', async () => {
    const { json } = await send(platform, 'GET', '/voices');
    assert.deepEqual(Object.keys((json as object[])[0] ?? {}).slice(0, 3), ['provider', 'voice_id', 'name']);
  });
});

describe('the connection', () => {
  it('lets any origin in, for two hours, and lets it read Retry-After', async () => {
    const preflight = await fetch(`${platform.url}/webrtc/offer`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,authorization',
      },
    });
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
    assert.equal(preflight.headers.get('access-control-max-age'), '7200');
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type,authorization');
    const refused = await postOffer(platform, 'refuses-503', 'v=0\r\n');
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.equal(refused.headers.get('access-control-allow-origin'), '*');
    assert.equal(refused.headers.get('access-control-expose-headers'), 'retry-after');
  });

  it('is kept open for a visitor who hesitates', async () => {
    const socket = connect(platform.port, '127.0.0.1');
    socket.write('GET /voices HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [head] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    assert.match(head.toString(), /keep-alive: timeout=7[45]/i);
  });

  it('counts the offers that arrive, and no preflights', async () => {
    const offers = platform.offers();
    await fetch(`${platform.url}/webrtc/offer`, { method: 'OPTIONS' });
    await postOffer(platform, 'nobody', 'v=0');
    assert.equal(platform.offers(), offers + 1);
  });

  it('takes at most fifty calls at once', async () => {
    const { sdp, close } = await Visitor.offerOnly();
    const crowded = await startPlatform({ speech: 'tone' });
    const responses = await Promise.all(Array.from({ length: 51 }, () => postOffer(crowded, 'parrot', sdp)));
    const refused = responses.filter(({ status }) => status === 429);
    assert.equal(refused.length, 1);
    assert.equal(refused[0]?.headers.get('retry-after'), '5');
    assert.equal(crowded.openCalls(), 50);
    await crowded.close();
    assert.equal(crowded.openCalls(), 0);
    close();
  });
});

describe('a platform with a key', () => {
  let locked: Platform;
  before(async () => {
    locked = await startPlatform({ speech: 'tone', key: 'secret' });
  });
  after(() => locked.close());

  for (const [authorization, status] of [
    [undefined, 401],
    ['', 401],
    ['wrong', 401],
    ['Bearer wrong', 401],
    ['Bearer', 401],
    ['secret', 200],
    ['Bearer secret', 200],
    ['bearer secret', 200],
  ] as const) {
    it(`answers ${authorization ?? 'no header'} with ${status}`, async () => {
      const headers = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${locked.url}/agents`, { headers });
      assert.equal(response.status, status);
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      if (status === 401) assert.deepEqual(await response.json(), { detail: 'Invalid or missing API key.' });
    });
  }

  it('asks for it at the offer, before it looks at anything else, and not where an embed config is read', async () => {
    assert.equal((await postOffer(locked, 'nobody', 'v=0')).status, 401);
    assert.equal((await fetch(`${locked.url}/agents/parrot/embed`)).status, 404);
  });
});
