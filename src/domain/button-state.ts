/** Whatever is kept once for each of the button's three states. */
export interface PerState<Value> {
  readonly idle: Value;
  readonly connecting: Value;
  readonly running: Value;
}

/** The names of the three states (EmbedConfig, `ButtonState`), in the order in which a call goes through them. */
export const BUTTON_STATES = ['idle', 'connecting', 'running'] as const;
