import { connect, type Socket } from 'node:net';
import type { Incoming, Outgoing } from './subject.js';

const TOO_LONG_MS = 20_000;

/**
 * Sends bytes over a connection of their own, so that they may be no good HTTP. A connection that is closed without a word is an
 * answer with the status 0. Rejects when the visitor goes away: by a reset where `leave` says so, as a browser's does that did not
 * read all.
 */
export async function sendRaw(
  port: number,
  request: Outgoing,
  leave: 'close' | 'reset' = 'close',
): Promise<Incoming> {
  const { abort } = request;
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.setTimeout(TOO_LONG_MS, () => socket.destroy(new Error('Nothing was said.')));
  try {
    return await new Promise<Incoming>((resolve, reject) => {
      abort?.addEventListener('abort', () => {
        if (leave === 'reset') socket.resetAndDestroy();
        else socket.destroy();
        reject(new Error('The visitor went away.'));
      });
      readResponse(socket, request.method ?? 'GET', resolve, reject);
      // Whoever answered before it was asked to the end does not read on.
      writeRequest(socket, request).catch(() => undefined);
    });
  } finally {
    socket.destroy();
  }
}

async function writeRequest(socket: Socket, request: Outgoing): Promise<void> {
  const { method = 'GET', path = '/', body, address } = request;
  const headers = new Map(
    Object.entries({ host: 'voice.example.com', connection: 'close', ...request.headers }),
  );
  if (address !== undefined) {
    const before = headers.get('x-forwarded-for');
    headers.set('x-forwarded-for', before === undefined ? address : `${before}, ${address}`);
  }
  const isWhole = typeof body === 'string' || body instanceof Uint8Array;
  const isFramed = headers.has('content-length') || headers.has('transfer-encoding');
  if (isWhole && !isFramed) headers.set('content-length', String(Buffer.byteLength(body)));
  const isChunked = !isWhole && body !== undefined && !isFramed;
  if (isChunked) headers.set('transfer-encoding', 'chunked');
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines}\r\n`, 'latin1');
  if (isWhole) socket.write(body);
  else if (body !== undefined) await writePieces(socket, body, isChunked);
}

async function writePieces(
  socket: Socket,
  body: AsyncIterable<Uint8Array>,
  isChunked: boolean,
): Promise<void> {
  for await (const piece of body) {
    if (socket.destroyed) return;
    const chunk = [Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')];
    await new Promise((resolve) => socket.write(isChunked ? Buffer.concat(chunk) : piece, resolve));
  }
  if (isChunked) socket.write('0\r\n\r\n');
}

function readResponse(
  socket: Socket,
  method: string,
  resolve: (response: Incoming) => void,
  reject: (error: Error) => void,
): void {
  let bytes = Buffer.alloc(0);
  const finish = (isOver: boolean): void => {
    const response = parseResponse(bytes, method, isOver);
    if (response) resolve(response);
    else if (isOver && bytes.length === 0) resolve({ status: 0, headers: new Headers(), text: '' });
    else if (isOver) reject(new Error(`Half a response: ${bytes.toString().slice(0, 200)}`));
  };
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    finish(false);
  });
  socket.on('end', () => finish(true));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // A reset after the answer came is the server's way not to read on.
    if (error.code === 'ECONNRESET' || error.code === 'EPIPE') finish(true);
    else reject(error);
  });
}

/** `undefined` while it is not complete. */
function parseResponse(bytes: Buffer, method: string, isOver: boolean): Incoming | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(first.split(' ')[1]);
  if (status === 100) return parseResponse(bytes.subarray(end + 4), method, isOver);
  const headers = new Headers(lines.map((line): [string, string] => splitHeader(line)));
  const rest = bytes.subarray(end + 4);
  const body =
    method === 'HEAD' || status === 204 || status === 304 ? Buffer.alloc(0) : readBody(rest, headers, isOver);
  return body && { status, headers, text: body.toString() };
}

function splitHeader(line: string): [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at), line.slice(at + 1).trim()];
}

function readBody(bytes: Buffer, headers: Headers, isOver: boolean): Buffer | undefined {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(bytes);
  const length = headers.get('content-length');
  if (length === null) return isOver ? bytes : undefined;
  return bytes.length >= Number(length) ? bytes.subarray(0, Number(length)) : undefined;
}

function readChunks(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const length = parseInt(bytes.subarray(at, lineEnd).toString(), 16);
    if (length === 0) return Buffer.concat(chunks);
    at = lineEnd + 2 + length + 2;
    if (at > bytes.length) return undefined;
    chunks.push(bytes.subarray(lineEnd + 2, at - 2));
  }
}
