import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { requireChromium } from '../../test/support/node/browser-path.js';
import { CallPage } from '../../test/support/node/call-page.js';
import { launchChromium } from '../../test/support/node/chromium.js';
import { firstSoundMs } from '../../test/support/node/heard-sound.js';
import { startPageServer } from '../../test/support/node/page-server.js';
import { recordedSound } from '../../test/support/node/recorded-sound.js';
import { pageWith, widget } from '../../test/support/node/stage.js';
import { writeVisitorSpeech } from '../../test/support/node/visitor-speech.js';
import { SAMPLE_RATE_HZ } from '../platform/pcm.js';
import { type Platform, startPlatform } from '../platform/platform.js';
import { writeWav } from '../platform/wav.js';
import { buildIfNeeded } from './built-file.js';
import { printStep, printTimeline, printTranscript } from './print.js';

/** The visitor lets the agent finish: a greeting of the shipped agents takes less. */
const VISITOR_WAITS_MS = 5_500;
const LONGEST_START_MS = 25_000;

export interface CallOptions {
  readonly agentId: string;
  /** When to hang up, if the agent did not. */
  readonly seconds: number;
  /** Gets what each side heard. */
  readonly folder: string;
}

/** What each side of a call heard, and when it began, in milliseconds after the click. */
interface BothSides {
  readonly page: { readonly samples: Int16Array; readonly firstMs: number | undefined };
  readonly platform: { readonly samples: Int16Array; readonly firstMs: number | undefined };
}

/**
 * Makes a whole call, and tells on the console how it goes. Leaves two WAV files, and nothing running.
 *
 * @throws Error with one line that says what is missing, why there was no call, or which side heard nothing
 */
export async function makeCall(options: CallOptions): Promise<void> {
  requireChromium();
  await buildIfNeeded();
  const scratch = await mkdtemp(join(tmpdir(), 'millis-call-'));
  const speech = join(scratch, 'speech.wav');
  await writeVisitorSpeech(speech, { leadMs: VISITOR_WAITS_MS, times: Math.ceil(options.seconds / 5) });
  const platform = await startPlatform({ recordDir: scratch });
  const site = await startPageServer();
  const browser = await launchChromium({ speech });
  try {
    await platform.warmed;
    const url = site.add(pageWith(widget(options.agentId, platform.url)));
    const heard = await talk(browser, url, platform, options);
    await keep(heard, options.folder);
  } finally {
    await browser.close();
    await Promise.all([site.close(), platform.close()]);
    await rm(scratch, { recursive: true });
  }
}

async function talk(
  browser: Browser,
  url: string,
  platform: Platform,
  { agentId, seconds }: CallOptions,
): Promise<BothSides> {
  const call = await CallPage.open(browser, url);
  await printTranscript(call);
  await call.press();
  await call.reaches('live', LONGEST_START_MS);
  const isOver = call.reaches('ended', seconds * 1_000);
  await call.page.waitForFunction(() => millisProbe.marks.firstPacket !== undefined).catch(() => undefined);
  const marks = await call.page.evaluate(() => millisProbe.marks);
  printTimeline(marks);
  await isOver.catch(() => call.press());
  await call.reaches('ended');
  const heard = await call.heard();
  const samples = await recordedSound(platform, agentId, 'visitor');
  const { clickedAtMs = 0, connected = 0 } = marks;
  const atPlatform = firstSoundMs(samples);
  return {
    page: { samples: heard.samples, firstMs: heard.firstSoundAtMs && heard.firstSoundAtMs - clickedAtMs },
    // The platform records from the moment that the connection is up.
    platform: { samples, firstMs: atPlatform && connected + atPlatform },
  };
}

async function keep({ page, platform }: BothSides, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sides = Object.entries({ page, platform });
  for (const [name, { samples, firstMs }] of sides) {
    await writeFile(join(folder, `${name}-heard.wav`), writeWav({ samples, sampleRateHz: SAMPLE_RATE_HZ }));
    if (firstMs !== undefined) printStep(`first sound heard by the ${name}`, firstMs);
  }
  console.log(`What each side heard is in ${folder}`);
  const deaf = sides.find(([, { firstMs }]) => firstMs === undefined);
  if (deaf) throw new Error(`The ${deaf[0]} heard nothing.`);
}
