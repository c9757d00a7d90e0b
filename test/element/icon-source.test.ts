import { expect } from '@open-wc/testing';
import { readIcon } from '../../src/element/icon-source.js';

/** What an icon becomes: `image …`, `text …`, `long text …`, or nothing. */
function read(icon: string): string | undefined {
  const source = readIcon(icon, 'rgb(1, 2, 3)');
  if (!source) return undefined;
  return 'image' in source ? `image ${source.image}` : `${source.long ? 'long ' : ''}text ${source.text}`;
}

/** Resolves with whether a browser can show the icon as an image. */
async function canBeShown(icon: string): Promise<boolean> {
  const source = readIcon(icon, 'rgb(1, 2, 3)');
  if (!source || !('image' in source)) return false;
  const image = new Image();
  image.src = source.image;
  return image.decode().then(
    () => true,
    () => false,
  );
}

const AT_HOME = new URL('.', document.baseURI).href;

describe('readIcon', () => {
  for (const [what, icon, expected] of [
    ['an emoji', '☎️', 'text ☎️'],
    ['an emoji of many characters', '👩🏽‍🚀', 'text 👩🏽‍🚀'],
    ['two letters', ' Hi ', 'text Hi'],
    ['six letters', 'Hilfe!', 'long text Hilfe!'],
    ['an https URL', 'https://shop.example/a.png?b#c', 'image https://shop.example/a.png?b#c'],
    ['a path', '/a/b', `image ${location.origin}/a/b`],
    ['a file beside the page', 'icons/a.svg', `image ${AT_HOME}icons/a.svg`],
    ['a URL of the same origin', `${location.origin}/x`, `image ${location.origin}/x`],
    ['an image as data', 'DATA:image/png;base64,AAAA', 'image DATA:image/png;base64,AAAA'],
    ['nothing', ' ', undefined],
    ['only what draws nothing', '\u200B\u202E', undefined],
    ['seven letters', 'Hilfe!!', undefined],
    ['letters that turn the direction', '\u202Eabc', 'long text abc'],
    ['javascript:', 'javascript:alert(1)', undefined],
    ['javascript: in disguise', ' JaVaScRiPt:alert(1)', undefined],
    ['javascript: over two lines', 'java\nscript:alert(1)', undefined],
    ['a page as data', 'data:text/html,<script>alert(1)</script>', undefined],
    ['an image of another origin without https', 'http://192.0.2.1/a.png', undefined],
    ['a blob', 'blob:https://a.example/1', undefined],
    ['a file', 'file:///a.png', undefined],
    ['no URL at all', 'https://', undefined],
    ['markup that is no SVG', '<img src="/a.png" onerror="alert(1)">', undefined],
    ['half a character in SVG', '<svg>\uD800</svg>', undefined],
    ['a huge one', `<svg>${' '.repeat(70_000)}</svg>`, undefined],
  ] as const) {
    it(`reads ${what} as ${expected?.replace(/ .*/s, '') ?? 'none'}`, () => {
      // The page of the tests is not secure by its scheme, so that an address without one is of another origin.
      expect(read(icon)).to.equal(expected);
    });
  }

  it('takes an address without a scheme only where that is secure, or at home', () => {
    expect(read('//192.0.2.1/a.png')).to.equal(
      location.protocol === 'https:' ? 'image https://192.0.2.1/a.png' : undefined,
    );
  });
});

describe('readIcon: SVG text', () => {
  const shape = '<path d="M0 0h9v9z"/>';
  for (const [what, svg] of [
    [
      'as it is pasted from a drawing program',
      `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${shape}</svg>`,
    ],
    ['without its namespace', `<svg viewBox="0 0 9 9">${shape}</svg>`],
    ['with a colour of its own', `<svg color="red" viewBox="0 0 9 9">${shape}</svg>`],
    ['over several lines', `<svg\n  viewBox='0 0 9 9'\n>${shape}</svg>`],
    [
      'with characters beyond ASCII and # and %',
      `<svg viewBox="0 0 9 9"><title>50 % für #1 ☎️</title>${shape}</svg>`,
    ],
  ] as const) {
    it(`becomes an image, ${what}`, async () => {
      expect(await canBeShown(svg)).to.equal(true);
    });
  }

  it('is drawn in the colour of the text', async () => {
    const image = new Image();
    const source = readIcon(
      `<svg viewBox="0 0 9 9" fill="currentColor">${shape}<path d="M0 0h9v9H0z"/></svg>`,
      'rgb(10, 20, 30)',
    );
    image.src = source && 'image' in source ? source.image : '';
    await image.decode();
    const context = new OffscreenCanvas(9, 9).getContext('2d');
    context?.drawImage(image, 0, 0, 9, 9);
    expect([...(context?.getImageData(4, 4, 1, 1).data ?? [])]).to.deep.equal([10, 20, 30, 255]);
  });

  it('runs no script and loads nothing', async () => {
    const icon = `<svg viewBox="0 0 9 9" onload="top.attacked = true"><script>top.attacked = true</script>
      <image href="${location.origin}/site/forbidden.svg" width="9" height="9"/>
      <foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="${location.origin}/site/forbidden.svg"/></foreignObject></svg>`;
    expect(await canBeShown(icon)).to.equal(true);
    expect(Object.hasOwn(window, 'attacked')).to.equal(false);
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(loaded.filter((name) => name.includes('forbidden'))).to.deep.equal([]);
  });
});
