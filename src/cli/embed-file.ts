import { stat } from 'node:fs/promises';
import { UsageError } from './command.js';
import { readConfigFile } from './config-file.js';
import type { Terminal } from './terminal.js';

/** What a look at the file said. Both are empty where it did not change. */
export interface Look {
  /** Why it cannot be served, a line each. */
  readonly problems: readonly string[];
  /** What is worth knowing about a good file. */
  readonly remarks: readonly string[];
}

const NOTHING_NEW: Look = { problems: [], remarks: [] };

/** An embed config in a file that may be changed at any time. What is no good config is not taken: the last good one stays. */
export class EmbedFile {
  readonly #path: string;
  readonly #terminal: Terminal;
  #stamp: string | undefined;
  #config: unknown;

  /** @param terminal whose key no embed config may hold */
  constructor(path: string, terminal: Terminal) {
    this.#path = path;
    this.#terminal = terminal;
  }

  /** The last good one. `undefined`: there was none yet. */
  get config(): unknown {
    return this.#config;
  }

  /** Reads the file if it is another than before. */
  async refresh(): Promise<Look> {
    const stamp = await stampOf(this.#path);
    if (stamp === this.#stamp) return NOTHING_NEW;
    this.#stamp = stamp;
    const lines: string[] = [];
    const terminal = { ...this.#terminal, warn: (line: string) => void lines.push(line) };
    try {
      const file = await readConfigFile(this.#path, terminal);
      if (!file) return { problems: lines, remarks: [] };
      this.#config = JSON.parse(file.text);
      return { problems: [], remarks: lines };
    } catch (error) {
      if (error instanceof UsageError) return { problems: [error.message], remarks: [] };
      throw error;
    }
  }
}

/** Another text has another time or size, and a file that was put in its place another number. */
async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return [mtimeMs, size, ino].join();
  } catch {
    return 'away';
  }
}
