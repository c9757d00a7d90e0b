import * as z from 'zod/mini';
import { printable } from '../domain/printable.js';
import type { SessionEvent } from '../domain/session.js';

/** Longer messages are dropped unread: a hostile or broken server must not fill the page's memory. */
const MAX_MESSAGE_CHARS = 65_536;

/** The methods that say all by their name; any other is newer than this widget, or changes nothing here. */
const BARE_EVENTS = new Map([
  ['start_answering', 'answering'],
  ['clear', 'interrupted'],
  ['pause', 'paused'],
  ['unpause', 'unpaused'],
  ['onsessionended', 'ended'],
] as const satisfies [string, SessionEvent['type']][]) as ReadonlyMap<
  string,
  'answering' | 'interrupted' | 'paused' | 'unpaused' | 'ended'
>;

let schemas: ReturnType<typeof buildSchemas> | undefined;

/** Built at first use, not at load: the page that shows a button need not pay for it. */
function buildSchemas() {
  const text = z.nullish(z.string());
  const payload = z.object({
    session_id: text,
    is_final: z.nullish(z.boolean()),
    name: text,
    params: z.optional(z.unknown()),
  });
  return {
    method: z.object({ method: z.string() }),
    content: z.object({ data: text, payload: z.nullish(payload) }),
  };
}

/**
 * Reads one data-channel message in the vocabulary of the platform's public browser SDK (`@millisai/web-sdk` 1.0.15): JSON
 * text `{ method, data?, payload? }`. `undefined` for one that is malformed or too long. Never throws.
 */
export function parseSessionMessage(data: unknown): SessionEvent | undefined {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE_CHARS) return undefined;
  try {
    return readMessage(JSON.parse(data));
  } catch {
    return undefined;
  }
}

function readMessage(message: unknown): SessionEvent | undefined {
  schemas ??= buildSchemas();
  const method = schemas.method.safeParse(message).data?.method;
  switch (method) {
    case undefined:
      return undefined;
    case 'onready':
    case 'ontranscript':
    case 'onresponsetext':
    case 'onfunction': {
      const content = schemas.content.safeParse(message).data;
      return content && readContent(method, content);
    }
    default:
      return { type: BARE_EVENTS.get(method) ?? 'ignored' };
  }
}

type Content = z.infer<ReturnType<typeof buildSchemas>['content']>;

function readContent(method: string, { data, payload }: Content): SessionEvent | undefined {
  if (method === 'onready') return { type: 'ready', sessionId: payload?.session_id ?? undefined };
  if (method === 'onfunction') {
    return payload?.name ? { type: 'function', name: payload.name, params: payload.params } : undefined;
  }
  if (typeof data !== 'string') return undefined;
  const role = method === 'ontranscript' ? 'user' : 'agent';
  return { type: 'text', role, text: printable(data), final: payload?.is_final ?? false };
}
