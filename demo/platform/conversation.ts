import { type ConversationSettings, conversationSettings } from './agent-config.js';
import type { AgentScript, FunctionCall, Reply } from './agent-script.js';
import { AgentTurn, type AgentTurnPlan } from './agent-turn.js';
import type { CallStatus } from './call-log.js';
import { heardText, hearingText, InterimText } from './interim-text.js';
import { FRAME_MS, SILENCE } from './pcm.js';
import type { SessionMessage } from './session-channel.js';
import { VisitorEar } from './visitor-ear.js';

/** One line of the call log's chat. */
export interface ChatMessage {
  readonly role: 'assistant' | 'user';
  readonly content: string;
}

/** What a conversation needs from the call around it. */
interface ConversationPort {
  send(message: SessionMessage): void;
  render(line: string): Promise<Int16Array>;
  /** The agent ends the call. Called once. */
  end(status: CallStatus): void;
  /** The greeting is over, or there is none. Called once. */
  greeted(): void;
  log(line: string): void;
}

/**
 * Who speaks when. It has no timers and no connection: its clock is the number of frames that were taken from it, one
 * for every 10 ms, so that a test runs it as fast as it likes.
 */
export class Conversation {
  readonly chat: ChatMessage[] = [];
  readonly functionCalls: FunctionCall[] = [];
  private readonly settings: ConversationSettings;
  private readonly ear = new VisitorEar();
  private nowMs = 0;
  private idleMs = 0;
  private reminded = false;
  private answers = 0;
  private closing = false;
  private current: AgentTurn | undefined;
  private upcoming: AgentTurnPlan | undefined;
  private interim: InterimText | undefined;
  private fade: Int16Array | undefined;

  constructor(
    private readonly script: AgentScript,
    private readonly port: ConversationPort,
  ) {
    this.settings = conversationSettings(script.config);
  }

  /** The connection is up. */
  start(): void {
    const { firstMessage } = this.settings;
    if (firstMessage === undefined) this.port.greeted();
    else this.say('greeting', { text: firstMessage }, 0, () => this.port.greeted());
  }

  /** Takes 10 ms of the visitor's side. */
  hear(frame: Int16Array): void {
    const decision = this.ear.hear(frame, this.current?.begun === true);
    if (this.closing) return;
    if (decision === 'started') this.visitorStarted();
    else if (decision === 'ended') this.visitorStopped();
    else if (this.ear.speaking) this.interim?.grow(hearingText(this.ear.heardMs));
  }

  /** Gives 10 ms of the agent's side. */
  speak(): Int16Array {
    this.nowMs += FRAME_MS;
    this.watchTheTime();
    if (!this.current && this.upcoming) {
      this.current = new AgentTurn(this.upcoming, this.script.interim ?? 'grows', (message) =>
        this.port.send(message),
      );
      this.upcoming = undefined;
    }
    const { current: turn, fade } = this;
    this.fade = undefined;
    if (fade || !turn?.isDue(this.nowMs)) return fade ?? SILENCE;
    if (!turn.begun) this.beginTurn(turn);
    const frame = turn.nextFrame();
    if (turn.finished) this.leave(turn, turn.plan.text);
    return frame;
  }

  /** Ends the call from the agent's side, after a last line if there is one. A second call changes nothing. */
  close(status: CallStatus, lastLine?: string): void {
    if (this.closing) return;
    this.closing = true;
    if (this.current?.begun) this.cut(this.current);
    this.current = undefined;
    this.upcoming = undefined;
    if (lastLine) this.say('last', { text: lastLine }, 0, () => this.port.end(status));
    else this.port.end(status);
  }

  private visitorStarted(): void {
    const habit = this.script.interim ?? 'grows';
    this.idleMs = 0;
    this.reminded = false;
    this.interim = new InterimText(habit, (text) =>
      this.port.send({ method: 'ontranscript', data: text, payload: { is_final: false } }),
    );
    if (this.current?.begun && this.mayBeCut(this.current)) {
      this.port.log(`agent interrupted after "${this.current.saidText}"`);
      this.cut(this.current);
    }
    // An answer that has not begun is for a turn that goes on after all: it is prepared again at the end of it.
    if (this.current && !this.current.begun && this.current.plan.kind !== 'greeting')
      this.current = undefined;
    if (this.upcoming && this.upcoming.kind !== 'greeting') this.upcoming = undefined;
    this.interim.grow(hearingText(this.ear.heardMs));
  }

  private visitorStopped(): void {
    const { heardMs } = this.ear;
    const text = heardText(heardMs);
    this.port.log(`visitor spoke ${(heardMs / 1000).toFixed(1)} s`);
    this.port.send({ method: 'ontranscript', data: text, payload: { is_final: true } });
    this.port.send({ method: 'start_answering' });
    this.chat.push({ role: 'user', content: text });
    this.interim = undefined;
    const turn = { number: this.answers + 1, heardMs, heard: this.ear.takeHeard() };
    const reply = this.script.reply?.(turn) ?? { text: 'I see.' };
    const ends = reply.ends === true && this.settings.mayEndCall;
    const afterwards = ends ? () => this.port.end('agent-ended') : undefined;
    this.say(ends ? 'last' : 'answer', reply, this.settings.responseDelayMs, afterwards);
  }

  private say(kind: AgentTurnPlan['kind'], reply: Reply, delayMs: number, afterwards?: () => void): void {
    const { text, samples, functionCall } = reply;
    const sound = samples ? Promise.resolve(samples) : this.port.render(text);
    this.upcoming = { kind, text, sound, startsAtMs: this.nowMs + delayMs, functionCall, afterwards };
  }

  private beginTurn({ plan }: AgentTurn): void {
    if (plan.kind === 'last') this.closing = true;
    if (plan.kind === 'answer' || plan.kind === 'last') this.answers += 1;
    if (!plan.functionCall) return;
    this.functionCalls.push(plan.functionCall);
    this.port.log(`agent calls ${plan.functionCall.name}`);
    this.port.send({ method: 'onfunction', payload: { ...plan.functionCall } });
  }

  /** The visitor's side is told at once; the sound falls to silence in the next frame. */
  private cut(turn: AgentTurn): void {
    this.fade = turn.cut();
    this.port.send({ method: 'clear' });
    this.leave(turn, turn.saidText);
  }

  private leave(turn: AgentTurn, said: string): void {
    this.chat.push({ role: 'assistant', content: said });
    this.current = undefined;
    turn.plan.afterwards?.();
  }

  private mayBeCut({ plan }: AgentTurn): boolean {
    if (plan.kind === 'last') return false;
    return plan.kind === 'greeting' ? this.settings.firstMessageInterruptible : this.settings.interruptible;
  }

  private watchTheTime(): void {
    if (this.closing) return;
    const { maxDurationMs = Infinity, maxIdleMs = Infinity, timeoutMessage, inactivity } = this.settings;
    if (!this.current && !this.upcoming && !this.ear.speaking) this.idleMs += FRAME_MS;
    if (this.nowMs >= maxDurationMs || this.idleMs >= maxIdleMs) this.close('timeout', timeoutMessage);
    else if (inactivity && !this.reminded && this.idleMs >= inactivity.afterMs) {
      this.reminded = true;
      this.say('notice', { text: inactivity.message }, 0);
    }
  }
}
