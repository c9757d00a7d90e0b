import { BUTTON_STATES, type PerState } from '../../src/domain/button-state.js';
import type { EmbedConfig } from '../../src/protocol/embed-config.js';

/** All of the config but its region, which a choice has once, beside the server. */
export type Look = Omit<EmbedConfig, 'region'>;

/**
 * All that a person chose in the playground. Everywhere '' is "not set", and so are a missing or null field of the look. The
 * titles and icons are whole objects as in the config: there '' is "the widget's own" for that one state. A title that is to show
 * no words is a blank, as in ' '.
 */
export interface Choice {
  readonly agentId: string;
  /** Base URL that answers `POST {server}/webrtc/offer`. */
  readonly server: string;
  /** Address of the script file. It goes into the snippets, and is no attribute. */
  readonly script: string;
  /** The widget's region. The JSON snippet has it too, as the config's `region`. */
  readonly region: string;
  readonly configSrc: string;
  /** One of `PLACEMENTS`. */
  readonly placement: string;
  /** CSS selector of the page's own buttons. */
  readonly trigger: string;
  readonly muted: boolean;
  readonly disabled: boolean;
  readonly look: Look;
}

/** What the `placement` attribute may say, its default first. */
export const PLACEMENTS: readonly string[] = [
  'inline',
  'bottom-right',
  'bottom-left',
  'top-right',
  'top-left',
  'none',
];

/** What an empty query stands for. */
export const DEFAULT_CHOICE: Choice = {
  agentId: '',
  server: '',
  script: '',
  region: '',
  configSrc: '',
  placement: 'inline',
  trigger: '',
  muted: false,
  disabled: false,
  look: {},
};

/** The choice as a query without a question mark: names as of the attributes, and only what differs from the default. */
export function choiceToQuery(choice: Choice): string {
  const query = new URLSearchParams(choiceAttributes(choice).map(([name, value]) => [name, value]));
  if (choice.script) query.set('script', choice.script);
  return query.toString();
}

/** Reads what `choiceToQuery` wrote. Whatever else stands there is passed over. Never throws. */
export function queryToChoice(search: string): Choice {
  const query = new URLSearchParams(search);
  const text = (name: string) => query.get(name) ?? '';
  const placement = text('placement');
  return {
    agentId: text('agent-id'),
    server: text('server'),
    script: text('script'),
    region: text('region'),
    configSrc: text('config-src'),
    placement: PLACEMENTS.includes(placement) ? placement : DEFAULT_CHOICE.placement,
    trigger: text('trigger'),
    muted: query.has('muted'),
    disabled: query.has('disabled'),
    look: readLook(query),
  };
}

/**
 * The attributes of `<millis-voice-agent>` that the choice needs, in the order of the README's table; '' is the value of a boolean
 * one. What is not set has none, and neither has a placement that is the default.
 */
export function choiceAttributes(choice: Choice): readonly (readonly [name: string, value: string])[] {
  const { look, placement } = choice;
  const { transcript } = look;
  const given: readonly (readonly [string, string])[] = [
    ['agent-id', choice.agentId],
    ['server', choice.server],
    ['region', choice.region],
    ['config-src', choice.configSrc],
    ...BUTTON_STATES.map((state) => [`title-${state}`, look.titles?.[state] ?? ''] as const),
    ...BUTTON_STATES.map((state) => [`icon-${state}`, look.icons?.[state] ?? ''] as const),
    ['background', look.background ?? ''],
    ['button-css', look.buttonCss ?? ''],
    ['size', Number.isFinite(look.size) ? String(look.size) : ''],
    ['transcript', transcript == null ? '' : transcript ? 'on' : 'off'],
    ['placement', placement === DEFAULT_CHOICE.placement ? '' : placement],
    ['trigger', choice.trigger],
  ];
  return [
    ...given.filter(([, value]) => value !== ''),
    ...(choice.muted ? [['muted', ''] as const] : []),
    ...(choice.disabled ? [['disabled', ''] as const] : []),
  ];
}

/** The look with nothing in it but what is set. */
function readLook(query: URLSearchParams): Look {
  const titles = readStates(query, 'title');
  const icons = readStates(query, 'icon');
  const background = query.get('background');
  const buttonCss = query.get('button-css');
  const size = query.get('size');
  const transcript = query.get('transcript');
  return {
    ...(titles && { titles }),
    ...(icons && { icons }),
    ...(background && { background }),
    ...(buttonCss && { buttonCss }),
    ...(size?.trim() && Number.isFinite(Number(size)) && { size: Number(size) }),
    ...((transcript === 'on' || transcript === 'off') && { transcript: transcript === 'on' }),
  };
}

function readStates(query: URLSearchParams, name: 'title' | 'icon'): PerState<string> | undefined {
  const of = (state: string) => query.get(`${name}-${state}`) ?? '';
  const states = { idle: of('idle'), connecting: of('connecting'), running: of('running') };
  return Object.values(states).some(Boolean) ? states : undefined;
}
