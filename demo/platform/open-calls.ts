import type { AgentScript } from './agent-script.js';
import { Call, type CallSurroundings } from './call.js';
import type { CallLog } from './call-log.js';
import type { OfferClient } from './http-app.js';
import { httpError } from './http-errors.js';
import { OfferRefused } from './peer.js';

/** A page that runs wild must not take the machine with it. */
const MAX_LIVE_CALLS = 50;

/** The calls that run: answers offers, and ends all of them. */
export class OpenCalls {
  private readonly calls = new Map<string, Call>();
  private opening = 0;

  constructor(
    private readonly surroundings: CallSurroundings,
    private readonly callLog: CallLog,
    private readonly closing: AbortSignal,
  ) {}

  get size(): number {
    return this.calls.size;
  }

  /** Lets the agent answer an offer in its way. */
  async offer(sdp: string, script: AgentScript | undefined, client: OfferClient): Promise<Response> {
    if (!script) throw httpError(404, 'Agent not found.');
    const signal = AbortSignal.any([client.signal, this.closing]);
    const accept = () => this.open(sdp, script, signal);
    if (script.answerOffer) return script.answerOffer({ signal, accept, reset: client.reset });
    const { answerSdp } = await accept();
    return Response.json({ answer: { sdp: answerSdp, type: 'answer' } });
  }

  terminate(sessionId: string, message: string | undefined): boolean {
    const call = this.calls.get(sessionId);
    call?.terminate(message);
    return call !== undefined;
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.calls.values()].map((call) => call.end('api-ended')));
  }

  private async open(
    sdp: string,
    script: AgentScript,
    signal: AbortSignal,
  ): Promise<{ answerSdp: string; drop: () => void }> {
    if (this.calls.size + this.opening >= MAX_LIVE_CALLS) {
      throw httpError(429, 'Too many calls.', { 'Retry-After': '5' });
    }
    this.opening += 1;
    try {
      const { call, answerSdp } = await Call.open(sdp, script, this.surroundings);
      this.add(call);
      if (signal.aborted) void call.end('no-answer');
      return { answerSdp, drop: () => void call.end('no-answer') };
    } catch (error) {
      throw error instanceof OfferRefused ? httpError(400, error.message) : error;
    } finally {
      this.opening -= 1;
    }
  }

  private add(call: Call): void {
    this.calls.set(call.sessionId, call);
    this.callLog.add(() => call.record(), call.signal);
    call.signal.addEventListener('abort', () => this.calls.delete(call.sessionId), { once: true });
  }
}
