import { z } from 'zod';

const text = z.string();
const ButtonState = z.looseObject({ idle: text, connecting: text, running: text });

/**
 * The reference's `EmbedConfig`. Unlike the widget, the platform refuses a config with one wrong field. Fields that nobody knows
 * are kept and served.
 */
export const EmbedConfig = z.looseObject({
  titles: ButtonState.nullish(),
  icons: ButtonState.nullish(),
  background: text.nullish(),
  buttonCss: text.nullish(),
  size: z.number().int().nullish(),
  transcript: z.boolean().nullish(),
  region: text.nullish(),
});
export type EmbedConfig = z.infer<typeof EmbedConfig>;
