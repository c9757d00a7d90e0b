import { EMBED_FUNCTIONS, SETTINGS } from './settings.js';
import type { GatewayName } from './subject.js';

const BASE_PATH = '/api/voice';
const NAMES = Object.keys(SETTINGS) as GatewayName[];

/** Where a gateway of the tests' own `voice.js` is. */
export function basePathOf(name: GatewayName): string {
  return name === 'main' ? BASE_PATH : `${BASE_PATH}/${name}`;
}

/** The tests' own `voice.js`, in place of the one of the document: all gateways of the suite, told apart by their base paths. */
export function voiceFile(upstream: string): string {
  const functions = Object.entries(EMBED_FUNCTIONS).map(
    ([agent, embed]) => `'${agent}': { embed: ${String(embed)} },`,
  );
  return `import { createGateway, pageTokens } from 'millis-voice-agent/gateway';

const settings = ${JSON.stringify(SETTINGS)};
const functions = { ${functions.join(' ')} };
const { MILLIS_PRIVATE_KEY: privateKey, MILLIS_TOKEN_SECRET: secret } = process.env;
const make = (name, basePath) =>
  createGateway({
    ...settings[name],
    agents: { ...settings[name].agents, ...(name === 'main' && functions) },
    privateKey,
    basePath,
    platform: ${JSON.stringify(upstream)},
    ...(name === 'tokens' && { authorize: pageTokens({ secret }) }),
  });
const gateways = { ${NAMES.map((name) => `${name}: make('${name}', '${basePathOf(name)}')`).join(', ')} };
const NAMED = /^\\/api\\/voice\\/(${NAMES.filter((name) => name !== 'main').join('|')})\\//;

export const gateway = (request, context) => {
  const [, name = 'main'] = NAMED.exec(new URL(request.url).pathname) ?? [];
  return gateways[name](request, context);
};
`;
}
