import type { TestRunnerConfig } from '@web/test-runner';

type Context = Parameters<NonNullable<TestRunnerConfig['middleware']>[number]>[0];

interface Held {
  readonly body: Promise<string>;
  readonly release: (body: string) => void;
}

const PATH = /^\/(?:odd-config\/([^/]+)|server\/([^/]+)\/agents\/[^/]+\/embed)$/;

/** Configs that are handed out when the test says so, by the behaviour that names them. */
const held = new Map<string, Held>();

/**
 * Embed configs that come late, wrong or not at all, each with one behaviour: `/odd-config/<behaviour>`, and of a gateway
 * `/server/<behaviour>/agents/<id>/embed`. Resolves with whether the request was for one.
 */
export async function serveOddConfig(context: Context): Promise<boolean> {
  const [, address, server] = PATH.exec(context.path) ?? [];
  const behaviour = address ?? server ?? '';
  if (behaviour === '') return false;
  const [name = '', argument = ''] = behaviour.split(/-(.*)/);
  if (context.method === 'POST') {
    heldConfig(argument).release(await readBody(context.req));
    context.status = 204;
  } else {
    await answer(context, name, argument);
  }
  return true;
}

async function answer(context: Context, name: string, argument: string): Promise<void> {
  context.type = 'json';
  switch (name) {
    case 'json':
      context.body = decodeURIComponent(argument);
      return;
    case 'held':
      context.body = await heldConfig(argument).body;
      return;
    case 'status':
      context.status = Number(argument);
      context.body = { detail: `because of ${argument}` };
      return;
    case 'bytes':
      context.body = '{}'.padEnd(Number(argument));
      return;
    case 'endless':
      context.respond = false;
      context.res.writeHead(200, { 'content-type': 'application/json' }).write('{');
      return;
    case 'html':
      context.type = 'html';
      context.body = '<!doctype html><title>Welcome</title>';
      return;
    case 'broken':
      context.body = '{ "titles": ';
      return;
    case 'redirect':
      context.redirect('/odd-config/json-%7B%22size%22%3A96%7D');
      return;
    case 'reset':
      context.respond = false;
      context.req.socket.destroy();
      return;
    case 'hang':
      context.respond = false;
      return;
    default:
      context.status = 500;
  }
}

function heldConfig(name: string): Held {
  const known = held.get(name);
  if (known) return known;
  let release: (body: string) => void = () => undefined;
  const body = new Promise<string>((resolve) => (release = resolve));
  const made = { body, release };
  held.set(name, made);
  return made;
}

async function readBody(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
