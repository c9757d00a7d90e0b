import type { MillisVoiceAgent } from '../../src/element/millis-voice-agent.js';
import { choiceAttributes } from './choice.js';
import type { ChoiceStore, View } from './choice-store.js';
import { find } from './dom.js';
import type { Sample } from './samples.js';

/** What the platform's config can say as well. */
const OF_THE_LOOK = /^(title|icon)-|^(background|button-css|size|transcript|region)$/;
const RESTING = /^(idle|ended|failed)$/;
const PHONE_MARGIN_PX = 32;
const IN_SIGHT_MARGIN_PX = 24;

/** The frame with a sample page and the widget in it. Attributes are set while a call goes on; another page is another widget. */
export class Stage {
  readonly #frame = find('#sample', HTMLIFrameElement);
  readonly #store: ChoiceStore;
  readonly #onPage: (page: Document) => void;
  #sample: Sample | undefined;
  #widget: MillisVoiceAgent | undefined;
  #applied = new Map<string, string>();

  /** `onPage` gets each page as it is there. */
  constructor(store: ChoiceStore, onPage: (page: Document) => void) {
    this.#store = store;
    this.#onPage = onPage;
    this.#frame.addEventListener('load', () => this.#pageLoaded());
    store.subscribe((view) => this.#show(view));
    new ResizeObserver(() => this.#scalePhone()).observe(find('#stage', HTMLElement));
  }

  /** Loads the sample page again, as a visitor would. */
  reload(): void {
    this.#leavePage();
    this.#frame.contentWindow?.location.reload();
  }

  #show(view: View): void {
    if (this.#sample === view.sample) {
      this.#setAttributes(view);
      return;
    }
    this.#sample = view.sample;
    find('#stage', HTMLElement).classList.toggle('phone', view.sample.phone);
    this.#leavePage();
    this.#scalePhone();
    // The address of a frame goes into the history of the whole page; a replaced one does not.
    if (this.#frame.contentWindow) this.#frame.contentWindow.location.replace(view.sample.url);
  }

  #leavePage(): void {
    this.#widget = undefined;
    this.#frame.classList.remove('ready');
  }

  #pageLoaded(): void {
    const page = this.#frame.contentDocument;
    const widget = page?.querySelector('millis-voice-agent');
    // The first, empty page of a new frame loads as well.
    if (!page || !widget) return;
    this.#widget = widget;
    this.#applied = new Map();
    this.#onPage(page);
    useOwnButton(page, widget);
    this.#setAttributes(this.#store.view);
    bringIntoSight(widget);
    this.#frame.classList.add('ready');
  }

  #setAttributes({ choice, storedLook }: View): void {
    const widget = this.#widget;
    if (!widget) return;
    const wanted = new Map(
      choiceAttributes(choice).filter(([name]) => !storedLook || !OF_THE_LOOK.test(name)),
    );
    // Only what changed here: the widget changes some of its attributes itself.
    for (const [name, value] of wanted) {
      if (this.#applied.get(name) !== value) widget.setAttribute(name, value);
    }
    for (const name of this.#applied.keys()) if (!wanted.has(name)) widget.removeAttribute(name);
    this.#applied = wanted;
    const own = widget.ownerDocument.querySelector<HTMLElement>('.own');
    if (own) own.hidden = choice.placement !== 'none' && choice.trigger === '';
  }

  #scalePhone(): void {
    const stage = find('#stage', HTMLElement);
    const device = find('#device', HTMLElement);
    const scale = this.#sample?.phone
      ? Math.min(1, (stage.clientHeight - PHONE_MARGIN_PX) / device.offsetHeight)
      : 1;
    stage.style.setProperty('--scale', String(scale));
  }
}

/** A low frame shows the top of a page. The frame is scrolled, and nothing around it. */
function bringIntoSight(widget: MillisVoiceAgent): void {
  const view = widget.ownerDocument.defaultView;
  if (!view) return;
  const hiddenPx = widget.getBoundingClientRect().bottom + IN_SIGHT_MARGIN_PX - view.innerHeight;
  if (hiddenPx > 0) view.scrollBy({ top: hiddenPx, behavior: 'instant' });
}

/** The page's own button: with `trigger` the widget makes it work, with `placement="none"` the page does. */
function useOwnButton(page: Document, widget: MillisVoiceAgent): void {
  const button = page.querySelector('#talk');
  const output = page.querySelector('.own output');
  const isTriggered = () => (widget.getAttribute('trigger') ?? '') !== '';
  button?.addEventListener('click', () => {
    if (isTriggered()) return;
    if (RESTING.test(widget.phase)) widget.start().catch(() => undefined);
    else void widget.end();
  });
  widget.addEventListener('millis-state-change', ({ state }) => {
    if (output) output.textContent = state.phase;
    if (!isTriggered()) button?.setAttribute('aria-pressed', String(!RESTING.test(state.phase)));
  });
}
