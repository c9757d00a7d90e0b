import type { Settings } from './settings.js';

/** What a route answers, before the headers that all answers have. */
export interface RouteAnswer {
  readonly status: number;
  readonly body: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** JSON that nobody keeps. */
export function json(
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): RouteAnswer {
  return { status, body: JSON.stringify(value), headers };
}

/** The headers of every answer. Only a listed origin is named, and never a text of the request. */
export function commonHeaders(origin: string | undefined, requestId: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    vary: 'Origin',
    ...(origin !== undefined && {
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'Retry-After, X-Request-Id',
    }),
  };
}

/** The answer to a preflight (Fetch standard, section 3.3.5). Two hours are the most that Chromium keeps. */
export function preflight(methods: readonly string[], { allowHeaders }: Settings): RouteAnswer {
  return {
    status: 204,
    body: null,
    headers: {
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': allowHeaders,
      'access-control-max-age': '7200',
    },
  };
}
