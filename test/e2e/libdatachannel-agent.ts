import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** An agent on another WebRTC implementation, in a process of its own (see `libdatachannel-process.ts`). */
export interface LibdatachannelAgent {
  readonly url: string;
  /** States that the connection of the only call went through. */
  readonly states: readonly string[];
  /** Packets of the visitor's sound that arrived. */
  packetsReceived(): number;
  close(): Promise<void>;
}

interface Report {
  readonly url?: string;
  readonly state?: string;
  readonly packets?: number;
}

export async function startLibdatachannelAgent(sessionId: string): Promise<LibdatachannelAgent> {
  const states: string[] = [];
  let packets = 0;
  const program = fileURLToPath(new URL('libdatachannel-process.ts', import.meta.url));
  const child = fork(program, [sessionId], { execArgv: ['--import=tsx'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The agent on libdatachannel could not be started.')));
    child.on('message', (report: Report) => {
      if (report.url !== undefined) resolve(report.url);
      if (report.state !== undefined) states.push(report.state);
      if (report.packets !== undefined) packets = report.packets;
    });
  });
  return {
    url,
    states,
    packetsReceived: () => packets,
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
