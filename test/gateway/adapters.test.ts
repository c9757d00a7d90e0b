import { after } from 'node:test';
import { cliKind } from './conformance/cli-subject.js';
import {
  bunDifferences,
  expressDifferences,
  nextDifferences,
  workerDifferences,
} from './conformance/differences.js';
import { nextKind } from './conformance/next-subject.js';
import { recipeKind } from './conformance/recipe-subject.js';
import { openSites } from './conformance/site.js';
import { conformance } from './conformance/suite.js';
import { workerKind } from './conformance/worker-subject.js';

const DENO = 'Deno tells it only of requests that came in one piece';

const sites = openSites();
after(async () => (await sites).remove());

// `ONLY=Deno` runs one of them.
const only = process.env['ONLY'] ?? '';
for (const kind of [
  nextKind(sites, nextDifferences),
  workerKind(sites, workerDifferences),
  recipeKind(sites, 'express', { name: 'a handler of Express', differences: expressDifferences }),
  recipeKind(sites, 'bun', { name: 'a server of Bun', differences: bunDifferences }),
  recipeKind(sites, 'deno', { name: 'a server of Deno', missesLeaving: DENO }),
  recipeKind(sites, 'hono', { name: 'a route of Hono' }),
  cliKind(sites),
]) {
  if (kind.name.includes(only)) conformance(kind, sites);
}
