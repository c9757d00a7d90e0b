import { afterTest } from './cleanup.js';
import { COUNTS_LAYOUT_SHIFTS } from './engine.js';
import { frame } from './widget.js';

/** From now on until it is asked: how much of the page moved, in the browser's own unit (Layout Instability API). */
export type ShiftCount = () => Promise<number>;

/**
 * Counts layout shifts as the browser does. Where it does not, we look at `places` (one entry for each thing that should stay), once a
 * frame, and each that moved counts 1.
 */
export function countShifts(places: () => readonly object[]): ShiftCount {
  return COUNTS_LAYOUT_SHIFTS ? countByBrowser() : countByFrames(places);
}

function countByBrowser(): ShiftCount {
  let sum = 0;
  const add = (entries: PerformanceEntryList) => {
    for (const entry of entries) sum += (entry as PerformanceEntry & { readonly value: number }).value;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift' });
  return async () => {
    // They are told after the frame in which they were seen.
    for (let frames = 0; frames < 3; frames += 1) await frame();
    add(observer.takeRecords());
    observer.disconnect();
    return sum;
  };
}

function countByFrames(places: () => readonly object[]): ShiftCount {
  let seen = places().map((place) => JSON.stringify(place));
  let sum = 0;
  let isCounting = true;
  const look = () => {
    const now = places().map((place) => JSON.stringify(place));
    sum += now.filter((place, index) => place !== seen[index]).length;
    seen = now;
  };
  const count = async () => {
    while (isCounting) {
      await frame();
      look();
    }
  };
  const counted = count();
  afterTest(() => {
    isCounting = false;
  });
  return async () => {
    await frame();
    isCounting = false;
    await counted;
    return sum;
  };
}
