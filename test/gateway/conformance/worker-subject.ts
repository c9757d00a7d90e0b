import { block, writeRecipe } from '../recipes.js';
import { sendRaw } from './raw-http.js';
import type { Sites } from './site.js';
import type { Kind } from './subject.js';
import { basePathOf, voiceFile } from './voice-file.js';
import { openWorker } from './worker.js';

/** A Worker in `workerd`, bundled and set up as `wrangler` does it. */
export function workerKind(sites: Promise<Sites>, differences: Kind['differences'] = {}): Kind {
  return {
    name: 'a Cloudflare Worker',
    knowsPeer: false,
    differences,
    start: async (upstream) => {
      const folder = await (await sites).open('worker');
      await writeRecipe('worker', folder, { 'voice.js': voiceFile(upstream) });
      const { port, output, close } = await openWorker(folder, block('worker/wrangler.json'));
      return {
        // It notices no other way; in front of a real one is Cloudflare, which notices all.
        send: ({ gateway = 'main', path = '/', ...request }) =>
          sendRaw(port, { ...request, path: basePathOf(gateway) + path }, 'reset'),
        output,
        close,
      };
    },
  };
}
