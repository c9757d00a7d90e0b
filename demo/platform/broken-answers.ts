/** The answer, with its audio only received: valid, accepted by every browser, and silent. */
export function withoutAudio(sdp: string): string {
  return sdp.replace(/^a=sendrecv\r\n/m, 'a=recvonly\r\n');
}

/** The answer, with the fingerprint of another certificate: the connection is found, and DTLS fails (RFC 8122, section 5). */
export function withWrongFingerprint(sdp: string): string {
  return sdp.replaceAll(/^(a=fingerprint:\S+ )(\S\S)/gm, (_, begin: string, byte: string) => {
    return `${begin}${byte === '00' ? '01' : '00'}`;
  });
}

/** The answer, with its data section refused as RFC 8843 wants it: port 0, and its id taken out of the bundle. */
export function withoutDataChannel(sdp: string): string {
  const mid = /^m=application [\s\S]*?^a=mid:(\S+)/m.exec(sdp)?.[1];
  if (mid === undefined) return sdp;
  return sdp.replace(/^m=application \d+/m, 'm=application 0').replace(/^a=group:BUNDLE .*$/m, (group) =>
    group
      .split(' ')
      .filter((part) => part !== mid)
      .join(' '),
  );
}
