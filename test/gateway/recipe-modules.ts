import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { offerBody } from './conformance/offers.js';
import { ORIGIN } from './conformance/settings.js';
import type { openSites } from './conformance/site.js';
import { writeRecipe } from './recipes.js';

/** A recipe in a folder of its own, with `files` beside its own ones, and one of its files loaded. */
export async function loadRecipe(
  sites: Awaited<ReturnType<typeof openSites>>,
  recipe: string,
  file: string,
  files: Readonly<Record<string, string>> = {},
): Promise<object> {
  const folder = await sites.open(recipe);
  await writeRecipe(recipe, folder, files);
  return (await import(pathToFileURL(join(folder, file)).href)) as object;
}

/** A good request for a call, from a page that is listed. */
export function offerRequest(path: string, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request(`https://www.example.com${path}`, {
    method: 'POST',
    headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
    body: offerBody('good'),
  });
}

/** Of an error body. */
export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { readonly code: string }).code;
}
