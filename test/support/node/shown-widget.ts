import type { CallPage } from './call-page.js';

/** What a visitor, or a screen reader, finds on the page. */
export interface ShownWidget {
  /** The accessible name of the button. */
  readonly name: string | undefined;
  readonly background: string;
  readonly borderRadius: string;
  readonly letterSpacing: string;
  readonly height: number;
  /** The corner of the window that is nearest to the button. */
  readonly corner: string;
  readonly transcript: boolean;
  readonly muted: boolean;
  /** The text in place of the icon, and how many pictures are seen there. */
  readonly iconText: string;
  readonly iconPictures: number;
}

/** Looks at the one widget of the page. */
export async function shownWidget({ page }: CallPage): Promise<ShownWidget> {
  const button = await page.waitForSelector('millis-voice-agent >>> [part=button]');
  if (!button) throw new Error('The page shows no button.');
  const node = await page.accessibility.snapshot({ root: button });
  const look = await page.$eval('millis-voice-agent', (element) => {
    const root = element.shadowRoot;
    const shown = root?.querySelector('[part=button]');
    const icon = root?.querySelector<HTMLElement>('[part=icon]');
    if (!shown || !icon) throw new Error('The button has no icon.');
    const { backgroundImage, borderTopLeftRadius, letterSpacing } = getComputedStyle(shown);
    const { top, bottom, left, right, height } = shown.getBoundingClientRect();
    const visible = { visibilityProperty: true, opacityProperty: true };
    const pictures = [...icon.querySelectorAll('img')].filter((image) => image.checkVisibility(visible));
    return {
      background: backgroundImage,
      borderRadius: borderTopLeftRadius,
      letterSpacing,
      height: Math.round(height),
      corner: `${top > innerHeight - bottom ? 'bottom' : 'top'}-${left > innerWidth - right ? 'right' : 'left'}`,
      transcript: Boolean(root?.querySelector('[part=transcript]')),
      muted: element.muted,
      iconText: icon.innerText.trim(),
      iconPictures: pictures.filter(({ naturalWidth }) => naturalWidth > 0).length,
    };
  });
  return { name: node?.name, ...look };
}

/** Waits until the button says the words and has its pictures: configs and images arrive later than the page. */
export async function untilShown({ page }: CallPage, words: string): Promise<void> {
  const isShown = (wanted: string) => {
    const button = document.querySelector('millis-voice-agent')?.shadowRoot?.querySelector('[part=button]');
    const isThere = button instanceof HTMLElement && button.innerText.includes(wanted);
    return isThere && [...button.querySelectorAll('img')].every(({ complete }) => complete);
  };
  await page.waitForFunction(isShown, { polling: 50 }, words).catch((cause: unknown) => {
    throw new Error(`Never shown: ${words}`, { cause });
  });
}

/** What the one widget of the page was told: for each name its attribute, or as JSON the property that it has instead. */
export async function toldTo({ page }: CallPage, names: readonly string[]): Promise<(string | null)[]> {
  await page.waitForSelector('millis-voice-agent');
  return page.$eval(
    'millis-voice-agent',
    (element, all) =>
      all.map((name) => {
        const property = name.replace(/-./g, (dash) => dash.charAt(1).toUpperCase());
        const value: unknown = Reflect.get(element, property);
        return element.getAttribute(name) ?? (value === undefined ? null : JSON.stringify(value));
      }),
    names,
  );
}

/** The words that were on the button, by phase. */
export function shownWords({ page }: CallPage): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(() => (globalThis as { shownWords?: Record<string, string> }).shownWords ?? {});
}
