import { alive } from './ledger.js';
import { chai, expect, fixtureCleanup } from '@open-wc/testing';
import { cleanUp } from './cleanup.js';
import { nextTask } from './next-task.js';

chai.config.truncateThreshold = 0;

/** The promise is a tenth of a second; a loaded machine gets more before it is called a leak. */
const PATIENCE_MS = 1000;

afterEach('nothing of a call is alive', async function () {
  await cleanUp();
  fixtureCleanup();
  const deadline = performance.now() + PATIENCE_MS;
  while (alive().length > 0 && performance.now() < deadline) await nextTask();
  expect(alive(), `alive after "${this.currentTest?.title ?? ''}"`).to.deep.equal([]);
});
