import type { CallPage } from '../../test/support/node/call-page.js';
import type { Marks } from '../../test/support/node/page/marks.js';

const STEPS = {
  microphone: 'microphone open',
  offerSent: 'offer sent',
  answer: 'answer',
  connected: 'connected',
  firstPacket: 'first packet',
} as const;

/** One step of a call, in milliseconds after the click. */
export function printStep(name: string, ms: number): void {
  console.log(`${ms.toFixed(0).padStart(7)} ms  ${name}`);
}

/** The steps from the click to the first packet, in their order. */
export function printTimeline(marks: Marks): void {
  const steps = Object.entries(STEPS).flatMap(([step, name]) => {
    const ms = marks[step as keyof typeof STEPS];
    return ms === undefined ? [] : [{ name, ms }];
  });
  printStep('click', 0);
  for (const { name, ms } of steps.toSorted((a, b) => a.ms - b.ms)) printStep(name, ms);
}

/** From now on, each text of the conversation as it grows. */
export async function printTranscript({ page }: CallPage): Promise<void> {
  await page.exposeFunction('millisSaid', (role: string, text: string, final: boolean) => {
    console.log(`${role.padStart(10)}  ${text}${final ? '' : ' …'}`);
  });
  await page.evaluate(() => {
    document.querySelector('millis-voice-agent')?.addEventListener('millis-transcript', (event) => {
      const { turn } = event;
      (window as unknown as { millisSaid: (...said: unknown[]) => void }).millisSaid(
        turn.role,
        turn.text,
        turn.final,
      );
    });
  });
}
