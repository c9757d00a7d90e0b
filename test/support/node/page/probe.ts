/** Sees, from inside a page and without changing anything, what a call does. Import it before the code that is watched. */
export { heard, heardUntilMs, playing } from './heard.js';
export { marks } from './marks.js';
export { events, type SeenEvent } from './seen-events.js';
