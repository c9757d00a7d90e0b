import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { CallHistory } from '../../demo/platform/call-log.js';
import { durationMs, joinFrames, levelDb } from '../../demo/platform/pcm.js';
import { type Platform, startPlatform } from '../../demo/platform/platform.js';
import { readWav } from '../../demo/platform/wav.js';
import { bestCorrelation, chirp, sine } from './sounds.js';
import { DEADLINE_MS, Visitor } from './visitor.js';

const isFinal = ({ payload }: { payload?: Readonly<Record<string, unknown>> }) =>
  payload?.['is_final'] === true;
const log: string[] = [];

let platform: Platform;
let folder: string;
let visitor: Visitor | undefined;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platform-'));
  platform = await startPlatform({ speech: 'files', recordDir: folder, log: (line) => log.push(line) });
  await platform.warmed;
});
afterEach(() => visitor?.close());
after(async () => {
  await platform.close();
  await rm(folder, { recursive: true });
});

async function call(agentId: string, options = {}): Promise<Visitor> {
  visitor = await Visitor.call(platform, agentId, options);
  return visitor;
}

/** The newest call, once it is over as the test expects. */
async function ended(status: string): Promise<CallHistory> {
  const deadlineMs = performance.now() + DEADLINE_MS;
  while (platform.openCalls() > 0 && performance.now() < deadlineMs) await new Promise(setImmediate);
  const [newest] = platform.sessions();
  assert.equal(newest?.call_status, status);
  return newest;
}

async function makeAgent(config: object): Promise<string> {
  const voice = { provider: 'kokoro', voice_id: 'local' };
  const response = await fetch(`${platform.url}/agents`, {
    method: 'POST',
    body: JSON.stringify({ name: 'Made', config: { prompt: '', voice, ...config } }),
  });
  return ((await response.json()) as { id: string }).id;
}

