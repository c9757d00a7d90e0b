type Cleanup = () => void | Promise<void>;

const cleanups: Cleanup[] = [];

/** Runs `cleanup` after the test, before it is looked whether anything is left alive. */
export function afterTest(cleanup: Cleanup): void {
  cleanups.push(cleanup);
}

/** Runs what was registered, last first. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}
