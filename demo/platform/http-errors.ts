import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';

/** An error with the API's `HTTPError` body. Throw it from a handler. */
export function httpError(
  status: ContentfulStatusCode,
  detail: string,
  headers: HeadersInit = {},
): HTTPException {
  return new HTTPException(status, { res: Response.json({ detail }, { status, headers }) });
}

/** The request's JSON, as the schema understands it. Throws the API's 422 `HTTPValidationError` otherwise. */
export async function readBody<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await context.req.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw validationError([{ loc: ['body', 0], msg: 'JSON decode error', type: 'json_invalid' }]);
  }
  return parse(schema, json, 'body');
}

/** The value, as the schema understands it. Throws a 422 that names where the value came from. */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  from: 'body' | 'query',
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw validationError(
    result.error.issues.map(({ path, message, code }) => ({
      loc: [from, ...path.map((part) => (typeof part === 'number' ? part : String(part)))],
      msg: message,
      type: code,
    })),
  );
}

interface ValidationError {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

function validationError(detail: readonly ValidationError[]): HTTPException {
  return new HTTPException(422, { res: Response.json({ detail }, { status: 422 }) });
}

/** Wants the key in `Authorization`, bare or as a Bearer token. Takes the same time for every wrong key. */
export function demandKey(key: string): MiddlewareHandler {
  const expected = digest(key);
  return async (context, next) => {
    const given = context.req.header('authorization') ?? '';
    if (!timingSafeEqual(digest(given.replace(/^Bearer\s+/i, '')), expected)) {
      throw httpError(401, 'Invalid or missing API key.');
    }
    await next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
