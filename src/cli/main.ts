import { type ExitCode, runGroup, UsageError } from './command.js';
import { embed } from './embed.js';
import { gateway } from './gateway.js';
import type { Terminal } from './terminal.js';

/** Runs the program with its arguments. Never rejects: what went wrong is said in one line. */
export async function main(args: readonly string[], terminal: Terminal, version: string): Promise<ExitCode> {
  const program = {
    name: 'millis-voice-agent',
    commands: { embed, gateway },
    prints: { '--version': { summary: 'the version', text: version } },
  };
  try {
    return await runGroup(program, args, terminal);
  } catch (error) {
    const wrongUsage = error instanceof UsageError;
    const message = error instanceof Error ? error.message : String(error);
    terminal.warn(wrongUsage ? `${message} --help says more.` : message);
    return wrongUsage ? 2 : 1;
  }
}
