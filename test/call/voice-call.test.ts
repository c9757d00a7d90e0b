import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { natives } from '../../src/call/natives.js';
import { CallError } from '../../src/domain/call-error.js';
import type { Levels } from '../../src/call/level-meter.js';
import { failure, liveCall, prepareCall, snapshotWhere } from '../support/browser/calls.js';
import { OWN_CONSTRAINTS } from '../support/browser/engine.js';
import { alive, liveTracks, openPeers, soundingElements } from '../support/browser/ledger.js';
import { askForMicrophone, replace } from '../support/browser/microphone.js';

describe('VoiceCall: starting', () => {
  it('goes from the gesture to both sides hearing each other', async () => {
    const { phases, far } = await liveCall();
    expect(phases).to.deep.equal(['requesting-microphone', 'connecting', 'live']);
    await until(async () => (await far().packetsHeard()) > 0);
    await until(() => soundArrives());
    const [sound] = soundingElements();
    expect(sound).to.have.property('isConnected', false);
  });

  it('asks the browser for a microphone that suits a conversation', async () => {
    await liveCall();
    const settings = liveTracks()[0]?.getConstraints();
    expect(settings).to.deep.equal({
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      channelCount: 1,
      ...OWN_CONSTRAINTS,
    });
  });

  it('opens the microphone and the sound in the task of the gesture', async () => {
    const prompt = askForMicrophone();
    const { call } = prepareCall();
    void call.start();
    expect(prompt.count(), 'asked for the microphone').to.equal(1);
    expect(soundingElements(), 'primed audio elements').to.have.length(1);
    await call.end();
    prompt.refuse('NotAllowedError');
  });

  it('sends no offer while the microphone is not granted, and has it ready by then', async () => {
    const prompt = askForMicrophone();
    const offers: RTCSessionDescriptionInit[] = [];
    const { call } = prepareCall({
      negotiate: (offer) => {
        offers.push(offer);
        return new Promise(() => undefined);
      },
    });
    void call.start();
    await gathered();
    expect(openPeers(), 'peers prepared during the prompt').to.equal(1);
    expect(offers, 'offers sent during the prompt').to.have.length(0);
    await prompt.allow();
    await until(() => offers.length > 0);
    expect(offers).to.have.length(1);
    expect(offers[0]?.sdp).to.include('a=candidate:').and.not.include('a=end-of-candidates');
  });

  it('negotiates beside the microphone when that is known to be granted', async () => {
    const prompt = askForMicrophone('granted');
    const conversation = prepareCall();
    const started = conversation.call.start();
    await until(() => conversation.answered());
    expect(conversation.call.snapshot.state.phase).to.equal('requesting-microphone');
    await prompt.allow();
    await started;
    expect(conversation.call.snapshot.state.phase).to.equal('live');
  });

  it('offers one audio section and one data channel in one bundle', async () => {
    let sdp = '';
    const { call } = prepareCall({
      negotiate: (offer) => {
        sdp = offer.sdp ?? '';
        return new Promise(() => undefined);
      },
    });
    void call.start();
    await until(() => sdp !== '');
    expect(sdp.match(/^m=.*/gm)?.map((line) => line.split(' ')[0])).to.deep.equal([
      'm=audio',
      'm=application',
    ]);
    expect(sdp).to.match(/^a=group:BUNDLE \S+ \S+\s*$/m);
    expect(sdp).to.match(/^a=sendrecv\s*$/m);
  });

  it('returns the same promise while a call is under way', async () => {
    const { call } = prepareCall();
    const first = call.start();
    expect(call.start()).to.equal(first);
    await first;
    expect(call.start()).to.equal(first);
    expect(openPeers(), 'both ends of one call').to.equal(2);
  });

  it('gives a listener of the start the promise of this start', async () => {
    const { call } = prepareCall();
    let seen: Promise<void> | undefined;
    call.subscribe(({ state }) => {
      if (state.phase === 'requesting-microphone') seen = call.start();
    });
    const started = call.start();
    expect(seen).to.equal(started);
    await started;
  });

  it('can be started again after it ended', async () => {
    const { call, phases } = await liveCall();
    await call.end();
    await call.start();
    expect(phases.filter((phase) => phase === 'live')).to.have.length(2);
    expect(call.snapshot.transcript.turns).to.deep.equal([]);
  });
});

