import type { StoreAnswer } from './store-config.js';
import type { Target } from './target.js';

/** Who was to store what. */
export interface Attempt {
  readonly agentId: string;
  readonly target: Target;
  readonly auth: 'bearer' | 'bare';
}

/** Why the config is not stored: what to do, and what the platform said, a line each. Empty: it is stored. */
export function describeRefusal(answer: StoreAnswer, attempt: Attempt): string[] {
  const { status, location, text } = answer;
  if (status >= 300 && status < 400) {
    return [
      `The server sends on to ${location ?? 'nowhere'}, and the key does not go there. Name that server yourself.`,
    ];
  }
  const json = text === undefined ? undefined : parseJson(text);
  if (status < 300) return describeSuccess(answer, json);
  const said = platformSays(json);
  return [advice(status, attempt), ...(said.length > 0 ? said : [`It gave no reason.`])];
}

/** A page of HTML with a 200 is what a wrong address, or the login page of a network, answers. */
function describeSuccess({ text }: StoreAnswer, json: unknown): string[] {
  if (text === '') return [];
  if (json === undefined) {
    return [
      'The server answered with something that is not JSON. Is its address right? Nothing is known to be stored.',
    ];
  }
  return property(json, 'success') === false ? ['The platform said that it did not store it.'] : [];
}

function advice(status: number, { agentId, target, auth }: Attempt): string {
  switch (status) {
    case 401:
      return `401: the key is not accepted. Compare MILLIS_PRIVATE_KEY with the one in your account; if it is right, try ${
        auth === 'bare' ? 'without --auth bare' : '--auth bare'
      }.`;
    case 403:
      return `403: this key may not change agent ${agentId}. Use the private key of the account that the agent belongs to.`;
    case 404:
    case 405:
      return `${status}: there is no agent ${agentId} ${where(target)}`;
    case 413:
      return '413: the config is too large. Large icons are better kept as files, and named by their URL.';
    case 422:
      return '422: the platform does not take the config:';
    case 429:
      return '429: too many requests. Try again in a minute.';
    default:
      return status >= 500
        ? `${status}: the server has a problem. Try again later.`
        : `${status}: the server refused.`;
  }
}

function where({ baseUrl, region }: Target): string {
  if (region === undefined) return `at ${baseUrl}, or it does not store configs. A gateway only serves them.`;
  const other = region.toLowerCase().includes('eu') ? 'us-west' : 'eu-west';
  return `in ${region}. Compare its id; if it is right, try --region ${other}.`;
}

/** An `HTTPError` has words in `detail`, an `HTTPValidationError` a list with one entry for each field. */
function platformSays(json: unknown): string[] {
  const detail = property(json, 'detail');
  if (typeof detail === 'string') return [`The platform said: ${detail}`];
  if (!Array.isArray(detail)) return [];
  return detail.map((entry: unknown) => {
    const loc = property(entry, 'loc');
    const path = Array.isArray(loc) ? loc.filter((part, index) => index > 0 || part !== 'body') : [];
    const message = property(entry, 'msg');
    return `${path.join('.') || 'config'}: ${typeof message === 'string' ? message : 'refused'}`;
  });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
