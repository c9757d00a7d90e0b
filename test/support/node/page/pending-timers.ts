/** Timers of this page that have not fired and were not cleared. Import it before the code that is watched. */
export const pendingTimers = new Set<string>();

type Name = 'setTimeout' | 'setInterval' | 'requestAnimationFrame';

function watch(start: Name, stop: 'clearTimeout' | 'clearInterval' | 'cancelAnimationFrame'): void {
  const nativeStart = window[start].bind(window) as (callback: (now: number) => void, ms?: number) => number;
  const nativeStop = window[stop].bind(window);
  Object.assign(window, {
    [start](callback: (now: number) => void, ms?: number) {
      const id = nativeStart((now) => {
        if (start !== 'setInterval') pendingTimers.delete(`${start} ${id}`);
        callback(now);
      }, ms);
      pendingTimers.add(`${start} ${id}`);
      return id;
    },
    [stop](id: number) {
      pendingTimers.delete(`${start} ${id}`);
      nativeStop(id);
    },
  });
}

watch('setTimeout', 'clearTimeout');
watch('setInterval', 'clearInterval');
watch('requestAnimationFrame', 'cancelAnimationFrame');
