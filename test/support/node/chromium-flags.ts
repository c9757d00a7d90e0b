export interface ChromiumFlags {
  /** A WAV file that is what the microphone hears. */
  readonly speech?: string;
  /** Leaves the microphone's permission to the page and to the test. */
  readonly ask?: boolean;
  /** A visitor who says no to every prompt. */
  readonly deny?: boolean;
  /** A machine without a microphone. */
  readonly deaf?: boolean;
}

/** How the tests start Chromium: quiet, alone, with a microphone that is granted without asking. */
export function chromiumFlags({
  speech,
  ask = false,
  deny = false,
  deaf = false,
}: ChromiumFlags = {}): string[] {
  return [
    // Chromium's sandbox refuses to run as root, as which containers and build machines often run.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-gpu',
    // On a machine that is on no network at all, WebRTC has only the loopback interface to connect by.
    '--allow-loopback-in-peer-connection',
    ...(deaf ? [] : ['--use-fake-device-for-media-stream']),
    ...(ask ? [] : [`--use-fake-ui-for-media-stream${deny ? '=deny' : ''}`]),
    ...(speech ? [`--use-file-for-fake-audio-capture=${speech}`] : []),
  ];
}
