import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commands } from '../recipes.js';
import { type Running, serveCommand, subjectOf } from './process-subject.js';
import { SETTINGS } from './settings.js';
import type { Sites } from './site.js';
import type { GatewayName, Kind } from './subject.js';

/** The program of the package, once for each gateway of the suite. */
export function cliKind(sites: Promise<Sites>): Kind {
  return {
    name: 'the command line',
    knowsPeer: true,
    withoutFunctions: true,
    start: async (upstream) => {
      const { open, path } = await sites;
      const cwd = await open('cli');
      const names = Object.keys(SETTINGS) as GatewayName[];
      const running = await Promise.all(
        names.map(async (name): Promise<readonly [GatewayName, Running]> => {
          const settings = {
            ...SETTINGS[name],
            platform: upstream,
            pageTokens: name === 'tokens',
            host: '127.0.0.1',
          };
          await writeFile(join(cwd, `${name}.json`), JSON.stringify(settings));
          const [command = ''] = commands('cli/run');
          const own = command.replace('gateway.json', `${name}.json`);
          return [name, await serveCommand((port) => `${own} --port ${port}`, { cwd, path })];
        }),
      );
      const programs = new Map(running);
      return subjectOf([...programs.values()], (gateway) => {
        const program = programs.get(gateway);
        if (!program) throw new Error(`There is no gateway ${gateway}.`);
        return { program, basePath: '' };
      });
    },
  };
}
