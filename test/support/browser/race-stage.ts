import { CallError } from '../../../src/domain/call-error.js';
import { MillisVoiceAgent } from '../../../src/element/millis-voice-agent.js';
import { answerOffer, type FarEnd } from './far-end.js';
import { replace } from './microphone.js';

/** What the visitor's browser and the platform do without being told to. */
export interface Manners {
  /** The prompt is answered with yes at once. */
  readonly grants: boolean;
  /** The microphone was granted on an earlier visit, and the widget may know it. */
  readonly known: boolean;
  /** The platform answers at once. */
  readonly answers: boolean;
}

/** Answers that no browser should take. */
export type BadAnswer = 'empty' | 'an offer' | 'garbage' | 'no audio' | 'unconnectable';

interface Asked<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

interface AskedForAnswer extends Asked<RTCSessionDescriptionInit> {
  readonly offer: RTCSessionDescriptionInit;
}

const { mediaDevices, permissions } = navigator;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
const { getUserMedia } = MediaDevices.prototype;

/** The widget may keep the first status that it gets, so there is one for all stages. */
const permission = Object.assign(new EventTarget(), { state: 'prompt', onchange: null });

/** Two elements in a page whose prompts and platform are played by the test: each waits until it is answered. */
export class RaceStage {
  readonly elements: readonly [MillisVoiceAgent, MillisVoiceAgent];
  readonly places: readonly [HTMLElement, HTMLElement];
  /** What became of each `start()`: the way it settled, or `undefined` while it has not. */
  readonly starts: { settled: string | undefined }[] = [];
  readonly #manners: Manners;
  readonly #prompts: Asked<MediaStream>[] = [];
  readonly #offers: AskedForAnswer[] = [];
  readonly #farEnds: Promise<FarEnd>[] = [];
  #latest: FarEnd | undefined;

  constructor(manners: Manners) {
    this.#manners = manners;
    permission.state = manners.known ? 'granted' : 'prompt';
    this.places = [document.createElement('section'), document.createElement('section')];
    this.elements = [new MillisVoiceAgent(), new MillisVoiceAgent()];
    for (const [index, element] of this.elements.entries()) {
      element.agentId = 'agent';
      element.negotiate = (offer) => this.#negotiate(offer);
      this.places[index]?.append(element);
    }
    document.body.append(...this.places);
    replace(mediaDevices, 'getUserMedia', () => this.#ask());
    replace(permissions, 'query', () => Promise.resolve(permission));
  }

  /** Whether the visitor or the platform is being waited for. */
  get awaited(): boolean {
    return this.#prompts.length > 0 || this.#offers.length > 0;
  }

  start(element: MillisVoiceAgent): void {
    const start: { settled: string | undefined } = { settled: undefined };
    this.starts.push(start);
    element.start().then(
      () => (start.settled = 'live'),
      (error: unknown) =>
        (start.settled =
          error instanceof CallError || (error instanceof DOMException && error.name === 'AbortError')
            ? 'failed'
            : `wrongly, with ${String(error)}`),
    );
  }

  /** Answers the oldest open prompt with a real track. */
  grant(): void {
    const prompt = this.#prompts.shift();
    if (prompt) getUserMedia.call(mediaDevices, { audio: true }).then(prompt.resolve, prompt.reject);
  }

  refuse(name: string): void {
    this.#prompts.shift()?.reject(new DOMException('As the test wants it.', name));
  }

  /** Answers the oldest open offer with a real peer. */
  answer(): void {
    const asked = this.#offers.shift();
    if (asked) this.#answerWell(asked.offer).then(asked.resolve, asked.reject);
  }

  answerBadly(how: BadAnswer): void {
    const asked = this.#offers.shift();
    if (asked) this.#answerBadly(asked.offer, how).then(asked.resolve, asked.reject);
  }

  /** The platform refuses the oldest open offer, or cannot be reached. */
  fail(error: Error): void {
    this.#offers.shift()?.reject(error);
  }

  /** The agent that answered last does something, in its own time. */
  agent(run: (far: FarEnd) => void): void {
    if (this.#latest) run(this.#latest);
  }

  /** Ends all calls, answers whatever still waits, too late, and closes the platform's ends. */
  async finish(): Promise<void> {
    for (const element of this.elements) void element.end();
    // A peer that was prepared by pointing has no call to end.
    dispatchEvent(new PageTransitionEvent('pagehide'));
    while (this.#prompts.length > 0) this.grant();
    while (this.#offers.length > 0) this.answer();
    for (const far of this.#farEnds) await far.then((end) => end.hangUp()).catch(() => undefined);
  }

  remove(): void {
    for (const place of this.places) place.remove();
    for (const element of this.elements) element.remove();
  }

  #ask(): Promise<MediaStream> {
    return new Promise((resolve, reject) => {
      this.#prompts.push({ resolve, reject });
      if (this.#manners.grants) this.grant();
    });
  }

  #negotiate(offer: RTCSessionDescriptionInit): Promise<RTCSessionDescriptionInit> {
    return new Promise((resolve, reject) => {
      this.#offers.push({ offer, resolve, reject });
      if (this.#manners.answers) this.answer();
    });
  }

  async #answerWell(offer: RTCSessionDescriptionInit): Promise<RTCSessionDescriptionInit> {
    const far = answerOffer(offer);
    this.#farEnds.push(far);
    this.#latest = await far;
    return this.#latest.answer;
  }

  async #answerBadly(offer: RTCSessionDescriptionInit, how: BadAnswer): Promise<RTCSessionDescriptionInit> {
    if (how === 'empty') return {} as RTCSessionDescriptionInit;
    if (how === 'garbage') return { type: 'answer', sdp: 'v=0\r\nm=audio 9 RTP 0\r\na=sendrecv\r\n' };
    const { sdp = '' } = await this.#answerWell(offer);
    switch (how) {
      case 'an offer':
        return { type: 'offer', sdp };
      case 'no audio':
        return { type: 'answer', sdp: sdp.replace('a=sendrecv', 'a=recvonly') };
      case 'unconnectable':
        return { type: 'answer', sdp: sdp.replace(/^a=candidate.*\r\n/gm, '') };
      default:
        return how satisfies never;
    }
  }
}
