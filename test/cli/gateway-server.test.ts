import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { type ServerOptions, startServer } from '../../src/cli/gateway-server.js';
import type { Gateway } from '../../src/gateway.js';

const answers: Gateway = () => Promise.resolve(new Response('here'));

interface OpenServer {
  readonly drain: (ms: number) => Promise<void>;
  readonly connect: (...lines: string[]) => Socket;
}

/** A server for one test, and connections to it. */
async function open(
  t: TestContext,
  gateway: Gateway,
  options: Partial<ServerOptions> = {},
): Promise<OpenServer> {
  const server = await startServer(gateway, { port: 0, host: '127.0.0.1', ...options });
  let isDrained = false;
  const drain = async (ms: number): Promise<void> => {
    isDrained = true;
    await server.drain(ms);
  };
  t.after(() => isDrained || server.drain(0));
  return {
    drain,
    connect: (...lines) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1').setEncoding('latin1');
      for (const line of lines) socket.write(`${line}\r\n`);
      return socket;
    },
  };
}

/** All that was said on a connection until it was closed. */
async function heard(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: string) => (text += chunk)).on('error', () => undefined);
  await once(socket, 'close');
  return text;
}

describe('the server of the command line', { timeout: 20_000 }, () => {
  it('holds no connection for half a head, or for none at all', async (t) => {
    const { connect } = await open(t, answers, { headersTimeoutMs: 150 });
    const half = heard(connect('POST /webrtc/offer HTTP/1.1', 'Host: voice.example.com'));
    const silent = heard(connect());
    assert.match(await half, /^HTTP\/1\.1 408 /);
    assert.match(await silent, /^(HTTP\/1\.1 408 |$)/);
  });

  it('closes a connection on which nothing more is asked', async (t) => {
    const { connect } = await open(t, answers, { keepAliveTimeoutMs: 50 });
    const socket = connect('GET / HTTP/1.1', 'Host: voice.example.com', '');
    assert.match(await heard(socket), /^HTTP\/1\.1 200 /);
  });

  it('cuts off what is not answered in time when it drains', async (t) => {
    let begin: (signal: AbortSignal) => void = () => undefined;
    const begun = new Promise<AbortSignal>((resolve) => (begin = resolve));
    const { connect, drain } = await open(t, ({ signal }) => {
      begin(signal);
      return new Promise(() => undefined);
    });
    const socket = connect('GET / HTTP/1.1', 'Host: voice.example.com', '');
    const nothing = heard(socket);
    const signal = await begun;
    await drain(50);
    assert.equal(await nothing, '');
    if (!signal.aborted) await once(signal, 'abort');
  });

  it('hands on the address of the connection', async (t) => {
    const { connect } = await open(t, (_, context) => Promise.resolve(Response.json(context)));
    const socket = connect('GET / HTTP/1.1', 'Host: voice.example.com', 'Connection: close', '');
    assert.match(await heard(socket), /\{"address":"127\.0\.0\.1"\}$/);
  });

  for (const [what, ...lines] of [
    ['a host that is none', 'GET / HTTP/1.1', 'Host: a b', 'Connection: close', ''],
    ['no host', 'GET / HTTP/1.0', ''],
    ['a target that is no path', 'OPTIONS * HTTP/1.1', 'Host: voice.example.com', 'Connection: close', ''],
    ['something that is no HTTP', 'hello', ''],
  ] as const) {
    it(`answers ${what} with 400, and asks no gateway`, async (t) => {
      const { connect } = await open(t, () => Promise.reject(new Error('It was asked.')));
      assert.match(await heard(connect(...lines)), /^HTTP\/1\.1 400 /);
    });
  }
});
