import type { TestRunnerConfig } from '@web/test-runner';
import { serveOddConfig } from './odd-configs.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/**
 * Servers that a page may meet, each under its own base path of the test server, so that the tests of signalling speak real
 * HTTP: `/server/<behaviour>/webrtc/offer`.
 */
export const misbehavingServer: Middleware = async (context, next) => {
  if (await serveOddConfig(context)) return;
  const [, behaviour = ''] = /^\/server\/([^/]+)\/webrtc\/offer$/.exec(context.path) ?? [];
  if (behaviour === '' || context.method !== 'POST') {
    await next();
    return;
  }
  const [name, argument = ''] = behaviour.split('-');
  switch (name) {
    case 'echo':
      context.body = { headers: context.headers, body: await readBody(context.req) };
      return;
    case 'answer':
      context.body = {
        answer: { type: 'answer', sdp: 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=sendrecv\r\n' },
      };
      return;
    case 'status':
      context.status = Number(argument);
      context.set('retry-after', '7');
      context.body = { detail: `because of ${argument}` };
      return;
    case 'validation':
      context.status = 422;
      context.body = { detail: [{ loc: ['body', 'agent_id'], msg: 'Field required', type: 'missing' }] };
      return;
    case 'html':
      context.body = '<!doctype html><title>Welcome</title>';
      return;
    case 'huge':
      context.body = JSON.stringify({ answer: { type: 'answer', sdp: 'x'.repeat(70_000) } });
      return;
    case 'redirect':
      context.redirect('/server/answer/webrtc/offer');
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
};

async function readBody(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
