import { readFileSync } from 'node:fs';
import type { CallHistory } from '../../../demo/platform/call-log.js';
import { readWav } from '../../../demo/platform/wav.js';
import { until } from './until.js';

/** What a platform that records holds of one side of an agent's latest call, at 48 kHz. Waits until it is whole on disk. */
export async function recordedSound(
  platform: { sessions(): readonly CallHistory[] | Promise<readonly CallHistory[]> },
  agentId: string,
  side: 'visitor' | 'agent',
): Promise<Int16Array> {
  const sessions = await platform.sessions();
  const file = sessions.find(({ agent_id }) => agent_id === agentId)?.recording?.[side];
  if (file === undefined) throw new Error(`There is no recording of a call with ${agentId}.`);
  const read = () => readWav(readFileSync(file)).samples;
  await until(() => read().length > 0, 'the recording');
  return read();
}
