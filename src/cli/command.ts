import type { Terminal } from './terminal.js';

/** 0: done. 1: the file has problems, or the platform refused. 2: wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** One word of the command line, and what comes after it. */
export interface Command {
  /** For the list of commands, in a few words. */
  readonly summary: string;
  /** @throws UsageError, or an `Error` whose message says what went wrong */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

/** The command line cannot be understood, or something that it needs is missing. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Several commands under one name: the first argument chooses. */
export interface CommandGroup {
  /** What is typed before the first argument. */
  readonly name: string;
  readonly commands: Readonly<Record<string, Command>>;
  /** More options than `--help`, each with its line of help and what it prints. */
  readonly prints?: Readonly<Record<string, { readonly summary: string; readonly text: string }>>;
}

/** Runs the command that the first argument names. `--help` lists them, and without any argument that is wrong usage. */
export async function runGroup(
  group: CommandGroup,
  [first, ...rest]: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { name, commands, prints = {} } = group;
  if (first === undefined) throw new UsageError(`${name} wants one of: ${Object.keys(commands).join(', ')}.`);
  const command = own(commands, first);
  if (command) return command.run(rest, terminal);
  const text = first === '--help' || first === '-h' ? helpOf(group) : own(prints, first)?.text;
  if (text === undefined) {
    throw new UsageError(`${name} knows no "${first}", but: ${Object.keys(commands).join(', ')}.`);
  }
  terminal.say(text);
  return 0;
}

function helpOf({ name, commands, prints = {} }: CommandGroup): string {
  const rows = (entries: Readonly<Record<string, { readonly summary: string }>>) =>
    Object.entries(entries).map(([word, { summary }]) => `  ${word.padEnd(12)}${summary}`);
  return [
    `Usage: ${name} COMMAND`,
    '',
    ...rows(commands),
    '',
    ...rows({ '--help': { summary: 'this text; after a command, what that one does' }, ...prints }),
  ].join('\n');
}

/** `constructor` is no command. */
function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
