import { z } from 'zod';

// Bounds stand where a number or a text would otherwise let one request occupy the machine.
const text = z.string().max(10_000);
const seconds = z.number().positive().max(86_400);
const delayMs = z.number().int().min(0).max(60_000);

const providers = [
  ...[
    'elevenlabs',
    'openai',
    'cartesia',
    'playht',
    'deepgram',
    'rime',
    'neets',
    'openai_realtime',
    'dubverse',
  ],
  ...['orpheus', 'sesame', 'kokoro', 'sarvam', 'hume'],
];

const Voice = z.object({
  provider: z.string().refine((provider) => providers.includes(provider), 'Not one of the voice providers.'),
  voice_id: text,
  model: text.nullish(),
  settings: z.record(z.string(), z.unknown()).nullish(),
});

const Flow = z.looseObject({
  user_start_first: z.boolean().nullish(),
  interruption: z
    .object({
      allowed: z.boolean().nullish(),
      keep_interruption_message: z.boolean().nullish(),
      // The reference spells it with three s.
      first_messsage: z.boolean().nullish(),
    })
    .nullish(),
  response_delay: z
    .union([delayMs, z.object({ generic_delay: delayMs.nullish(), number_input_delay: delayMs.nullish() })])
    .nullish(),
  agent_terminate_call: z
    .object({ enabled: z.boolean(), instruction: text.nullish(), messages: z.array(text).nullish() })
    .nullish(),
  inactivity_handling: z.object({ idle_time: seconds, message: text }).nullish(),
});

/** The reference's `AgentConfig`. The parts that mean nothing to a scripted agent are kept as they come. */
export const AgentConfig = z.looseObject({
  prompt: text,
  voice: Voice,
  flow: Flow.nullish(),
  first_message: text.nullish(),
  language: text.nullish(),
  vad_threshold: z.number().nullish(),
  session_timeout: z
    .object({ max_duration: seconds.nullish(), max_idle: seconds.nullish(), message: text.nullish() })
    .nullish(),
});
export type AgentConfig = z.infer<typeof AgentConfig>;

/** The reference's `AgentCreate`. */
export const AgentCreate = z.object({ name: text, config: AgentConfig });

/** The reference's `AgentUpdate`: what the config names is replaced, the rest stays. */
export const AgentUpdate = z.object({ name: text, config: AgentConfig.partial() });
export type AgentUpdate = z.infer<typeof AgentUpdate>;

/** How a conversation runs, read from a config: every default in one place. `undefined` means "never". */
export interface ConversationSettings {
  readonly firstMessage: string | undefined;
  readonly responseDelayMs: number;
  readonly interruptible: boolean;
  readonly firstMessageInterruptible: boolean;
  readonly maxDurationMs: number | undefined;
  readonly maxIdleMs: number | undefined;
  readonly timeoutMessage: string | undefined;
  readonly inactivity: { readonly afterMs: number; readonly message: string } | undefined;
  readonly mayEndCall: boolean;
}

/** Short enough to feel attentive, long enough to be heard as a pause. */
const DEFAULT_RESPONSE_DELAY_MS = 200;

/** Reads the settings out of a config. */
export function conversationSettings(config: AgentConfig): ConversationSettings {
  const { flow, session_timeout: timeout } = config;
  const delay = flow?.response_delay;
  const inactivity = flow?.inactivity_handling;
  const interruptible = flow?.interruption?.allowed ?? true;
  return {
    firstMessage: flow?.user_start_first ? undefined : nonEmpty(config.first_message),
    responseDelayMs: (typeof delay === 'object' ? delay?.generic_delay : delay) ?? DEFAULT_RESPONSE_DELAY_MS,
    interruptible,
    firstMessageInterruptible: interruptible && (flow?.interruption?.first_messsage ?? true),
    maxDurationMs: inMs(timeout?.max_duration),
    maxIdleMs: inMs(timeout?.max_idle),
    timeoutMessage: nonEmpty(timeout?.message),
    inactivity: inactivity
      ? { afterMs: inactivity.idle_time * 1000, message: inactivity.message }
      : undefined,
    mayEndCall: flow?.agent_terminate_call?.enabled ?? false,
  };
}

function nonEmpty(line: string | null | undefined): string | undefined {
  return line === '' ? undefined : (line ?? undefined);
}

function inMs(amountSeconds: number | null | undefined): number | undefined {
  return amountSeconds == null ? undefined : amountSeconds * 1000;
}
