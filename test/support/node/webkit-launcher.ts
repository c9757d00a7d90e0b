import { pageLauncher, type RunnerPage } from './page-launcher.js';
import { launchWebKit, type WebKit } from './webkit.js';

/** WebKitGTK for the test runner: drawing, keyboard, and a browser that cannot call. */
export const webkitLauncher = () => pageLauncher('WebKitGTK', openPage);

/** Keys as WebDriver writes them (section 17.4.2); others are their own letter. */
const KEYS: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Escape: '\uE00C',
};
const BUTTONS: Readonly<Record<string, number>> = { left: 0, middle: 1, right: 2 };

async function openPage(): Promise<RunnerPage> {
  const webkit = await launchWebKit();
  const act = (type: 'key' | 'pointer', actions: readonly object[]) =>
    webkit.send('POST', 'actions', { actions: [{ type, id: type, actions }] }).then(() => undefined);
  const key = (type: 'keyDown' | 'keyUp', name: string) => ({ type, value: KEYS[name] ?? name });
  const move = (x: number, y: number) => ({ type: 'pointerMove', duration: 0, x, y });
  const button = (type: 'pointerDown' | 'pointerUp', name = 'left') => ({ type, button: BUTTONS[name] });
  const stroke = (name: string) => [key('keyDown', name), key('keyUp', name)];
  return {
    keyboard: {
      type: (text) => act('key', Array.from(text).flatMap(stroke)),
      press: (name) => act('key', stroke(name)),
      down: (name) => act('key', [key('keyDown', name)]),
      up: (name) => act('key', [key('keyUp', name)]),
    },
    mouse: {
      move: (x, y) => act('pointer', [move(x, y)]),
      click: (x, y, { button: name } = {}) =>
        act('pointer', [move(x, y), button('pointerDown', name), button('pointerUp', name)]),
      down: ({ button: name } = {}) => act('pointer', [button('pointerDown', name)]),
      up: ({ button: name } = {}) => act('pointer', [button('pointerUp', name)]),
      reset: () => act('pointer', [button('pointerUp'), move(0, 0)]),
    },
    goto: (url) => webkit.send('POST', 'url', { url }),
    setViewport: (viewport) => resize(webkit, viewport ?? { width: 800, height: 600 }),
    emulateMediaFeatures: () => Promise.reject(new Error('WebDriver has no words for media features.')),
    close: () => webkit.close(),
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** WebDriver sizes windows; what their frame takes is found out first. */
async function resize(webkit: WebKit, { width, height }: Size): Promise<void> {
  const outer = (await webkit.send('GET', 'window/rect')) as Size;
  const script = 'return { width: innerWidth, height: innerHeight }';
  const inner = (await webkit.send('POST', 'execute/sync', { script, args: [] })) as Size;
  await webkit.send('POST', 'window/rect', {
    width: width + outer.width - inner.width,
    height: height + outer.height - inner.height,
  });
}
