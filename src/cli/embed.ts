import { type Command, runGroup } from './command.js';
import { embedCheck } from './embed-check.js';
import { embedPush } from './embed-push.js';

/** `millis-voice-agent embed`: what is done with an embed config. */
export const embed: Command = {
  summary: 'an embed config: check it, or store it with the platform',
  run: (args, terminal) =>
    runGroup(
      { name: 'millis-voice-agent embed', commands: { check: embedCheck, push: embedPush } },
      args,
      terminal,
    ),
};
