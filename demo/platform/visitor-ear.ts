import { FRAME_MS, joinFrames, levelDb } from './pcm.js';
import { hearFrame, QUIET, TURN_LEAD_MS, TURN_TAIL_MS } from './voice-activity.js';

/** Kept from before the decision that somebody speaks, so that a turn does not lose its first syllable. */
const LEAD_IN_FRAMES = 40;
/** Silence left at the end of a turn. */
const KEPT_TAIL_FRAMES = 10;
/** 20 seconds: more of a turn is not kept. */
const MAX_TURN_FRAMES = 2_000;
/** How much louder a visitor must be while the agent speaks: its voice may come back through an open microphone. */
const RAISED_WHILE_AGENT_SPEAKS_DB = 6;

/** Listens to the visitor: decides when a turn starts and ends, and keeps its sound. */
export class VisitorEar {
  private activity = QUIET;
  private leadIn: Int16Array[] = [];
  private turn: Int16Array[] = [];
  private turnMs = 0;

  get speaking(): boolean {
    return this.activity.speaking;
  }

  /** Length of the turn that runs or has just ended: from the first sound to the last. */
  get heardMs(): number {
    return Math.max(TURN_LEAD_MS, this.turnMs - this.activity.quietMs);
  }

  /** Takes 10 ms of sound and says what they decided. */
  hear(frame: Int16Array, agentSpeaks: boolean): 'none' | 'started' | 'ended' {
    const raisedDb = agentSpeaks ? RAISED_WHILE_AGENT_SPEAKS_DB : 0;
    this.activity = hearFrame(this.activity, levelDb(frame), raisedDb);
    const { decision, speaking } = this.activity;
    if (decision === 'started') {
      this.turn.push(...this.leadIn);
      this.leadIn = [];
      this.turnMs = TURN_LEAD_MS;
    } else if (decision === 'ended') {
      this.turnMs -= TURN_TAIL_MS;
      this.turn.splice(this.turn.length - TURN_TAIL_MS / FRAME_MS + KEPT_TAIL_FRAMES);
    } else if (speaking) this.turnMs += FRAME_MS;
    this.keep(frame);
    return decision;
  }

  /** The sound since the last call of this method, silence between turns left out. */
  takeHeard(): Int16Array {
    const heard = joinFrames(this.turn);
    this.turn = [];
    return heard;
  }

  private keep(frame: Int16Array): void {
    if (!this.activity.speaking) {
      this.leadIn.push(frame);
      if (this.leadIn.length > LEAD_IN_FRAMES) this.leadIn.shift();
    } else if (this.turn.length < MAX_TURN_FRAMES) this.turn.push(frame);
  }
}
