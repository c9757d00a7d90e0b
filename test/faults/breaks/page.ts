import type { Break } from './break.js';

const AROUND = 'test/faults/page-around.test.ts';
const CONFIG = 'test/faults/page-config.test.ts';
const SETUP = 'test/faults/page-setup.test.ts';
const HOSTILE = 'test/e2e/faults-page-hostile.test.ts';
const LIFECYCLE = 'test/e2e/faults-page-lifecycle.test.ts';
const LOADING = 'test/e2e/faults-page-loading.test.ts';
const PERMISSION = 'test/e2e/faults-page-permission.test.ts';
const VISITOR = 'test/e2e/faults-page-visitor.test.ts';
const ELEMENT = 'src/element/millis-voice-agent.ts';
const CALLS = 'src/element/call-controller.ts';
const MICROPHONE = 'src/call/microphone.ts';

/** What the rows of the page around the widget guard. */
export const breaks: readonly Break[] = [
  {
    row: 5,
    file: MICROPHONE,
    from: "allowsFeature('microphone') === false ? blocked() : undefined",
    to: "allowsFeature('microphone') === false ? undefined : undefined",
    test: PERMISSION,
  },
  {
    row: 6,
    file: MICROPHONE,
    from: 'if (!isSecureContext) return',
    to: "if (!isSecureContext && 'mediaDevices' in navigator) return",
    test: PERMISSION,
  },
  {
    row: 7,
    file: 'src/call/peer.ts',
    from: 'return RTCPeerConnection ? undefined : noPeer();',
    to: 'return RTCPeerConnection ? undefined : undefined;',
    test: PERMISSION,
  },
  {
    row: 46,
    file: CALLS,
    from: "if (!this.#host.isConnected) void this.call.end('removed');",
    to: '',
    test: AROUND,
  },
  {
    row: 47,
    file: CALLS,
    from: "if (!this.#host.isConnected) void this.call.end('removed');",
    to: "void this.call.end('removed');",
    test: AROUND,
  },
  {
    row: 48,
    file: 'src/call/connection-watch.ts',
    from: "document.addEventListener('visibilitychange', () => void check(), { signal });",
    to: '',
    test: AROUND,
  },
  {
    row: 49,
    file: 'src/call/call-run.ts',
    from: "document.addEventListener('freeze', leave, { signal });",
    to: '',
    test: LIFECYCLE,
  },
  {
    row: 50,
    file: ELEMENT,
    from: 'if (!event || event.detail < 2) this.onPress();',
    to: 'if (event) this.onPress();',
    test: VISITOR,
  },
  { row: 51, file: MICROPHONE, from: 'if (signal.aborted) track.stop();', to: '', test: AROUND },
  {
    row: 52,
    file: 'src/element/configured-element.ts',
    from: "titleRunning: { attribute: 'title-running' },",
    to: '',
    test: AROUND,
  },
  { row: 53, file: 'src/call/voice-call.ts', from: "void active?.end('replaced');", to: '', test: AROUND },
  {
    row: 54,
    file: 'src/define.ts',
    from: 'else if (taken !== MillisVoiceAgent) {',
    to: 'else if (taken === MillisVoiceAgent) {',
    test: LOADING,
  },
  {
    row: 55,
    file: 'src/element/call-element.ts',
    from: '    iceServers: { attribute: false },\n',
    to: '',
    test: SETUP,
  },
  {
    row: 56,
    file: 'src/call/load-config.ts',
    from: 'const TIMEOUT_MS = 3000;',
    to: 'const TIMEOUT_MS = 30_000;',
    test: CONFIG,
  },
  {
    row: 57,
    file: 'src/element/css-values.ts',
    from: "if (rule.without?.test(value)) return 'a value that hides nothing';",
    to: '',
    test: CONFIG,
  },
  {
    row: 58,
    file: 'src/element/icon-source.ts',
    from: 'return allowed ? { image: href } : undefined;',
    to: 'return allowed || href ? { image: href } : undefined;',
    test: CONFIG,
  },
  {
    row: 59,
    file: 'src/call/peer.ts',
    from: 'return new natives.RTCPeerConnection(configuration);',
    to: 'return new RTCPeerConnection(configuration);',
    test: HOSTILE,
  },
  { row: 60, file: CALLS, from: 'this.#host.dispatchEvent(event);', to: 'void event;', test: AROUND },
  {
    row: 62,
    file: 'src/element/button-view.ts',
    from: 'part="button"\n',
    to: 'part="button" onclick="0"\n',
    test: LOADING,
  },
  {
    row: 63,
    file: 'vite.config.ts',
    from: 'console.error(${JSON.stringify(CANNOT_LOAD)}, error);',
    to: '',
    test: LOADING,
  },
  {
    row: 64,
    file: CALLS,
    from: 'host.addController(this);',
    to: 'host.addController(this);\n    void localStorage;',
    test: SETUP,
  },
];
