import { commands, writeRecipe } from '../recipes.js';
import { serveCommand, subjectOf } from './process-subject.js';
import type { Sites } from './site.js';
import type { Kind } from './subject.js';
import { basePathOf, voiceFile } from './voice-file.js';

/** A recipe of the document that is one program, with the tests' own options. */
export function recipeKind(
  sites: Promise<Sites>,
  recipe: string,
  kind: Pick<Kind, 'name' | 'differences' | 'missesLeaving'>,
): Kind {
  return {
    knowsPeer: true,
    ...kind,
    start: async (upstream) => {
      const { open, path } = await sites;
      const cwd = await open(recipe);
      await writeRecipe(recipe, cwd, { 'voice.js': voiceFile(upstream) });
      const [command = ''] = commands(`${recipe}/run`);
      const program = await serveCommand(command, { cwd, path });
      return subjectOf([program], (gateway) => ({ program, basePath: basePathOf(gateway) }));
    },
  };
}