describe('VoiceCall: warming up', () => {
  it('prepares the one peer that the start then takes, without a microphone or an offer', async () => {
    const prompt = askForMicrophone('granted');
    const offers: string[] = [];
    const { call } = prepareCall({
      negotiate: ({ sdp = '' }) => {
        offers.push(sdp);
        return new Promise(() => undefined);
      },
    });
    call.warmUp();
    call.warmUp();
    await gathered();
    expect(openPeers()).to.equal(1);
    expect([prompt.count(), offers.length, call.snapshot.state.phase]).to.deep.equal([0, 0, 'idle']);
    void call.start();
    await until(() => offers.length > 0);
    expect(openPeers()).to.equal(1);
    await call.end();
    expect(alive()).to.deep.equal([]);
    prompt.refuse('NotAllowedError');
  });

  it('makes a call that is as good as any', async () => {
    const { call, far } = prepareCall();
    call.warmUp();
    await gathered();
    await call.start();
    await until(async () => (await far().packetsHeard()) > 0);
    await until(() => soundArrives());
  });

  it('asks no ICE server, and so prepares no peer where there is one', () => {
    const { call } = prepareCall({ iceServers: [{ urls: 'stun:127.0.0.1:3478' }] });
    call.warmUp();
    expect(openPeers()).to.equal(0);
  });

  it('takes other ICE servers that were set since', async () => {
    const { call } = prepareCall();
    call.warmUp();
    call.options = { ...call.options, iceServers: [{ urls: 'stun:127.0.0.1:3478' }] };
    await call.start();
    expect(openPeers(), 'both ends of one call').to.equal(2);
  });

  for (const [what, giveUp] of [
    ['the page is left', () => dispatchEvent(new PageTransitionEvent('pagehide'))],
    ['another call is warmed up', () => prepareCall().call.warmUp()],
  ] as const) {
    it(`is given up when ${what}`, async () => {
      const { call } = prepareCall();
      call.warmUp();
      giveUp();
      expect(openPeers()).to.be.at.most(1);
      await call.end();
      expect(call.snapshot.state.phase).to.equal('idle');
    });
  }

  it('of another call leaves one that is live alone', async () => {
    const { call, far } = prepareCall();
    call.warmUp();
    await call.start();
    prepareCall().call.warmUp();
    const packets = await far().packetsHeard();
    await until(async () => (await far().packetsHeard()) > packets);
    expect(call.snapshot.state.phase).to.equal('live');
    const other = await liveCall();
    expect(call.snapshot.state).to.include({ phase: 'ended', reason: 'replaced' });
    expect(other.call.snapshot.state.phase).to.equal('live');
  });

  it('leaves nothing in a browser that makes no peer', () => {
    replace(natives, 'RTCPeerConnection', function () {
      throw new DOMException('Cannot create so many PeerConnections', 'UnknownError');
    });
    const { call } = prepareCall();
    for (let press = 0; press < 3; press += 1) call.warmUp();
    expect(alive()).to.deep.equal([]);
  });

  it('is given up after ten seconds', async () => {
    const { call } = prepareCall();
    call.warmUp();
    const startedAt = performance.now();
    await until(() => openPeers() === 0);
    expect(performance.now() - startedAt).to.be.at.least(9900);
    expect(alive()).to.deep.equal([]);
  });
});

