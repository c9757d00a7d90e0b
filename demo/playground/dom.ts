/** Makes an element. `true` is an attribute without a value, `false` none. */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

/** The page's element of that selector and kind. Throws when the page has none: then page and script do not fit. */
export function find<Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** Says something to people who cannot see it, when they are done with what they hear. */
export function announce(text: string): void {
  const announcer = find('#announcer', HTMLElement);
  // A text that stays the same is not said again.
  announcer.textContent = announcer.textContent === text ? `${text}\u00a0` : text;
}
