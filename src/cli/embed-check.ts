import { readArguments } from './arguments.js';
import { type Command, UsageError } from './command.js';
import { readConfigFile } from './config-file.js';

const HELP = `Usage: millis-voice-agent embed check FILE

Says each problem of an embed config: wrong types, a size out of range, an unknown region. Sends nothing.
The CSS of background and buttonCss, and icons, can be judged only by a browser: look in the project's playground (npm start).

  FILE         JSON, at most 64 kB; - reads stdin
  --help       this text

Exit codes: 0 good, 1 problems, 2 wrong usage.`;

/** `millis-voice-agent embed check FILE`. */
export const embedCheck: Command = {
  summary: 'says what is wrong in an embed config',
  async run(args, terminal) {
    const { help, words } = readArguments(args, []);
    if (help) {
      terminal.say(HELP);
      return 0;
    }
    const [path, ...more] = words;
    if (path === undefined || more.length > 0) throw new UsageError('embed check wants one file.');
    const file = await readConfigFile(path, terminal);
    if (!file) return 1;
    terminal.say(`${file.name} is good.`);
    return 0;
  },
};
