import assert from 'node:assert/strict';
import type { CallPage } from '../support/node/call-page.js';
import { HeardSound } from '../support/node/heard-sound.js';
import { GREETING } from './server.js';
import { FAULTS, type Fault, type FaultNumber } from '../faults/table.js';

/** Far above what anything here takes, for a machine that is busy with something else. */
const WAIT_MS = 25_000;

interface Step {
  readonly phase: string;
  readonly atMs: number;
}

/** A visitor's call over a link. All times are of the page's clock, in milliseconds. */
export class NetworkCall {
  constructor(readonly page: CallPage) {}

  /** Presses the button, and resolves with the time from the press to the live call. */
  async connect(): Promise<number> {
    const pressedAtMs = await this.page.now();
    await this.page.press();
    return (await this.enters('live', pressedAtMs)) - pressedAtMs;
  }

  /** Presses the button again, and resolves when the call has ended. */
  async hangUp(): Promise<void> {
    const pressedAtMs = await this.page.now();
    await this.page.press();
    await this.enters('ended', pressedAtMs);
  }

  /** Waits until the call entered a phase after the given moment, and says when that was. */
  async enters(phase: string, sinceMs: number, withinMs = WAIT_MS): Promise<number> {
    const isThere = (name: string, since: number) =>
      millisProbe.events.some((event) => event.phase === name && event.atMs > since);
    await this.page.page
      .waitForFunction(isThere, { polling: 50, timeout: withinMs }, phase, sinceMs)
      .catch(async (cause: unknown) => {
        const steps = await this.steps(sinceMs);
        const seen = steps.map((step) => `${step.phase} after ${Math.round(step.atMs - sinceMs)} ms`);
        const error = await this.page.page.evaluate(() =>
          String(document.querySelector('millis-voice-agent')?.error),
        );
        throw new Error(`Not ${phase}, but ${seen.join(', ')}. ${error}`, { cause });
      });
    const step = (await this.steps(sinceMs)).find((one) => one.phase === phase);
    return step?.atMs ?? NaN;
  }

  /** Waits until HTTP of the page gets through to a server. */
  async reaches(url: string): Promise<void> {
    const getsThrough = (to: string) => fetch(to, { mode: 'no-cors' }).then(Boolean, () => false);
    await this.page.page.waitForFunction(getsThrough, { polling: 200, timeout: WAIT_MS }, url);
  }

  /** The phases that the call entered after a moment, in their order. */
  async steps(sinceMs = 0): Promise<readonly Step[]> {
    const steps = await this.page.page.evaluate(() =>
      millisProbe.events.flatMap(({ phase, atMs }) => (phase === undefined ? [] : [{ phase, atMs }])),
    );
    return steps.filter(({ atMs }) => atMs > sinceMs);
  }

  /** The codes of all `millis-error` events so far. */
  errors(): Promise<readonly string[]> {
    return this.page.page.evaluate(() =>
      millisProbe.events.flatMap(({ type, code }) => (type === 'error' ? [code ?? ''] : [])),
    );
  }

  /** Waits until the agent was heard for a fifth of a second after a moment. */
  async hears(sinceMs = 0): Promise<void> {
    const deadlineMs = performance.now() + WAIT_MS;
    while ((await this.soundSince(sinceMs)).soundMs(sinceMs) < 200) {
      if (performance.now() > deadlineMs) throw new Error('The agent was not heard.');
      await this.page.listens(500);
    }
  }

  /** What came out of the loudspeaker after a moment. */
  async soundSince(sinceMs: number): Promise<HeardSound> {
    return new HeardSound(
      await this.page.page.evaluate(
        (since: number) => millisProbe.heard().filter(({ atMs }) => atMs > since),
        sinceMs,
      ),
    );
  }

  /** Waits until the visitor reads the row's words, in the notice or in the status. */
  async reads(number: FaultNumber): Promise<void> {
    const { words = '' }: Fault = FAULTS[number];
    assert.notEqual(words, '', `row ${number} has no words`);
    const { page } = this.page;
    const isRead = (wanted: string) => {
      const root = document.querySelector('millis-voice-agent')?.shadowRoot;
      const shown = [...(root?.querySelectorAll('[part=notice], [part=status]') ?? [])];
      return shown.some((element) => element.textContent.includes(wanted));
    };
    await page
      .waitForFunction(isRead, { polling: 50, timeout: WAIT_MS }, words)
      .catch(async (cause: unknown) => {
        const texts = await page.$$eval('millis-voice-agent >>> [part]', (parts) =>
          parts.map((part) => part.textContent.trim()),
        );
        throw new Error(
          `Never read: ${words} Read: ${texts.join(' / ')} Errors: ${(await this.errors()).join()}`,
          { cause },
        );
      });
  }

  /** The turns of the transcript that are a greeting. */
  async greetings(): Promise<number> {
    return (await this.page.shownTurns()).filter((turn) => turn.startsWith(GREETING)).length;
  }

  /** Asserts that the call failed once, as the row says, that its transcript still has so many greetings, and that nothing is alive. */
  async assertFailed(number: FaultNumber, greetings: number): Promise<void> {
    const { code }: Fault = FAULTS[number];
    await this.reads(number);
    assert.deepEqual(await this.errors(), [code]);
    assert.deepEqual(await this.page.alive(), []);
    assert.equal(await this.greetings(), greetings, (await this.page.shownTurns()).join('\n'));
    assert.deepEqual(this.page.complaints, []);
  }
}
