import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext } from 'puppeteer-core';
import { startPlatform } from '../../demo/platform/platform.js';
import { CallPage } from '../support/node/call-page.js';
import { launchChromium } from '../support/node/chromium.js';
import { type PageServer, startPageServer } from '../support/node/page-server.js';
import { pageWith, widget } from '../support/node/stage.js';
import { bestByHand, waitingForGathering } from './bare-pages.js';

const HELP = `How long a call takes from the click to the connection, the widget beside pages made by hand.
Each button is pressed as a hand does it: the pointer is over it for 200 ms, and pressed for 60 ms. Two rows more press it
in the instant in which the pointer arrives, as only programs do: then nothing can be prepared.

  --rounds N   calls of each kind (default 15)
  --help       this text`;

const POINTING_MS = 200;
const PRESSING_MS = 60;

/** Longer than any browser waits for a STUN server that is dead. */
const SLOWEST_MS = 60_000;

/** One way to call. */
interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly button: string;
  /** Pressed in the instant in which the pointer arrives. */
  readonly instant?: boolean;
  /** Set on the element before the click. */
  readonly iceServers?: readonly RTCIceServer[];
  /** Default: as many as there are. */
  readonly rounds?: number;
}

const STEPS = ['microphone', 'offerSent', 'answer', 'connected', 'firstPacket'] as const;

/** Milliseconds from the click to each step. */
type Measured = Readonly<Record<(typeof STEPS)[number], number>>;

type Results = ReadonlyMap<string, Measured[]>;

async function measure(
  context: BrowserContext,
  browser: Browser,
  { url, button, instant = false, iceServers }: Contestant,
): Promise<Measured> {
  const call = await CallPage.open(browser, url, { context, ledger: false, sound: false });
  if (iceServers) {
    await call.page.$eval(
      'millis-voice-agent',
      (element, servers) => {
        element.iceServers = servers;
      },
      iceServers,
    );
  }
  if (instant) await call.press(button);
  else await pressByHand(call, button);
  await call.page.waitForFunction(
    () => millisProbe.marks.connected !== undefined && millisProbe.marks.firstPacket !== undefined,
    {
      timeout: SLOWEST_MS,
    },
  );
  const {
    microphone = NaN,
    offerSent = NaN,
    answer = NaN,
    connected = NaN,
    firstPacket = NaN,
  } = await call.page.evaluate(() => millisProbe.marks);
  await call.close();
  return { microphone, offerSent, answer, connected, firstPacket };
}

async function pressByHand({ page }: CallPage, button: string): Promise<void> {
  const target = await page.waitForSelector(button);
  await target?.hover();
  await setTimeout(POINTING_MS);
  await target?.click({ delay: PRESSING_MS });
}

/** Each round runs all, in an order that moves on by one, so that none always comes after the same one. */
async function run(
  contestants: readonly Contestant[],
  rounds: number,
  once: (contestant: Contestant) => Promise<Measured>,
): Promise<Results> {
  // The first call of a browser starts its audio and network processes.
  for (const contestant of contestants.slice(0, 2)) await once(contestant);
  const results = new Map<string, Measured[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const first = round % contestants.length;
    for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      if (round >= (contestant.rounds ?? rounds)) continue;
      results.get(contestant.name)?.push(await once(contestant));
    }
  }
  return results;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN) +
      (sorted[Math.ceil((sorted.length - 1) / 2)] ?? NaN)) /
    2
  );
}

function report(results: Results): void {
  const connected = (name: string) => median((results.get(name) ?? []).map((measured) => measured.connected));
  console.log('Medians in ms after the click');
  console.log(
    row([
      '',
      'microphone',
      'offer sent',
      'answer',
      'connected',
      'first packet',
      'connected, min–max',
      'ratio',
      'runs',
    ]),
  );
  for (const [name, measured] of results) {
    const medians = STEPS.map((step) => median(measured.map((marks) => marks[step])).toFixed(0));
    const all = measured.map((marks) => marks.connected);
    const range = `${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)}`;
    console.log(
      row([name, ...medians, range, (connected(name) / connected(BEST)).toFixed(2), String(all.length)]),
    );
  }
  const ratio = (one: string, other: string) => (connected(one) / connected(other)).toFixed(2);
  console.log(`widget / best by hand, pressed at once = ${ratio(WIDGET + AT_ONCE, BEST + AT_ONCE)}`);
  console.log(`widget / best by hand = ${ratio(WIDGET, BEST)}`);
}

function row([name = '', ...columns]: readonly string[]): string {
  return [name.padEnd(40), ...columns.map((column, index) => column.padStart(index === 5 ? 20 : 12))].join(
    '',
  );
}

const WIDGET = 'the widget';
const BEST = 'the best known by hand';
const AT_ONCE = ', pressed at once';

function contestantsOf(site: PageServer, server: string, deadStun: readonly RTCIceServer[]): Contestant[] {
  const ours = {
    url: site.add(pageWith(widget('patient', server))),
    button: 'millis-voice-agent >>> [part=button]',
  };
  const bare = (html: string) => ({ url: site.add(html), button: 'button' });
  return [
    { name: WIDGET, ...ours },
    { name: BEST, ...bare(bestByHand({ server })) },
    { name: WIDGET + AT_ONCE, ...ours, instant: true },
    { name: BEST + AT_ONCE, ...bare(bestByHand({ server })), instant: true },
    { name: 'waiting for gathering', ...bare(waitingForGathering({ server })) },
    { name: 'the widget, dead STUN server', ...ours, iceServers: deadStun },
    {
      name: 'waiting for gathering, dead STUN server',
      ...bare(waitingForGathering({ server, iceServers: deadStun })),
      rounds: 1,
    },
  ];
}

async function openDeadStun(): Promise<{ socket: Socket; iceServers: RTCIceServer[] }> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { socket, iceServers: [{ urls: `stun:127.0.0.1:${socket.address().port}` }] };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '15' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds wants a number from 1.');
  const browser = await launchChromium({ ask: true });
  const site = await startPageServer();
  const platform = await startPlatform();
  const { socket, iceServers } = await openDeadStun();
  try {
    await platform.warmed;
    const context = await browser.createBrowserContext();
    await context.setPermission(site.url, { permission: { name: 'microphone' }, state: 'granted' });
    const contestants = contestantsOf(site, platform.url, iceServers);
    report(await run(contestants, rounds, (contestant) => measure(context, browser, contestant)));
  } finally {
    socket.close();
    await browser.close();
    await Promise.all([site.close(), platform.close()]);
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
