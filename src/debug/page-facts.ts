import { regionBaseUrl } from '../domain/region.js';
import { looksLikeKey } from '../domain/looks-like-key.js';
import { version } from '../version.js';
import type { ConfigProblems, DebugHost } from './debug-source.js';
import type { Row } from './sections.js';

const UNKNOWN = 'this browser does not tell';
/** What comes before the value in a warning, and is in no config. */
const BEFORE_VALUE = ', got ';
/** Of what goes wrong with a fetched config, the words that have nothing of the config or its address in them. */
const OWN_WORDS = /the server said \d+|no response within \d+ ms|longer than \d+ bytes/;

/** Whether this page and browser could make a call. Asks the visitor nothing. */
export async function readReadiness(host: DebugHost): Promise<readonly Row[]> {
  const { ready, code, microphone = UNKNOWN } = await host.checkReadiness();
  const { onLine, mediaDevices } = navigator as Partial<Navigator>;
  const devices = (await mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const count = (kind: MediaDeviceKind) => devices.filter((device) => device.kind === kind).length;
  return [
    ['a call could start', ready ? 'yes' : `no: ${code}`],
    ['secure page', yesNo(isSecureContext)],
    ['WebRTC', yesNo('RTCPeerConnection' in globalThis)],
    ['microphone permission', microphone],
    ['microphone policy', policy()],
    ['in a frame', self === top ? 'no' : self.origin === 'null' ? 'yes, sandboxed' : 'yes'],
    ['microphones', String(count('audioinput'))],
    ['online', yesNo(onLine ?? true)],
  ];
}

/** What the page says of the call. Of addresses only the origin, and no value of a config. */
export function readPage(host: DebugHost, region = ''): readonly Row[] {
  const { agentId, server, authorize, negotiate, iceServers, trigger, placement } = host;
  const exchange = negotiate ? 'by the page (negotiate)' : originOf(server || (regionBaseUrl(region) ?? ''));
  const isId = /^[\w-]{1,64}$/.test(agentId) && !looksLikeKey('agent-id', agentId, true);
  return [
    ['agent', isId ? agentId : agentId ? 'not shown' : 'none'],
    ['server', exchange],
    ['region', server ? 'not used' : regionBaseUrl(region) ? region || 'us-west' : 'unknown'],
    ['authorize', yesNo(Boolean(authorize))],
    ['ICE servers', iceSchemes(iceServers)],
    ['placement', placement],
    ['trigger', describeTrigger(trigger)],
    ['widget', version],
    // A version with dots looks like an address, and the first number is enough.
    ['browser', navigator.userAgent.replace(/(\d+)(?:[._]\d+)+/g, '$1')],
  ];
}

/** What was left out of the config, and why; what stood there is not said. */
export function readProblems(
  { warned, refusals }: ConfigProblems,
  brokenImages: readonly string[],
): readonly string[] {
  const told = [...warned.values()].flat().map((text) => {
    const [problem = '', ...values] = text.split(BEFORE_VALUE);
    if (values.length > 0) return problem;
    return `${text.split(':')[0] ?? ''}: ${OWN_WORDS.exec(text)?.[0] ?? 'could not be loaded'}`;
  });
  const broken = brokenImages.map(() => 'an icon could not be shown');
  return [...refusals, ...told, ...broken];
}

/** The origin of an address: no user, path or query. An IP address is not said. */
function originOf(address: string): string {
  try {
    const { protocol, hostname, port } = new URL(address, location.href);
    const host = /^(\[.*|[\d.]+)$/.test(hostname) ? '(IP address)' : hostname;
    return `${protocol}//${host}${port && `:${port}`}`;
  } catch {
    return 'not an address';
  }
}

/** Only Chromium says it, and by its older name. */
function policy(): string {
  const { featurePolicy } = document as Document & {
    featurePolicy?: { allowsFeature(name: string): boolean };
  };
  if (!featurePolicy) return UNKNOWN;
  return featurePolicy.allowsFeature('microphone') ? 'allowed' : 'forbidden';
}

function iceSchemes(servers: readonly RTCIceServer[]): string {
  const schemes = servers
    .flatMap(({ urls }) => urls)
    .map((url) => /^(stun|turn)s?(?=:)/.exec(url)?.[0] ?? 'unknown');
  return [...new Set(schemes)].join(', ') || 'none';
}

function describeTrigger(selector: string): string {
  if (!selector) return 'none';
  try {
    return `matches ${document.querySelectorAll(selector).length} elements`;
  } catch {
    return 'not a selector';
  }
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