describe('VoiceCall: failing to start', () => {
  for (const [code, options] of [
    ['agent-id-missing', { agentId: ' ' }],
    ['region-unknown', { negotiate: undefined, region: 'mars' }],
    ['config-invalid', { negotiate: undefined, server: 'http://[' }],
  ] as const) {
    it(`${code}: nothing is opened`, async () => {
      const prompt = askForMicrophone();
      const { call, phases } = prepareCall(options);
      const error = await failure(call.start());
      expect(error).to.be.instanceOf(CallError).with.property('code', code);
      expect(phases).to.deep.equal(['requesting-microphone', 'failed']);
      expect(prompt.count(), 'prompts').to.equal(0);
      expect(alive()).to.deep.equal([]);
    });
  }

  for (const [code, name, message] of [
    ['microphone-denied', 'NotAllowedError', 'Permission denied'],
    ['microphone-dismissed', 'NotAllowedError', 'Permission dismissed'],
    ['microphone-blocked', 'SecurityError', 'Feature policy'],
    ['microphone-missing', 'NotFoundError', 'Requested device not found'],
  ] as const) {
    it(`${code}: ${name}, "${message}"`, async () => {
      const prompt = askForMicrophone();
      const { call } = prepareCall();
      const started = call.start();
      prompt.refuse(name, message);
      const error = await failure(started);
      expect(error).to.be.instanceOf(CallError).with.property('code', code);
      expect(error).to.have.property('phase', 'requesting-microphone');
      expect(call.snapshot.state).to.deep.include({ phase: 'failed', error });
      expect(alive()).to.deep.equal([]);
    });
  }

  it('microphone-busy: only after a second try', async () => {
    const prompt = askForMicrophone();
    const { call } = prepareCall();
    const started = call.start();
    prompt.refuse('NotReadableError');
    await until(() => prompt.count() === 2);
    prompt.refuse('AbortError');
    expect(await failure(started)).to.have.property('code', 'microphone-busy');
  });

  it('a microphone that is free again at the second try makes a call', async () => {
    const prompt = askForMicrophone();
    const { call } = prepareCall();
    const started = call.start();
    prompt.refuse('NotReadableError');
    await until(() => prompt.count() === 2);
    await prompt.allow();
    await started;
    expect(call.snapshot.state.phase).to.equal('live');
  });

  for (const [name, answer] of [
    ['an answer that is none', {}],
    ['an answer of type offer', { type: 'offer', sdp: 'v=0' }],
    ['SDP that the browser refuses', { type: 'answer', sdp: 'm=audio 9 RTP 0\r\na=sendrecv\r\n' }],
  ] as const) {
    it(`answer-invalid: ${name}`, async () => {
      const { call } = prepareCall({ negotiate: () => Promise.resolve(answer as RTCSessionDescriptionInit) });
      const error = await failure(call.start());
      expect(error).to.be.instanceOf(CallError).with.property('code', 'answer-invalid');
      expect((error as CallError).message).not.to.include('m=audio');
      expect(alive()).to.deep.equal([]);
    });
  }

  it('a negotiate() that throws is a server that was not reached, with the cause kept', async () => {
    const cause = new Error('no luck');
    const { call } = prepareCall({ negotiate: () => Promise.reject(cause) });
    const error = await failure(call.start());
    expect(error).to.have.property('code', 'server-unreachable');
    expect(error).to.have.property('cause', cause);
  });

  it('connection-timeout: answered, but nothing ever connects', async function () {
    this.timeout(20_000);
    const { call, far } = prepareCall();
    const { negotiate } = call.options;
    call.options = {
      ...call.options,
      negotiate: async (...exchange) => {
        const answer = await negotiate?.(...exchange);
        far().peer.close();
        return { type: 'answer', sdp: answer?.sdp?.replace(/^a=candidate.*\r\n/gm, '') ?? '' };
      },
    };
    expect(await failure(call.start())).to.have.property('code', 'connection-timeout');
    expect(alive().filter((thing) => !thing.includes('far-end'))).to.deep.equal([]);
    far().hangUp();
  });
});

