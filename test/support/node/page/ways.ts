import { attempt, button, failing, phase, told, withMicrophone, type Way } from './caller.js';

/** Every way to start and end a call that takes no longer than a moment, by name. */
export const QUICK_WAYS: Readonly<Record<string, Way>> = {
  async 'the visitor ends it'({ element }) {
    const caller = element('parrot');
    const heard = told(caller, 'millis-transcript');
    await caller.start();
    // With something in the conversation, which is drawn.
    await heard;
    await caller.updateComplete;
    await caller.end();
  },
  async 'the visitor points, presses, mutes, and presses again'({ element }) {
    const caller = element('parrot');
    await caller.updateComplete;
    button(caller).dispatchEvent(new PointerEvent('pointerenter'));
    button(caller).click();
    await phase(caller, 'live');
    caller.muted = true;
    await caller.updateComplete;
    button(caller).click();
  },
  async 'the platform ends it'({ element, terminate }) {
    const caller = element('parrot');
    const ready = told(caller, 'millis-agent-state');
    attempt(caller);
    await ready;
    await phase(caller, 'live');
    await terminate(caller.sessionId);
    await phase(caller, 'ended');
  },
  'the platform fails': failing('refuses-500'),
  async 'it is called again'({ element }) {
    const caller = element('parrot');
    for (let round = 0; round < 2; round += 1) {
      await caller.start();
      await caller.end();
    }
  },
  async 'the element is removed'({ element }) {
    const caller = element('receptionist');
    await caller.start();
    caller.remove();
    await phase(caller, 'ended');
  },
  async 'the element is moved, then removed'({ element }) {
    const caller = element('parrot');
    await caller.start();
    document.body.prepend(caller);
    await caller.updateComplete;
    caller.remove();
    await phase(caller, 'ended');
  },
  async 'another element calls'({ element }) {
    const [first, second] = [element('parrot'), element('parrot')];
    await first.start();
    await second.start();
    await second.end();
  },
  async 'the page is left'({ element }) {
    const caller = element('parrot');
    await caller.start();
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await phase(caller, 'ended');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  },
  'the microphone is denied': ({ element }) =>
    withMicrophone(
      () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError')),
      () => failing('parrot')({ element, terminate: () => Promise.resolve() }),
    ),
  async 'it is cancelled during the prompt, which is then answered'({ element }) {
    const caller = element('parrot');
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its receiver below
    const { getUserMedia } = MediaDevices.prototype;
    let allow: () => void = () => undefined;
    const allowed = new Promise<void>((resolve) => (allow = resolve));
    let late: Promise<MediaStream> | undefined;
    const ask = () => (late = allowed.then(() => getUserMedia.call(navigator.mediaDevices, { audio: true })));
    await withMicrophone(ask, async () => {
      attempt(caller);
      await caller.end();
      allow();
      await late;
    });
  },
  async 'it is cancelled while it connects'({ element }) {
    const caller = element('slow-answer');
    attempt(caller);
    await phase(caller, 'connecting');
    await caller.end();
  },
  async 'the element is removed while it connects'({ element }) {
    const caller = element('never-answers');
    attempt(caller);
    await phase(caller, 'connecting');
    caller.remove();
    await phase(caller, 'ended');
  },
  async 'a peer that was prepared is given up'({ element }) {
    const [first, second] = [element('parrot'), element('parrot')];
    await Promise.all([first.updateComplete, second.updateComplete]);
    button(first).dispatchEvent(new PointerEvent('pointerenter'));
    button(second).dispatchEvent(new PointerEvent('pointerenter'));
  },
  'there is no agent': failing(''),
  'nobody by this name': failing('nobody-by-this-name'),
  'the answer is a web page': failing('answers-html'),
  'the answer is garbage': failing('answers-garbage-sdp'),
  'the answer sends no audio': failing('answers-no-audio'),
  async 'there is no data channel'({ element }) {
    const caller = element('no-data-channel');
    await caller.start();
    await caller.end();
  },
};
