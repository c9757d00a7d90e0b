import { parseArgs } from 'node:util';
import { UsageError } from './command.js';

/** A command line that was taken apart. */
export interface Arguments<Option extends string> {
  /** `--help` was among them, so nothing else counts. */
  readonly help: boolean;
  readonly options: Readonly<Partial<Record<Option, string>>>;
  /** What is no option, in its order. `-` alone is one of these. */
  readonly words: readonly string[];
}

/** No argument of a process can hold this character. */
const HIDDEN = '\0';

/**
 * Takes a command line apart. Each of the options wants a value.
 *
 * @throws UsageError for an option that is not among them, or without its value
 */
export function readArguments<Option extends string>(
  args: readonly string[],
  names: readonly Option[],
): Arguments<Option> {
  try {
    const { values, positionals } = parseArgs({
      args: args.map(hideDash),
      allowPositionals: true,
      options: {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { help, ...options } = values;
    const shown = Object.entries(options).map(([name, value]) => [name, showDash(String(value))]);
    return {
      help,
      options: Object.fromEntries(shown) as Partial<Record<Option, string>>,
      words: positionals.map(showDash),
    };
  } catch (error) {
    // The sentences after the first are about a way to write things that is not needed here.
    const [first = ''] = (error instanceof Error ? error.message : '').split(/\.\s/);
    throw new UsageError(`${first.replace(/\.$/, '')}.`, { cause: error });
  }
}

/** The platform's agent ids begin with a hyphen (`-OKdqbqetEcM4ak369ym`), which would be read as a row of short options. */
function hideDash(argument: string): string {
  return /^-[^-]/.test(argument) && argument !== '-h' ? HIDDEN + argument : argument;
}

function showDash(argument: string): string {
  return argument.replace(HIDDEN, '');
}
