import { readArguments } from './arguments.js';
import { type Command, UsageError } from './command.js';

const HELP = `Usage: MILLIS_PRIVATE_KEY=… millis-voice-agent gateway --config gateway.json

Answers the widget's calls at POST /webrtc/offer: it adds the private key, and lets only the pages and agents of the file through.

  --config FILE   the settings, as JSON
  --port NUMBER   where it listens; 0 takes a free one. Default: the file's, else 8080
  --host ADDRESS  the address it listens at. Default: the file's, else 0.0.0.0, which is all of IPv4; :: is all there is
  --help          this text

A file to begin with:

  {
    "origins": ["https://www.example.com"],
    "agents": {
      "receptionist": { "id": "-OKdqbqetEcM4ak369ym", "region": "us-west" }
    },
    "limits": { "visitor": { "requests": 10, "seconds": 60 }, "sessionsADay": 500 }
  }

It may hold each option of createGateway that JSON can say, and "port", "host", and "pageTokens": true, with which a call needs a
page token. An agent's "embed" may name a file, from the folder of this one; it is read anew when it changed. Behind proxies set
"trustedHops" to their number: else all visitors count as one.

  MILLIS_PRIVATE_KEY    the platform's private key. It belongs here, and not in the file
  MILLIS_TOKEN_SECRET   what page tokens are signed with, at least 32 characters
  REDIS_URL             limits are shared with other gateways through this Redis: redis://host:6379, rediss://… with TLS

Logs are lines of JSON. SIGTERM and SIGINT end it: running calls are answered first, for at most 10 s.
Exit codes: 0 ended by a signal, 1 by an error that nobody foresaw, 2 not started; what is wrong is listed, a line each.`;

/** `millis-voice-agent gateway --config FILE`. */
export const gateway: Command = {
  summary: 'the server between your pages and the platform, which keeps the key',
  async run(args, terminal) {
    const { help, options, words } = readArguments(args, ['config', 'port', 'host']);
    if (help) {
      terminal.say(HELP);
      return 0;
    }
    const { config, port, host } = options;
    if (config === undefined || words.length > 0) throw new UsageError('gateway wants --config and a file.');
    if (port !== undefined && !/^\d{1,5}$/.test(port)) throw new UsageError('--port wants a number.');
    if (host === '') throw new UsageError('--host wants an address.');
    // Not for those who only look at an embed config.
    const { runGateway } = await import('./run-gateway.js');
    return runGateway({ config, port: port === undefined ? undefined : Number(port), host }, terminal);
  },
};
