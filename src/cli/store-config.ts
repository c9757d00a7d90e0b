import { readBody } from '../protocol/response-body.js';

/** What is to be stored, where, and by whom. */
export interface StoreRequest {
  readonly baseUrl: string;
  readonly agentId: string;
  /** The key, as the `Authorization` header has it. */
  readonly authorization: string;
  /** An `EmbedConfig` as JSON. */
  readonly config: string;
}

/** What came back, whatever it is. */
export interface StoreAnswer {
  readonly status: number;
  /** Where a redirect points to. It was not followed: the key must not come to another server. */
  readonly location: string | undefined;
  /** `undefined`: longer than 64 kB. */
  readonly text: string | undefined;
}

const TIMEOUT_MS = 10_000;

/**
 * `POST {base}/agents/{agent_id}/embed` (API reference, Set Embed Config). Gives up after 10 s, answer included.
 *
 * @throws an `Error` that says why there is no answer
 */
export async function storeConfig(request: StoreRequest): Promise<StoreAnswer> {
  const { baseUrl, agentId, authorization, config } = request;
  try {
    const response = await fetch(`${baseUrl}/agents/${encodeURIComponent(agentId)}/embed`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
      body: config,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return {
      status: response.status,
      location: response.headers.get('location') ?? undefined,
      text: await readBody(response),
    };
  } catch (cause) {
    throw new Error(`${baseUrl}: ${reason(cause)}.`, { cause });
  }
}

/** `fetch` says only that it failed: the reason is its cause, and sometimes nothing but a code. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  const { message, code } = (error.cause ?? error) as NodeJS.ErrnoException;
  return `it cannot be reached (${message || (code ?? 'no reason given')})`;
}
