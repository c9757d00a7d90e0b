import type { FunctionCall } from './agent-script.js';
import { InterimText, type InterimHabit, wordsBegun } from './interim-text.js';
import { fadedOut, FRAME_SAMPLES, frameAt, SILENCE } from './pcm.js';
import type { SessionMessage } from './session-channel.js';

/** What the agent is about to say, and why. Only a `last` turn cannot be cut by anything. */
export interface AgentTurnPlan {
  readonly kind: 'greeting' | 'answer' | 'notice' | 'last';
  readonly text: string;
  readonly sound: Promise<Int16Array>;
  /** On the conversation's clock. */
  readonly startsAtMs: number;
  readonly functionCall?: FunctionCall | undefined;
  /** Runs when all has been said, or when the visitor cut it. */
  readonly afterwards?: (() => void) | undefined;
}

/** One turn of the agent, said frame by frame, its text sent in step with the sound. */
export class AgentTurn {
  private readonly interim: InterimText;
  private samples: Int16Array | undefined;
  private position = 0;

  constructor(
    readonly plan: AgentTurnPlan,
    habit: InterimHabit,
    private readonly send: (message: SessionMessage) => void,
  ) {
    this.interim = new InterimText(habit, (text) =>
      send({ method: 'onresponsetext', data: text, payload: { is_final: false } }),
    );
    void plan.sound.then((samples) => (this.samples = samples));
  }

  /** It can be heard: the first frame has been given out. */
  get begun(): boolean {
    return this.position > 0;
  }

  get finished(): boolean {
    return this.samples !== undefined && this.position >= this.samples.length;
  }

  /** What the visitor has heard so far, in whole words. */
  get saidText(): string {
    return this.interim.text;
  }

  /** Whether `nextFrame` would say something now. */
  isDue(nowMs: number): boolean {
    return this.samples !== undefined && nowMs >= this.plan.startsAtMs;
  }

  /** The next 10 ms. Sends the words that begin in them, and the final text with the last frame. */
  nextFrame(): Int16Array {
    if (this.samples === undefined) return SILENCE;
    const frame = frameAt(this.samples, this.position);
    this.interim.grow(wordsBegun(this.plan.text, this.position / this.samples.length));
    this.position += FRAME_SAMPLES;
    if (this.finished) {
      this.interim.grow(this.plan.text);
      this.send({ method: 'onresponsetext', data: this.plan.text, payload: { is_final: true } });
    }
    return frame;
  }

  /** One last frame, falling to silence. No final text follows: the words so far are what was said. */
  cut(): Int16Array {
    return this.samples === undefined ? SILENCE : fadedOut(frameAt(this.samples, this.position));
  }
}
