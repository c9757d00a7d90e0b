import type { Break } from './break.js';

const TEST = 'test/faults/microphone.test.ts';
const E2E = 'test/e2e/faults-microphone.test.ts';
const MICROPHONE = 'src/call/microphone.ts';
const VOICE = 'src/call/visitor-voice.ts';
const SPEAKER = 'src/call/speaker.ts';
const DOCTOR = 'src/element/doctor-controller.ts';

/** What the rows of the microphone guard. */
export const breaks: readonly Break[] = [
  {
    row: 1,
    file: MICROPHONE,
    from: "['NotAllowedError', 'microphone-denied']",
    to: "['NotAllowedError', 'microphone-busy']",
    test: E2E,
  },
  { row: 2, file: MICROPHONE, from: '/dismiss/i', to: '/dismissal/i', test: TEST },
  { row: 3, file: DOCTOR, from: "code !== 'microphone-denied'", to: 'code', test: E2E },
  { row: 4, file: MICROPHONE, from: '/system/i', to: '/systems/i', test: TEST },
  { row: 8, file: DOCTOR, from: "code === 'microphone-missing'", to: "code === 'internal'", test: E2E },
  { row: 9, file: MICROPHONE, from: "code !== 'microphone-busy'", to: 'code', test: TEST },
  {
    row: 10,
    file: MICROPHONE,
    from: "cause.name === 'OverconstrainedError'",
    to: "cause.name === 'SyntaxError'",
    test: TEST,
  },
  { row: 11, file: MICROPHONE, from: 'if (signal.aborted) track.stop();', to: '', test: TEST },
  {
    row: 12,
    file: VOICE,
    from: "track.addEventListener('ended', ended",
    to: "track.addEventListener('end', ended",
    test: TEST,
  },
  {
    row: 12,
    file: VOICE,
    from: "if (this.#track?.readyState === 'ended')",
    to: "if (this.#track?.readyState === 'live')",
    test: TEST,
  },
  {
    row: 13,
    file: VOICE,
    from: "onWarning('microphone-interrupted', true)",
    to: "onWarning('microphone-interrupted', false)",
    test: TEST,
  },
  { row: 14, file: VOICE, from: 'amount !== heard ||', to: 'amount === heard ||', test: TEST },
  {
    row: 15,
    file: VOICE,
    from: "if (this.#track?.readyState === 'ended')",
    to: 'if (this.#track)',
    test: TEST,
  },
  { row: 16, file: SPEAKER, from: 'if (audio.paused) play();\n  };', to: '};', test: TEST },
  {
    row: 17,
    file: SPEAKER,
    from: "if (isBlocked && isMissed) onWarning('playback-blocked', true);",
    to: '',
    test: TEST,
  },
];
