import type { ButtonState } from '../../src/protocol/embed-config.js';
import type { Choice, Look } from './choice.js';

/** One field of a choice: how to read it, and the choice with it changed. */
export interface Lens<Value> {
  /** As problems name it. */
  readonly path: string;
  read(choice: Choice): Value;
  write(choice: Choice, value: Value): Choice;
}

type Text = 'agentId' | 'server' | 'script' | 'region' | 'configSrc' | 'placement' | 'trigger';

/** A text that is no part of the look. */
export function wiring<Name extends Text | 'muted' | 'disabled'>(path: Name): Lens<Choice[Name]> {
  return {
    path,
    read: (choice) => choice[path],
    write: (choice, value) => ({ ...choice, [path]: value }),
  };
}

/** A text of the look; '' is not set. */
export function lookText(path: 'background' | 'buttonCss'): Lens<string> {
  return {
    path,
    read: ({ look }) => look[path] ?? '',
    write: (choice, value) => withLook(choice, { [path]: value || undefined }),
  };
}

/** The title or icon of one state; '' is the widget's own. */
export function perState(name: 'titles' | 'icons', state: keyof ButtonState): Lens<string> {
  return {
    path: `${name}.${state}`,
    read: ({ look }) => look[name]?.[state] ?? '',
    write: (choice, value) => {
      const before = choice.look[name] ?? { idle: '', connecting: '', running: '' };
      const states = { ...before, [state]: value };
      return withLook(choice, { [name]: Object.values(states).some(Boolean) ? states : undefined });
    },
  };
}

export const SIZE: Lens<number | undefined> = {
  path: 'size',
  read: ({ look }) => look.size ?? undefined,
  write: (choice, size) => withLook(choice, { size }),
};

/** `on`, `off`, or '' where the config decides. */
export const TRANSCRIPT: Lens<string> = {
  path: 'transcript',
  read: ({ look: { transcript } }) => (transcript == null ? '' : transcript ? 'on' : 'off'),
  write: (choice, value) => withLook(choice, { transcript: value === '' ? undefined : value === 'on' }),
};

/** What is not set has no name in the look. */
function withLook(choice: Choice, part: Look): Choice {
  const set = Object.entries({ ...choice.look, ...part }).filter(([, value]) => value !== undefined);
  return { ...choice, look: Object.fromEntries(set) };
}
