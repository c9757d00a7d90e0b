/** `npm run docs:faults`: writes `docs/faults.md` from the table of faults and from the tests that there are. */
import { writeFileSync } from 'node:fs';
import { faultsDocument } from './document.js';

writeFileSync('docs/faults.md', faultsDocument());
