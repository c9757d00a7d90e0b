import { z } from 'zod';

const text = z.string().max(20_000);
const ButtonState = z.object({ idle: text, connecting: text, running: text });

/** The reference's `EmbedConfig`. Unlike the widget, the platform refuses what it does not understand. */
export const EmbedConfig = z.object({
  titles: ButtonState.nullish(),
  icons: ButtonState.nullish(),
  background: text.nullish(),
  buttonCss: text.nullish(),
  size: z.number().int().nullish(),
  transcript: z.boolean().nullish(),
  region: text.nullish(),
});
export type EmbedConfig = z.infer<typeof EmbedConfig>;
