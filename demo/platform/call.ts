import { randomUUID } from 'node:crypto';
import type { AgentScript, CallControl } from './agent-script.js';
import type { CallRecord, CallStatus } from './call-log.js';
import { Conversation } from './conversation.js';
import { startPacer } from './pacer.js';
import { AgentPeer } from './peer.js';
import { Recording } from './recording.js';
import { SessionChannel } from './session-channel.js';
import type { Speech } from './speech.js';

const CONNECT_TIMEOUT_MS = 15_000;
/** Between `onsessionended` and the end of the connection: time for the message to arrive. */
const FAREWELL_MS = 250;

/** What a call takes from the platform. */
export interface CallSurroundings {
  readonly speech: Speech;
  readonly recordDir: string | undefined;
  readonly log: (line: string) => void;
}

/** One call, from the offer to the end. Everything that it owns is released on one signal. */
export class Call {
  readonly sessionId = randomUUID();
  private readonly over = new AbortController();
  private readonly channel = new SessionChannel();
  private readonly conversation: Conversation;
  private readonly createdAtMs = Date.now();
  private recording: Recording | undefined;
  private status: CallStatus = 'initiated';
  private connectedAtMs: number | undefined;
  private endedAtMs: number | undefined;
  private sending = true;
  private hangingUp = false;
  private saved: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly script: AgentScript,
    private readonly surroundings: CallSurroundings,
  ) {
    this.conversation = new Conversation(script, {
      send: (message) => this.channel.send(message),
      render: (line) => surroundings.speech.render(line),
      end: (status) => this.hangUp(status),
      greeted: () => script.afterGreeting?.(this.control()),
      log: (line) => this.log(line),
    });
  }

  /** Answers the offer and waits for the visitor's side to connect. Throws `OfferRefused`; then there is no call. */
  static async open(
    offerSdp: string,
    script: AgentScript,
    surroundings: CallSurroundings,
  ): Promise<{ call: Call; answerSdp: string }> {
    const call = new Call(script, surroundings);
    const peer = await AgentPeer.answer(offerSdp, {
      connected: () => call.guard(() => call.connected(peer)),
      lost: () => void call.end(call.connectedAtMs === undefined ? 'no-answer' : 'user-ended'),
      heard: (frame) => call.guard(() => call.heard(frame)),
      channel: (channel) => call.guard(() => call.channel.attach(channel)),
    });
    call.over.signal.addEventListener('abort', () => peer.close(), { once: true });
    const timer = setTimeout(() => {
      if (call.connectedAtMs === undefined) void call.end('no-answer');
    }, CONNECT_TIMEOUT_MS);
    call.over.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    await call.startRecording();
    call.log(`call started with ${script.id}`);
    return { call, answerSdp: peer.answerSdp };
  }

  /** Aborted when the call is over. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  /** The call as the log shows it, at this moment. */
  record(): CallRecord {
    const { connectedAtMs = 0, endedAtMs = performance.now() } = this;
    return {
      sessionId: this.sessionId,
      agentId: this.script.id,
      agentConfig: this.script.config,
      createdAtMs: this.createdAtMs,
      status: this.status,
      durationMs: this.connectedAtMs === undefined ? 0 : endedAtMs - connectedAtMs,
      chat: this.conversation.chat,
      functionCalls: this.conversation.functionCalls,
      recording: this.recording && { ...this.recording.files },
    };
  }

  /** Ends the call by the API, after a last line if there is one and somebody to hear it. */
  terminate(message: string | undefined): void {
    if (this.connectedAtMs === undefined) void this.end('api-ended');
    else this.conversation.close('api-ended', message);
  }

  /** Closes the connection at once. A call that has ended stays as it ended. Resolves when the recording is on disk. */
  async end(status: CallStatus): Promise<void> {
    if (!this.over.signal.aborted) {
      this.settle(status);
      this.over.abort();
      const { durationMs } = this.record();
      this.saved =
        this.recording?.close().catch(() => this.log('the recording could not be written')) ?? this.saved;
      this.log(`ended: ${this.status}, ${(durationMs / 1000).toFixed(1)} s`);
    }
    await this.saved;
  }

  private connected(peer: AgentPeer): void {
    if (this.connectedAtMs !== undefined || this.over.signal.aborted) return;
    this.connectedAtMs = performance.now();
    this.status = 'in-progress';
    this.log(`connected after ${Date.now() - this.createdAtMs} ms`);
    this.channel.send({ method: 'onready', payload: { session_id: this.sessionId } });
    this.conversation.start();
    startPacer(() => this.guard(() => this.speak(peer)), this.over.signal);
  }

  private speak(peer: AgentPeer): void {
    const frame = this.conversation.speak();
    if (this.over.signal.aborted) return;
    if (this.sending) peer.send(frame);
    this.recording?.addAgent(frame);
  }

  private heard(frame: Int16Array): void {
    if (this.connectedAtMs === undefined) return;
    this.recording?.addVisitor(frame);
    this.conversation.hear(frame);
  }

  /** The good end: the visitor's side is told, and then has a moment. */
  private hangUp(status: CallStatus): void {
    if (this.hangingUp) return;
    this.hangingUp = true;
    this.settle(status);
    this.channel.send({ method: 'onsessionended' });
    const timer = setTimeout(() => void this.end(status), FAREWELL_MS);
    this.over.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  /** The first reason to end is the one that is logged. */
  private settle(status: CallStatus): void {
    this.endedAtMs ??= performance.now();
    if (this.status === 'initiated' || this.status === 'in-progress') this.status = status;
  }

  private control(): CallControl {
    return {
      signal: this.over.signal,
      hangUp: () => this.hangUp('agent-ended'),
      vanish: () => void this.end('agent-ended'),
      stopSending: () => (this.sending = false),
      startSending: () => (this.sending = true),
      closeChannel: () => this.channel.close(),
      sendRaw: (data) => this.channel.sendRaw(data),
    };
  }

  private async startRecording(): Promise<void> {
    const { recordDir } = this.surroundings;
    if (recordDir === undefined) return;
    this.recording = await Recording.start(recordDir, this.sessionId).catch(() => undefined);
    if (!this.recording) this.log('the recording could not be started');
  }

  /** Native events arrive outside of any promise: what throws there ends this call, and nothing else. */
  private guard(step: () => void): void {
    if (this.over.signal.aborted) return;
    try {
      step();
    } catch (error) {
      this.log(`failed: ${error instanceof Error ? error.message : 'unknown reason'}`);
      void this.end('error');
    }
  }

  private log(line: string): void {
    this.surroundings.log(`${this.sessionId.slice(0, 8)} ${line}`);
  }
}