describe('VoiceCall: ending', () => {
  it('by the visitor: everything is released before the phase says so', async () => {
    const { call, far } = await liveCall();
    let atEnd: string[] = ['never ended'];
    call.subscribe(({ state }) => {
      if (state.phase === 'ended') atEnd = alive().filter((thing) => !thing.includes('far-end'));
    });
    await call.end();
    expect(call.snapshot.state).to.include({ phase: 'ended', reason: 'user' });
    expect(atEnd, 'alive at the end, but for the far peer').to.deep.equal(['peer']);
    await until(() => far().peer.sctp?.transport.state === 'closed');
  });

  it('tells how long both sides could hear each other', async () => {
    const { call } = await liveCall();
    const { state } = call.snapshot;
    await call.end();
    const ended = call.snapshot.state;
    if (state.phase !== 'live' || ended.phase !== 'ended')
      throw new Error('It was not live, or did not end.');
    expect(ended.durationMs)
      .to.be.at.least(0)
      .and.at.most(Date.now() - state.liveAt);
  });

  it('during the prompt: the start is aborted, is no failure, and a late grant is stopped at once', async () => {
    const prompt = askForMicrophone();
    const { call, phases } = prepareCall();
    const started = call.start();
    await call.end();
    expect(await failure(started)).to.have.property('name', 'AbortError');
    await prompt.allow();
    await until(() => liveTracks().length === 0);
    expect(phases).to.deep.equal(['requesting-microphone', 'ending', 'ended']);
  });

  it('while the offer is on its way: the exchange is aborted', async () => {
    let aborted = false;
    let asked = false;
    const { call } = prepareCall({
      negotiate: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          asked = true;
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('aborted'));
          });
        }),
    });
    void call.start();
    await until(() => asked);
    await call.end();
    expect(aborted).to.equal(true);
    expect(alive()).to.deep.equal([]);
  });

  it('from a listener of the very first change', async () => {
    const { call } = prepareCall();
    call.subscribe(({ state }) => {
      if (state.phase === 'requesting-microphone') void call.end();
    });
    expect(await failure(call.start())).to.have.property('name', 'AbortError');
    expect(call.snapshot.state.phase).to.equal('ended');
    expect(alive()).to.deep.equal([]);
  });

  it('at rest changes nothing', async () => {
    const { call, phases } = prepareCall();
    await call.end();
    expect(phases).to.deep.equal([]);
  });

  it('by the agent, who says so: after its last words', async () => {
    const { call, far } = await liveCall();
    await far().say({ method: 'onsessionended' });
    await far().say({ method: 'onresponsetext', data: 'Goodbye!', payload: { is_final: true } });
    const { state, transcript } = await snapshotWhere(call, ({ state }) => state.phase === 'ended');
    expect(state).to.include({ reason: 'agent' });
    expect(transcript.turns).to.have.length(1);
  });

  it('by the agent, whose end is closed', async () => {
    const { call, far } = await liveCall();
    await until(() => soundArrives());
    far().hangUp();
    const { state } = await snapshotWhere(call, ({ state }) => state.phase === 'ended');
    expect(state).to.include({ reason: 'agent' });
  });

  it('by the agent, whose end is closed and who never had a data channel', async () => {
    const { call, far } = await liveCall({}, { refuseChannel: true });
    far().hangUp();
    const { state } = await snapshotWhere(call, ({ state }) => state.phase === 'ended');
    expect(state).to.include({ reason: 'agent' });
  });

  it('by leaving the page', async () => {
    const { call } = await liveCall();
    dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(call.snapshot.state).to.include({ phase: 'ended', reason: 'page-hidden' });
  });

  it('by another call of the page', async () => {
    const first = await liveCall();
    const second = await liveCall();
    expect(first.call.snapshot.state).to.include({ phase: 'ended', reason: 'replaced' });
    expect(second.call.snapshot.state.phase).to.equal('live');
    expect(liveTracks().filter(({ label }) => label !== '')).to.not.be.empty;
  });
});

