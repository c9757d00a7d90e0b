import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const DOCUMENT = new URL('../../docs/gateway.md', import.meta.url);
const FENCE = /^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$/gms;

/** A block of code of `docs/gateway.md`. */
interface Block {
  readonly language: string;
  /** `express/server.js`: a file of the recipe `express`. `''` where it has none. */
  readonly title: string;
  readonly text: string;
}

/** `docs/gateway.md`. */
export const documentText = readFileSync(DOCUMENT, 'utf8');

/** All blocks of the document, in its order. */
export const blocks: readonly Block[] = [...documentText.matchAll(FENCE)].map(
  ([, language = '', title = '', text = '']) => ({ language, title, text }),
);

/** The text of one block, as it stands. */
export function block(title: string): string {
  const found = blocks.find((each) => each.title === title);
  if (!found) throw new Error(`docs/gateway.md has no block ${title}.`);
  return found.text;
}

/** The commands of a block of shell, one a line. */
export function commands(title: string): readonly string[] {
  return block(title)
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** Writes the files of a recipe into a folder, and `files` beside them. */
export async function writeRecipe(
  recipe: string,
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const own = blocks
    .filter(({ title }) => title.startsWith(`${recipe}/`) && !title.endsWith('/run'))
    .map(({ title, text }): [string, string] => [title.slice(recipe.length + 1), text]);
  const all = {
    'package.json': '{ "type": "module", "private": true }',
    ...Object.fromEntries(own),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
