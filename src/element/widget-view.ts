import { html, type TemplateResult } from 'lit';
import type { CallSnapshot } from '../call/call-store.js';
import { BUTTON_STATES, type PerState } from '../domain/button-state.js';
import type { CallPhase } from '../domain/call-state.js';
import { printable } from '../domain/printable.js';
import type { EmbedSettings } from '../protocol/embed-config.js';
import type { ButtonView } from './button-view.js';
import { controlsView } from './controls-view.js';
import { readIcon, type IconSource } from './icon-source.js';
import type { Labels } from './labels.js';
import { DEFAULT_SIZE } from './look-controller.js';
import type { NoticeView } from './notice-view.js';
import { panelView } from './panel-view.js';

/** Which of the three states the button shows in a phase. */
const STATE_OF_PHASE = {
  idle: 'idle',
  'requesting-microphone': 'connecting',
  connecting: 'connecting',
  live: 'running',
  reconnecting: 'connecting',
  ending: 'running',
  ended: 'idle',
  failed: 'idle',
} as const satisfies Record<CallPhase, keyof PerState<unknown>>;

/** On the icon of a call there is always the same red. */
const ON_RED = '#fff';
const MOST_TITLE_CHARS = 200;
const LEAST_SIZE_FOR_BADGES = 56;

interface WidgetView
  extends
    Pick<ButtonView, 'onPress' | 'onIntent' | 'onBrokenImage'>,
    Pick<NoticeView, 'notice' | 'onAction' | 'onDismiss'> {
  readonly snapshot: CallSnapshot;
  readonly labels: Labels;
  readonly settings: EmbedSettings;
  /** Colour of text and icons on the button, as CSS. */
  readonly textColor: string;
  /** The conversation lies over the page. */
  readonly floating: boolean;
  readonly panelOpen: boolean;
  readonly disabled: boolean;
  readonly brokenImages: readonly string[];
  readonly onMute: () => void;
  readonly onOpen: () => void;
  readonly onClose: () => void;
  /** Colours of the page, as far as they are the widget's too, have changed. */
  readonly onPageColors: () => void;
}

/** The whole of what a visitor sees and hears, from what is known. */
export function widgetView(view: WidgetView): TemplateResult {
  const { snapshot, labels, settings, floating, panelOpen } = view;
  const { state, muted, transcript } = snapshot;
  const shown = STATE_OF_PHASE[state.phase];
  const hasPanel = settings.transcript === true && floating;
  const hasTranscript = settings.transcript === true && (!floating || panelOpen);
  const mute = { labels, muted, onMute: view.onMute };
  const status = state.phase === 'live' && muted ? labels.muted : labels[`status-${state.phase}`];
  return html`
    ${controlsView({
      ...mute,
      button: buttonOf(view, shown),
      big: (settings.size ?? DEFAULT_SIZE) >= LEAST_SIZE_FOR_BADGES,
      plain: settings.background === undefined,
      panel: hasPanel ? { open: panelOpen, onOpen: view.onOpen } : undefined,
    })}
    ${panelView({
      labels,
      floating,
      turns: hasTranscript ? transcript.turns : undefined,
      mute: shown === 'running' ? mute : undefined,
      notice: view.notice,
      onAction: view.onAction,
      onDismiss: view.onDismiss,
      onClose: view.onClose,
    })}
    <span class="unseen sensor" part="status" role="status" @transitionend=${view.onPageColors}
      >${status}</span
    >
  `;
}

function buttonOf(view: WidgetView, shown: keyof PerState<unknown>): ButtonView {
  const { labels, settings, textColor, brokenImages } = view;
  const title = (state: keyof PerState<unknown>): string =>
    printable(settings.titles?.[state] ?? labels[state])
      .trim()
      .slice(0, MOST_TITLE_CHARS);
  const icon = (state: keyof PerState<unknown>): IconSource | undefined => {
    const source = readIcon(settings.icons?.[state] ?? '', state === 'running' ? ON_RED : textColor);
    return source && 'image' in source && brokenImages.includes(source.image) ? undefined : source;
  };
  const titles = perState(title);
  const unseenWords = [titles[shown] === '' && labels[shown], shown === 'connecting' && labels.cancel];
  return {
    shown,
    titles,
    unseenWords: unseenWords.filter(Boolean).join(' '),
    icons: perState(icon),
    disabled: view.disabled && shown === 'idle',
    onPress: view.onPress,
    onIntent: view.onIntent,
    onBrokenImage: view.onBrokenImage,
  };
}

function perState<Value>(of: (state: keyof PerState<unknown>) => Value): PerState<Value> {
  const [idle, connecting, running] = BUTTON_STATES;
  return { idle: of(idle), connecting: of(connecting), running: of(running) };
}
