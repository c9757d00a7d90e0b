import { WIDGET_PATH } from './page-scripts.js';

/** A page that makes it hard for whoever is embedded in it. */
interface HostilePage {
  readonly name: string;
  /** Runs before the widget is loaded. */
  readonly first?: string;
  /** Runs once it is loaded. */
  readonly then?: string;
  readonly css?: string;
  /** Around the widget. */
  readonly before?: string;
  readonly after?: string;
  /** Default: HTML in standards mode, from left to right. */
  readonly start?: string;
}

/** As Wix and hardened environments do, with all that the page has. */
const FREEZE_ALL = `for (const name of Object.getOwnPropertyNames(window)) {
  const it = window[name];
  if (typeof it !== 'function') continue;
  if (it.prototype) Object.freeze(it.prototype);
  Object.freeze(it);
}
Object.freeze(Object.getPrototypeOf(async () => 1));
Object.freeze(JSON); Object.freeze(Math); Object.freeze(navigator.mediaDevices); Object.freeze(navigator);`;

/** What libraries of the years of Prototype 1.6 and MooTools did, all of it enumerable. */
const OLD_LIBRARY = `function $A(list) {
  if (!list) return [];
  if ('toArray' in Object(list)) return list.toArray();
  var length = list.length || 0, results = new Array(length);
  while (length--) results[length] = list[length];
  return results;
}
Array.from = $A;
Object.extend = function (target, source) { for (var name in source) target[name] = source[name]; return target; };
Object.keys = function (object) { var keys = []; for (var name in object) keys.push(name); return keys; };
Object.values = function (object) { var values = []; for (var name in object) values.push(object[name]); return values; };
Object.extend(Array.prototype, {
  toArray: function () { return this.slice(); },
  entries: function () { return this.slice(); },
  each: function (run) { for (var i = 0; i < this.length; i++) run(this[i], i); return this; },
  clone: function () { return [].concat(this); },
  first: function () { return this[0]; },
  last: function () { return this[this.length - 1]; },
  without: function (value) { return this.filter(function (each) { return each !== value; }); },
  contains: function (value) { return this.indexOf(value) > -1; },
  toJSON: function () { return '[' + this.map(function (each) { return JSON.stringify(each); }).join(', ') + ']'; },
});
Object.extend(String.prototype, {
  toJSON: function () { return '"' + this + '"'; },
  strip: function () { return this.replace(/^\\s+/, '').replace(/\\s+$/, ''); },
  include: function (part) { return this.indexOf(part) > -1; },
});
Object.extend(Function.prototype, {
  bind: function () {
    var run = this, bound = $A(arguments), self = bound.shift();
    return function () { return run.apply(self, bound.concat($A(arguments))); };
  },
  delay: function (seconds) { return setTimeout(this, seconds * 1000); },
});
Object.extend(Number.prototype, { toJSON: function () { return this.toString(); } });
Object.extend(HTMLElement.prototype, { show: function () {}, hide: function () {}, select: function () { return []; } });
Element.prototype.remove = function () { this.parentNode && this.parentNode.removeChild(this); return this; };`;

/** A page that changes the browser's own functions for the worse once it is loaded; and a \`Promise\` of the year 2014. */
const PATCH_LATER = `window.fetch = () => { throw new Error('The fetch of the page was called.'); };
window.RTCPeerConnection = undefined;
window.Promise = class {
  #native;
  constructor(run) { this.#native = new ((async () => undefined)().constructor)(run); }
  then(...handlers) { return this.#native.then(...handlers); }
  catch(handler) { return this.#native.catch(handler); }
  static resolve(value) { return new this((resolve) => resolve(value)); }
  static reject(reason) { return new this((_, reject) => reject(reason)); }
  static all(all) { return (async () => { const values = []; for (const each of all) values.push(await each); return values; })(); }
  static race(all) { return new this((resolve, reject) => { for (const each of all) this.resolve(each).then(resolve, reject); }); }
};`;

/** By what makes them hostile. */
export const HOSTILE_PAGES: readonly HostilePage[] = [
  { name: 'that froze every prototype and global', first: FREEZE_ALL },
  { name: 'with a library that adds to the prototypes', first: OLD_LIBRARY },
  { name: 'that broke fetch, RTCPeerConnection and Promise after the widget was loaded', then: PATCH_LATER },
  { name: 'that unsets everything', css: '* { all: unset !important; }' },
  {
    name: 'with an aggressive reset',
    css: `button, [role], span, svg, slot { display: none !important; }
* { transition: none !important; animation: none !important; box-sizing: content-box !important;
  font: 0/0 monospace !important; letter-spacing: 9px !important; margin: 0 !important; cursor: none !important; float: none !important; }`,
  },
  {
    name: 'whose text around it is not to be seen, and does not wrap',
    css: `main { text-indent: -999px; white-space: nowrap; font-size: 0; color: transparent; -webkit-text-fill-color: transparent;
  background: linear-gradient(red, blue) text; }
millis-voice-agent { display: block; }`,
  },
  {
    name: 'that styles everything of the class names that we have',
    css: '.call, .controls, .icon, .ring { opacity: 0 !important; }',
  },
  { name: 'with zoom', css: 'html { zoom: 0.5; } body { zoom: 1.6; }' },
  {
    name: 'with transforms around it',
    css: 'main { transform: rotate(4deg) scale(0.9); perspective: 300px; filter: blur(0); }',
  },
  {
    name: 'in a flex column that stretches',
    css: 'main { display: flex; flex-direction: column; align-items: stretch; width: 30px; }',
  },
  { name: 'from right to left', start: '<!doctype html><html dir="rtl" lang="ar">' },
  { name: 'in quirks mode', start: '<html>' },
  {
    name: 'in a modal dialog',
    before: '<dialog>',
    after: "</dialog><script>document.querySelector('dialog').showModal()</script>",
  },
  {
    name: 'with names of ours for its own elements',
    before:
      '<form id="MillisVoiceAgent" name="customElements"><input name="millis-voice-agent" /><input name="id" /></form>',
  },
];

/** The page's HTML with one widget in it. */
export function hostilePage(
  { first = '', then = '', css = '', before = '', after = '', start }: HostilePage,
  widget: string,
): string {
  return `${start ?? '<!doctype html><html lang="en">'}<head><meta charset="utf-8" /><title>A site</title>
<style>${css}</style><script>${first}</script><script src="${WIDGET_PATH}"></script><script>${then}</script></head>
<body><h1>A site</h1><main>${before}${widget}${after}</main></body></html>`;
}
