import type { CallSnapshot } from '../call/call-store.js';
import type { Diagnosis } from '../call/diagnosis.js';
import { durationMs } from '../domain/call-state.js';

/** One fact: its name, its value, and for a loudness 0 to 1 to be drawn. */
export type Row = readonly [name: string, value: string, level?: number];

/** What stands together under a title. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** Everything that the panel knows. */
export interface Facts {
  readonly snapshot: CallSnapshot;
  /** The newest; of the last call where none is under way. */
  readonly diagnosis: Diagnosis | undefined;
  /** The loudest that each side was in this call, 0 to 1. */
  readonly loudest: { readonly microphone: number; readonly agent: number };
  readonly happened: readonly string[];
  readonly problems: readonly string[];
  readonly readiness: readonly Row[];
  readonly page: readonly Row[];
}

const NOT_YET = '–';
/** A session's id is the platform's text; one that is none is not shown. */
const ID = /^[\w-]{1,64}$/;

/** Pure: what is shown, and what a report holds, are the same. `now` is milliseconds since the epoch. */
export function sections(facts: Facts, now: number): readonly Section[] {
  const { snapshot, diagnosis } = facts;
  return [
    { title: 'Call', rows: callRows(snapshot, now) },
    { title: 'Steps', rows: stepRows(snapshot) },
    { title: 'Connection', rows: connectionRows(diagnosis) },
    { title: 'Sound', rows: soundRows(facts) },
    { title: 'So far', rows: numbered(facts.happened, 'nothing happened') },
    { title: 'Config problems', rows: numbered(facts.problems, 'none') },
    { title: 'Readiness', rows: facts.readiness },
    { title: 'Page', rows: facts.page },
  ];
}

function callRows(snapshot: CallSnapshot, now: number): readonly Row[] {
  const { state, sessionId = '', agentState, transcript, muted, droppedMessages, hint } = snapshot;
  return [
    ['phase', [state.phase, hint].filter(Boolean).join(', ')],
    ['session', ID.test(sessionId) ? sessionId : sessionId ? 'not shown' : NOT_YET],
    ['live for', seconds(durationMs(state, now))],
    ['agent is', agentState ?? NOT_YET],
    ['turns', String(transcript.turns.length)],
    ['dropped messages', String(droppedMessages)],
    ['muted', muted ? 'yes' : 'no'],
    ['warnings now', snapshot.warnings.join(', ') || 'none'],
  ];
}

function stepRows({ timings }: CallSnapshot): readonly Row[] {
  const { startedAt } = timings;
  return [
    ['started', startedAt === undefined ? NOT_YET : new Date(startedAt).toISOString()],
    ['microphone', ms(timings.microphoneMs)],
    ['offer sent', ms(timings.offerMs)],
    ['answer', ms(timings.answerMs)],
    ['connected', ms(timings.connectedMs)],
    ['first packet', ms(timings.packetMs)],
    ['data channel', ms(timings.channelMs)],
  ];
}

function connectionRows(diagnosis: Diagnosis | undefined): readonly Row[] {
  const pair = diagnosis?.candidatePair;
  return [
    ['pair', pair ? `${pair.local ?? '?'} to ${pair.remote ?? '?'}, ${pair.protocol ?? '?'}` : NOT_YET],
    ['network', pair?.networkType ?? NOT_YET],
    ['our candidates', counted(diagnosis?.localCandidates)],
    ['their candidates', counted(diagnosis?.remoteCandidates)],
    ['ICE, DTLS', [diagnosis?.iceState ?? NOT_YET, diagnosis?.dtlsState ?? NOT_YET].join(', ')],
    ['round trip', ms(diagnosis?.roundTripMs)],
    ['received', lossText(diagnosis?.packetsReceived, diagnosis?.lossPercent)],
    ['sent', lossText(diagnosis?.packetsSent, diagnosis?.sentLossPercent)],
    ['jitter', ms(diagnosis?.jitterMs)],
    ['channel', channelText(diagnosis)],
  ];
}

function soundRows({ diagnosis, loudest }: Facts): readonly Row[] {
  return [
    ['microphone', ...levelText(diagnosis?.microphoneLevel, loudest.microphone)],
    ['agent', ...levelText(diagnosis?.agentLevel, loudest.agent)],
    ['codec', diagnosis?.codec ?? NOT_YET],
  ];
}

function channelText(diagnosis: Diagnosis | undefined): string {
  const { channelState = NOT_YET, messagesReceived } = diagnosis ?? {};
  return messagesReceived === undefined ? channelState : `${channelState}, ${messagesReceived} messages`;
}

function numbered(lines: readonly string[], none: string): readonly Row[] {
  return lines.length > 0 ? lines.map((line, index) => [String(index + 1), line]) : [['', none]];
}

function counted(kinds: readonly string[] | undefined): string {
  const names = [...new Set(kinds)];
  return (
    names.map((name) => `${kinds?.filter((kind) => kind === name).length} ${name}`).join(', ') || NOT_YET
  );
}

function lossText(packets: number | undefined, percent: number | undefined): string {
  const lost = percent === undefined ? '' : `, ${percent.toFixed(1)} % lost`;
  return packets === undefined ? NOT_YET : `${packets} packets${lost}`;
}

/** In decibels below full scale, and for the bar as the ear would put it. */
function levelText(level: number | undefined, loudest: number): [text: string, bar?: number] {
  if (level === undefined) return [NOT_YET];
  return [`${decibels(level)}, loudest ${decibels(loudest)}`, Math.sqrt(level)];
}

function decibels(level: number): string {
  return level > 0 ? `${(20 * Math.log10(level)).toFixed(0)} dB` : 'silent';
}

function ms(value: number | undefined): string {
  return value === undefined ? NOT_YET : `${value.toFixed(0)} ms`;
}

function seconds(value: number): string {
  return `${(value / 1000).toFixed(1)} s`;
}
