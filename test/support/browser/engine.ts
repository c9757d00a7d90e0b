import { ENGLISH } from '../../../src/element/labels.js';

/**
 * In what the engines that the suite runs in differ, one entry each with its reason. A test that needs to know reads it here, and
 * asserts what is true in the engine that it is in.
 */

const { userAgent } = navigator;

/** The engine of this browser. */
export const ENGINE = userAgent.includes('Firefox/')
  ? 'firefox'
  : userAgent.includes('Chrome/')
    ? 'chromium'
    : 'webkit';

/** What `fetch` says when nothing came. No specification has words for it. */
export const NOT_FETCHED = {
  chromium: 'Failed to fetch',
  firefox: 'NetworkError when attempting to fetch resource.',
  webkit: 'Load failed',
}[ENGINE];

/** The words that say where this browser allows a microphone again. */
export const DENIED_WORDS =
  ENGLISH[
    (
      {
        chromium: 'microphone-denied',
        firefox: 'microphone-denied-firefox',
        webkit: 'microphone-denied-safari',
      } as const
    )[ENGINE]
  ];

/** Only Chromium counts layout shifts (Layout Instability API). */
export const COUNTS_LAYOUT_SHIFTS = PerformanceObserver.supportedEntryTypes.includes('layout-shift');

/** Firefox writes its own default into the constraints that a page asked for. */
export const OWN_CONSTRAINTS = ENGINE === 'firefox' ? { mediaSource: 'microphone' } : {};
