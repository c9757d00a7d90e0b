import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A request that arrived whole. */
export interface SeenRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Answers a request, or does not. */
export type Behaviour = (response: ServerResponse, request: SeenRequest) => void;

/** A server that behaves as it is told, on this machine. */
export interface StubServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

export async function startStub(behave: Behaviour): Promise<StubServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void read(request).then((seen) => {
      requests.push(seen);
      behave(response, seen);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers with a status and a body: an object as JSON, a text as HTML. */
export function answering(status: number, body: unknown): Behaviour {
  const [type, text] =
    typeof body === 'string' ? ['text/html', body] : ['application/json', JSON.stringify(body)];
  return (response) => response.writeHead(status, { 'content-type': type }).end(text);
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method, url: path, headers } = request;
  return {
    method,
    path,
    authorization: headers.authorization,
    contentType: headers['content-type'],
    body: Buffer.concat(chunks).toString(),
  };
}
