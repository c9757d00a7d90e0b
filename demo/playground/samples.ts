/** A page of somebody who embeds the widget. */
export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** Drawn as a telephone of 390 by 844 pixels, and not as wide as there is room. */
  readonly phone: boolean;
}

const FOLDER = '/demo/playground/samples';

const LIGHT: Sample = { id: 'light', title: 'Light', url: `${FOLDER}/light.html`, phone: false };

/** The sample pages, the first being the default. */
export const SAMPLES: readonly Sample[] = [
  LIGHT,
  { id: 'dark', title: 'Dark', url: `${FOLDER}/dark.html`, phone: false },
  { id: 'shop', title: 'Shop', url: `${FOLDER}/shop.html`, phone: false },
  { id: 'phone', title: 'Phone', url: `${FOLDER}/light.html?phone`, phone: true },
  { id: 'right-to-left', title: 'Right to left', url: `${FOLDER}/right-to-left.html`, phone: false },
];

/** The sample of that name, or the default one. */
export function sampleOf(id: string | null): Sample {
  return SAMPLES.find((sample) => sample.id === id) ?? LIGHT;
}
