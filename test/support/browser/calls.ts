import type { CallSnapshot } from '../../../src/call/call-store.js';
import { VoiceCall, type VoiceCallOptions } from '../../../src/call/voice-call.js';
import { afterTest } from './cleanup.js';
import { answerOffer, type FarEnd, type FarEndOptions } from './far-end.js';

/** A call whose platform is a second peer in this page, and that peer's end once it has answered. */
export interface Conversation {
  readonly call: VoiceCall;
  /** Phases that the call went through. */
  readonly phases: string[];
  readonly far: () => FarEnd;
  /** Whether the platform has answered the offer. */
  readonly answered: () => boolean;
}

/** Prepares a call to an agent that is played in this page. Everything is ended after the test. */
export function prepareCall(
  options: Partial<VoiceCallOptions> = {},
  agent: FarEndOptions = {},
): Conversation {
  const phases: string[] = [];
  let latest: FarEnd | undefined;
  const call = new VoiceCall({
    agentId: 'agent',
    negotiate: async (offer) => {
      const far = answerOffer(offer, agent);
      afterTest(async () => (await far).hangUp());
      latest = await far;
      return latest.answer;
    },
    ...options,
  });
  afterTest(() => call.end());
  call.subscribe(({ state }, previous) => {
    if (state !== previous.state) phases.push(state.phase);
  });
  return {
    call,
    phases,
    answered: () => latest !== undefined,
    far() {
      if (!latest) throw new Error('The platform was not asked yet.');
      return latest;
    },
  };
}

/** The same, live. */
export async function liveCall(
  options?: Partial<VoiceCallOptions>,
  agent?: FarEndOptions,
): Promise<Conversation> {
  const conversation = prepareCall(options, agent);
  await conversation.call.start();
  return conversation;
}

/** The first snapshot, from now on, of which `matches` is true. */
export function snapshotWhere(
  call: VoiceCall,
  matches: (snapshot: CallSnapshot) => boolean,
): Promise<CallSnapshot> {
  return new Promise((resolve) => {
    if (matches(call.snapshot)) {
      resolve(call.snapshot);
      return;
    }
    const stop = call.subscribe((snapshot) => {
      if (!matches(snapshot)) return;
      stop();
      resolve(snapshot);
    });
  });
}

/** What `promise` rejects with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It should have failed, and did not.');
}
