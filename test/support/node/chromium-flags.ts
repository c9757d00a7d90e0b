/** How the tests start Chromium: quiet, alone, with a microphone that is granted without asking. */
export function chromiumFlags({ speech, ask = false }: { speech?: string; ask?: boolean } = {}): string[] {
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
    '--use-fake-device-for-media-stream',
    ...(ask ? [] : ['--use-fake-ui-for-media-stream']),
    ...(speech ? [`--use-file-for-fake-audio-capture=${speech}`] : []),
  ];
}