describe('a call', () => {
  it('greets at once, in sound and in text that grows with it', async () => {
    const guest = await call('receptionist');
    const connectedMs = performance.now();
    const ready = await guest.message('onready');
    await guest.until(() => guest.recentDb(2) > -40, 'the greeting');
    assert.ok(performance.now() - connectedMs < 1_000, 'audible within a second');
    await guest.message('onresponsetext', ({ data }) => data === 'Good day, this is the');
    const final = await guest.message('onresponsetext', isFinal);
    assert.equal(final.data, 'Good day, this is the Linden dental practice. How can I help you?');
    assert.equal(guest.messages[0], ready);
    assert.equal(ready.payload?.['session_id'], platform.sessions()[0]?.session_id);
    guest.close();
    const history = await ended('user-ended');
    assert.deepEqual(JSON.parse(history.chat), [{ role: 'assistant', content: final.data }]);
    assert.equal(history.chars_used, final.data.length);
  });

  it('plays back what the parrot heard, as loud as it was, and both sides are on record', async () => {
    const guest = await call('parrot');
    await guest.message('onresponsetext', isFinal);
    const said = chirp(1_500);
    const before = guest.heard.length;
    guest.say(said);
    await guest.message('onresponsetext', (message) => isFinal(message) && message.data !== 'Say something.');
    await guest.until(() => guest.recentDb(5) < -60, 'silence after the playback');
    const heard = joinFrames(guest.heard.slice(before));
    const { correlation, at } = bestCorrelation(heard, said);
    assert.ok(correlation > 0.5, `correlation ${correlation}`);
    const difference = levelDb(heard.subarray(at, at + said.length)) - levelDb(said);
    assert.ok(Math.abs(difference) < 3, `${difference} dB`);
    assert.match((await guest.message('ontranscript', isFinal)).data ?? '', /^\[speech, 1\.[3-7] seconds\]$/);
    guest.close();
    const { recording } = await ended('user-ended');
    const [agentSide, visitorSide] = await Promise.all(
      [recording?.['agent'], recording?.['visitor']].map(readWhole),
    );
    assert.equal(agentSide?.length, visitorSide?.length);
    assert.ok(visitorSide && bestCorrelation(visitorSide, said).correlation > 0.5);
    assert.ok(agentSide && bestCorrelation(agentSide, said).correlation > 0.5);
  });

  it('is interrupted: clear comes, then silence, within a moment of speech', async () => {
    const guest = await call('receptionist');
    await guest.until(() => guest.recentDb(2) > -40, 'the greeting');
    guest.say(sine(600));
    const spokeMs = performance.now();
    await guest.message('clear');
    assert.ok(performance.now() - spokeMs < 700, `${performance.now() - spokeMs} ms`);
    await guest.until(() => guest.recentDb(5) < -60, 'silence');
    assert.ok(performance.now() - spokeMs < 1_000, `${performance.now() - spokeMs} ms`);
    assert.equal(
      guest.messages.some((message) => message.method === 'onresponsetext' && isFinal(message)),
      false,
    );
    await guest.message('start_answering');
    await guest.message('onresponsetext', ({ data }) => data === 'I can');
    assert.ok(log.some((line) => line.includes('agent interrupted after "Good')));
  });

  it('answers a ping with its own number', async () => {
    const guest = await call('patient');
    await guest.message('onready');
    for (const text of ['{"method":"ping","data":"123"}', 'null', '{', '[1]', '{"method":{}}'])
      guest.channel?.send(text);
    guest.channel?.send(new ArrayBuffer(8));
    assert.deepEqual(await guest.message('pong'), { method: 'pong', data: '123' });
  });

  it('needs no data channel', async () => {
    const guest = await call('patient', { channel: false });
    guest.say(sine(500));
    await guest.until(() => guest.recentDb(2) > -40, 'the answer');
    guest.close();
    const history = await ended('user-ended');
    assert.equal((JSON.parse(history.chat) as unknown[]).length >= 1, true);
  });

  it('is ended by the API, after a last line', async () => {
    const guest = await call('patient');
    const sessionId = String((await guest.message('onready')).payload?.['session_id']);
    const terminate = `${platform.url}/sessions/${sessionId}/terminate`;
    const response = await fetch(terminate, { method: 'POST', body: '{"message":"Bye."}' });
    assert.deepEqual(await response.json(), { success: true });
    await guest.message('onsessionended');
    assert.equal((await guest.message('onresponsetext', isFinal)).data, 'Bye.');
    await guest.until(() => guest.channel?.readyState === 'closed', 'the end of the connection');
    await ended('api-ended');
  });

  it('ends when its time is over, with the message', async () => {
    const guest = await call(await makeAgent({ session_timeout: { max_idle: 0.3, message: 'Time is up.' } }));
    await guest.message('onsessionended');
    assert.equal((await guest.message('onresponsetext', isFinal)).data, 'Time is up.');
    await ended('timeout');
  });

  it('of an agent that was made acknowledges', async () => {
    const guest = await call(await makeAgent({ first_message: 'Hi.', flow: { response_delay: 0 } }));
    await guest.message('onresponsetext', isFinal);
    guest.say(sine(400));
    await guest.message('onresponsetext', ({ data }) => data === 'I see.');
  });

  it('is in the log, page by page, newest first', async () => {
    const read = async (query: string) => {
      const response = await fetch(`${platform.url}/call-logs?${query}`);
      return (await response.json()) as { histories: CallHistory[]; next_cursor: number | null };
    };
    const all = platform.sessions().map(({ session_id }) => session_id);
    const first = await read('limit=2');
    const second = await read(`limit=100&start_at=${first.next_cursor}`);
    assert.deepEqual(
      [...first.histories, ...second.histories].map(({ session_id }) => session_id),
      all,
    );
    assert.equal(second.next_cursor, null);
    const one = await fetch(`${platform.url}/call-logs/${all[1]}`);
    assert.deepEqual(await one.json(), first.histories[1]);
  });

  it('is told in short lines, without descriptions of sessions', () => {
    assert.ok(log.some((line) => line.endsWith('call started with receptionist')));
    assert.ok(log.some((line) => /visitor spoke 1\.\d s$/.test(line)));
    for (const line of log) assert.ok(line.length < 120 && !/candidate|v=0|fingerprint/.test(line), line);
  });
});

async function readWhole(path: string | undefined): Promise<Int16Array> {
  const { samples } = readWav(await readFile(String(path)));
  assert.ok(durationMs(samples) > 1_000);
  return samples;
}
