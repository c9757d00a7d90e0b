import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { type Folder, KEY, openFolder, run } from './program.js';

const folder: Folder = openFolder();
after(() => folder.remove());

const GOOD = {
  titles: { idle: 'Talk', connecting: 'Wait', running: 'Stop' },
  icons: null,
  background: 'linear-gradient(red, blue)',
  size: 80,
  region: 'eu-west',
};

describe('embed check', { concurrency: 2 }, () => {
  it('finds a good file good, and names it', async () => {
    const path = folder.write('good.json', JSON.stringify(GOOD));
    assert.deepEqual(await run(['embed', 'check', path]), { code: 0, out: 'good.json is good.\n', err: '' });
  });

  it('reads stdin', async () => {
    const { code, out } = await run(['embed', 'check', '-'], { stdin: JSON.stringify(GOOD) });
    assert.deepEqual([code, out], [0, 'stdin is good.\n']);
    const bad = await run(['embed', 'check', '-'], { stdin: '{"size":5}' });
    assert.deepEqual(
      [bad.code, bad.err],
      [1, 'stdin: size: expected a whole number from 24 to 512, got 5\n'],
    );
  });

  it('says all problems at once, one in a line, each with its field', async () => {
    const config = {
      titles: { idle: 5, connecting: 'Wait', running: 'Stop' },
      icons: 'face',
      size: 'big',
      transcript: 'yes',
      region: 'mars',
    };
    const path = folder.write('embed.json', JSON.stringify(config));
    const { code, out, err } = await run(['embed', 'check', path]);
    assert.deepEqual([code, out], [1, '']);
    assert.deepEqual(err.trimEnd().split('\n').sort(), [
      'embed.json: icons: expected an object, got "face"',
      'embed.json: region: expected "us-west" or "eu-west"; nothing is called without a server, got "mars"',
      'embed.json: size: expected a number, got "big"',
      'embed.json: titles.idle: expected a string, got 5',
      'embed.json: transcript: expected a boolean, got "yes"',
    ]);
  });

  it('says which fields the widget does not know, and finds the file good', async () => {
    const path = folder.write('typo.json', '{"buttonCSS":"color:red","size":64,"__proto__":{}}');
    const { code, out, err } = await run(['embed', 'check', path]);
    assert.deepEqual([code, out], [0, 'typo.json is good.\n']);
    assert.match(
      err,
      /^typo\.json: buttonCSS: no field that the widget knows.*\ntypo\.json: __proto__: no field.*\n$/,
    );
  });

  it('takes a file with a byte order mark', async () => {
    const { code, err } = await run(['embed', 'check', folder.write('bom.json', '\uFEFF{"size":64}')]);
    assert.deepEqual([code, err], [0, '']);
  });

  for (const [what, content, says] of [
    ['an empty file', '', 'config: expected JSON, got '],
    ['broken JSON, in one line', '{\n"size":\n64,\n}', 'config: expected JSON, got '],
    ['null', 'null', 'config: expected an object, got null'],
    ['a list', '[]', 'config: expected an object, got []'],
    ['UTF-16, as an old PowerShell writes', Buffer.from('\uFEFF{"size":64}', 'utf16le'), 'expected UTF-8'],
    ['more than 64 kB', `{"background":"${'x'.repeat(66_000)}"}`, 'expected at most 64 kB, got more'],
    ['more than 64 kB, counted in bytes', `{"background":"${'é'.repeat(33_000)}"}`, 'expected at most 64 kB'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const path = folder.write(`${what.replaceAll(/\W/g, '-')}.json`, content);
      const { code, out, err } = await run(['embed', 'check', path]);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /^[^\n]+\n$/);
      assert.ok(err.includes(`.json: ${says}`), err);
    });
  }

  it('lets no control character of the file reach the terminal', async () => {
    const { err } = await run(['embed', 'check', '-'], { stdin: '\u001B[2Jtitle\u202E' });
    // eslint-disable-next-line no-control-regex -- that is what is looked for
    assert.doesNotMatch(err, /[\u001B\u202E]/);
    assert.match(err, /\[2Jtitle/);
  });

  it('refuses a file that holds the private key, and does not show it', async () => {
    const path = folder.write(
      'leak.json',
      JSON.stringify({ size: 5, background: `${'x'.repeat(60)}${KEY}` }),
    );
    const { code, err } = await run(['embed', 'check', path], { key: KEY });
    assert.equal(code, 1);
    assert.match(err, /^leak\.json: holds the private key\. .*\n$/);
    assert.ok(!err.includes(KEY.slice(0, 8)));
  });
});
