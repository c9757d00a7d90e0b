import { FRAME_MS } from './pcm.js';

/** Sound for this long, short gaps aside, is speech. */
const MIN_SPEECH_MS = 200;
/** Silence for this long ends a turn: longer than the pauses inside a sentence. */
const HANGOVER_MS = 600;
/** Quieter than this is never speech, however quiet the room. */
const FLOOR_DB = -45;
/** How far speech stands out above the room's noise. */
const ABOVE_NOISE_DB = 10;

/** What is known about the visitor's side after the frames so far. */
interface VoiceActivity {
  readonly speaking: boolean;
  /** Sound collected towards the decision that this is speech. */
  readonly voicedMs: number;
  /** Silence since the last sound. */
  readonly quietMs: number;
  /** Estimate of the room's noise. */
  readonly noiseDb: number;
  /** What this frame decided. `ended` comes `HANGOVER_MS` after the last sound. */
  readonly decision: 'none' | 'started' | 'ended';
}

/** Nothing heard yet. */
export const QUIET: VoiceActivity = {
  speaking: false,
  voicedMs: 0,
  quietMs: 0,
  noiseDb: -65,
  decision: 'none',
};

/** How much of a finished turn's end is the silence that ended it. */
export const TURN_TAIL_MS = HANGOVER_MS;

/** How much sound comes before the decision that somebody speaks, gaps not counted. */
export const TURN_LEAD_MS = MIN_SPEECH_MS;

/**
 * Pure. Takes one frame's level. `raisedDb` asks for more loudness, while the agent's own voice may come back through the
 * visitor's microphone.
 */
export function hearFrame(state: VoiceActivity, frameDb: number, raisedDb = 0): VoiceActivity {
  const voiced = frameDb > Math.max(FLOOR_DB, state.noiseDb + ABOVE_NOISE_DB) + raisedDb;
  const next = { ...state, noiseDb: followNoise(state.noiseDb, frameDb, voiced) };
  return state.speaking ? whileSpeaking(next, voiced) : whileSilent(next, voiced);
}

function whileSilent(state: VoiceActivity, voiced: boolean): VoiceActivity {
  // A gap takes back half of what sound gave: syllables add up, single clicks do not.
  const voicedMs = voiced ? state.voicedMs + FRAME_MS : Math.max(0, state.voicedMs - FRAME_MS / 2);
  const started = voicedMs >= MIN_SPEECH_MS;
  return {
    ...state,
    speaking: started,
    voicedMs: started ? 0 : voicedMs,
    quietMs: 0,
    decision: started ? 'started' : 'none',
  };
}

function whileSpeaking(state: VoiceActivity, voiced: boolean): VoiceActivity {
  const quietMs = voiced ? 0 : state.quietMs + FRAME_MS;
  const ended = quietMs >= HANGOVER_MS;
  return { ...state, speaking: !ended, quietMs: ended ? 0 : quietMs, decision: ended ? 'ended' : 'none' };
}

/** Falls quickly to a quieter room; rises slowly, and slower still on what may be speech. */
function followNoise(noiseDb: number, frameDb: number, voiced: boolean): number {
  const speed = frameDb < noiseDb ? 0.1 : voiced ? 0.001 : 0.01;
  return Math.max(-75, Math.min(-30, noiseDb + (frameDb - noiseDb) * speed));
}