describe('VoiceCall: during a call', () => {
  it('mutes the microphone at once, and the agent hears nothing', async () => {
    const { call, far } = await liveCall();
    await until(() => levelHeard(far().peer) > 0);
    call.muted = true;
    expect(call.snapshot.muted).to.equal(true);
    const onTheWay = 25;
    // The fake microphone beeps once a second: a second and a half of packets would hold a beep.
    const packets = (await far().packetsHeard()) + onTheWay;
    await until(async () => (await far().packetsHeard()) >= packets);
    let loudest = 0;
    await until(async () => {
      loudest = Math.max(loudest, levelHeard(far().peer));
      return (await far().packetsHeard()) >= packets + 75;
    });
    expect(loudest, 'loudest packet while muted').to.equal(0);
    call.muted = false;
    await until(() => levelHeard(far().peer) > 0);
  });

  it('starts muted when it was muted before', async () => {
    const { call } = prepareCall();
    call.muted = true;
    await call.start();
    expect(liveTracks().some(({ enabled }) => !enabled)).to.equal(true);
  });

  it('sets the volume of what is played now and later', async () => {
    const { call } = await liveCall();
    call.volume = 0.25;
    expect(soundingElements()[0]?.volume).to.equal(0.25);
    await call.end();
    await call.start();
    expect(soundingElements()[0]?.volume).to.equal(0.25);
    call.volume = 7;
    expect(call.volume).to.equal(1);
  });

  it('writes down what is said, and tells of functions', async () => {
    const called: unknown[] = [];
    const { call, far } = await liveCall({ onFunction: (name, params) => called.push({ name, params }) });
    await far().say({ method: 'onready', payload: { session_id: 's-1' } });
    await far().say({ method: 'onresponsetext', data: 'Hello', payload: { is_final: false } });
    await far().say({ method: 'onresponsetext', data: 'Hello there.', payload: { is_final: true } });
    await far().say({ method: 'onfunction', payload: { name: 'book', params: { day: 'Monday' } } });
    await until(() => called.length > 0);
    const { sessionId, transcript } = call.snapshot;
    expect(sessionId).to.equal('s-1');
    expect(transcript.turns.map(({ role, text, final }) => ({ role, text, final }))).to.deep.equal([
      { role: 'agent', text: 'Hello there.', final: true },
    ]);
    expect(called).to.deep.equal([{ name: 'book', params: { day: 'Monday' } }]);
  });

  it('drops and counts what it cannot understand, and goes on', async () => {
    const { call, far } = await liveCall();
    await far().say('{ broken');
    await far().say(new ArrayBuffer(8));
    await far().say({ method: 7 });
    await far().say({ method: 'from_the_future', data: 'fine' });
    await far().say({ method: 'onready', payload: { session_id: 's-2' } });
    await snapshotWhere(call, ({ sessionId }) => sessionId === 's-2');
    await snapshotWhere(call, ({ droppedMessages }) => droppedMessages === 3);
    expect(call.snapshot.state.phase).to.equal('live');
  });

  it('is a good call without a data channel', async () => {
    const { call, far } = await liveCall({}, { refuseChannel: true });
    await until(async () => (await far().packetsHeard()) > 0);
    expect(call.snapshot.state.phase).to.equal('live');
  });

  it('warns when only the transcript is lost', async () => {
    const warnings: string[] = [];
    const { call, far } = await liveCall({ onWarning: (code) => warnings.push(code) });
    await far().say({ method: 'onready' });
    far().closeChannel();
    await until(() => warnings.includes('transcript-lost'));
    expect(call.snapshot.state.phase).to.equal('live');
  });

  it('is reconnecting while no packet comes, and live again with the next one', async () => {
    const { call, far } = await liveCall();
    await until(() => soundArrives());
    const [sender] = far().peer.getSenders();
    const voice = sender?.track ?? null;
    await sender?.replaceTrack(null);
    await snapshotWhere(call, ({ state }) => state.phase === 'reconnecting');
    await sender?.replaceTrack(voice);
    await snapshotWhere(call, ({ state }) => state.phase === 'live');
  });

  it('tells the levels of both sides while live, and silence afterwards', async () => {
    // Firefox lets an AudioContext listen only in a page that somebody pressed in, as a visitor has.
    await sendMouse({ type: 'click', position: [5, 5] });
    let levels: Levels = { agent: 0, microphone: 0 };
    let loudest: Levels = levels;
    const { call } = await liveCall({
      onLevels: (now) => {
        levels = now;
        loudest = {
          agent: Math.max(loudest.agent, now.agent),
          microphone: Math.max(loudest.microphone, now.microphone),
        };
      },
    });
    await until(() => loudest.agent > 0.05 && loudest.microphone > 0.05);
    await call.end();
    expect(levels).to.deep.equal({ agent: 0, microphone: 0 });
  });

  it('tells no levels while the page is hidden', async () => {
    let frames = 0;
    const { call } = await liveCall({ onLevels: () => (frames += 1) });
    await until(() => frames > 3);
    replace(document, 'hidden', true);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(alive().filter((thing) => thing.includes('requestAnimationFrame'))).to.deep.equal([]);
    replace(document, 'hidden', false);
    document.dispatchEvent(new Event('visibilitychange'));
    const seen = frames;
    await until(() => frames > seen + 3);
    expect(call.snapshot.state.phase).to.equal('live');
  });

  it('reports a listener that throws, and goes on', async () => {
    const reported: unknown[] = [];
    const stop = (event: ErrorEvent) => {
      event.preventDefault();
      reported.push(event.error);
    };
    const mochaOnError = window.onerror;
    window.onerror = null;
    window.addEventListener('error', stop);
    try {
      const { call } = prepareCall();
      const mistake = new Error('of the page');
      call.subscribe(({ state }, previous) => {
        if (state.phase === 'connecting' && previous.state.phase !== 'connecting') throw mistake;
      });
      await call.start();
      expect(reported).to.deep.equal([mistake]);
    } finally {
      window.removeEventListener('error', stop);
      window.onerror = mochaOnError;
    }
  });
});

/** Resolves when `condition` holds; asked again after each frame or message, until the test's own time is over. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Resolves when a peer of this page has found a candidate. */
async function gathered(): Promise<void> {
  await until(() => openPeers() > 0);
  const probe = new RTCPeerConnection();
  probe.createDataChannel('probe');
  const found = new Promise((resolve) => probe.addEventListener('icecandidate', resolve, { once: true }));
  await probe.setLocalDescription();
  await found;
  probe.close();
}

/** Whether the first packet of the agent has come: its track is `muted` until then. */
function soundArrives(): boolean {
  const stream = soundingElements()[0]?.srcObject;
  return stream instanceof MediaStream && stream.getAudioTracks().some(({ muted }) => !muted);
}

/** Loudness of the last packet, from its header (RFC 6464). */
function levelHeard(peer: RTCPeerConnection): number {
  return peer.getReceivers()[0]?.getSynchronizationSources()[0]?.audioLevel ?? 0;
}
