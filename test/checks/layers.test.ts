import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** What each layer may import, beside itself. Entry files are what lies directly in `src`, but for the program's and the version. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  protocol: ['domain', 'zod/mini'],
  call: ['domain', 'protocol'],
  debug: ['domain', 'call', 'version'],
  element: ['domain', 'protocol', 'call', 'debug', 'lit', 'version'],
  entry: ['domain', 'protocol', 'call', 'element', 'version'],
  gateway: ['domain', 'protocol', 'zod', 'ipaddr.js', 'rate-limiter-flexible'],
  'gateway-redis': ['gateway', 'rate-limiter-flexible', '@redis/client', 'node'],
  'gateway-node': ['gateway', 'undici'],
  cli: [
    'domain',
    'protocol',
    'gateway',
    'gateway-node',
    'gateway-redis',
    'version',
    'node',
    '@hono/node-server',
  ],
  version: [],
};

/** The one file, or the few, that may say a name of the browser, or of Node. */
const MAY_SAY: Readonly<Record<string, readonly string[]>> = {
  fetch: [
    'call/natives.ts',
    'call/signaling.ts',
    'call/load-config.ts',
    'cli/store-config.ts',
    'gateway/send.ts',
  ],
  getUserMedia: ['call/microphone.ts'],
  RTCPeerConnection: ['call/natives.ts', 'call/peer.ts'],
  Audio: ['call/speaker.ts'],
  setTimeout: [
    'call/lifetime.ts',
    'gateway/deadline.ts',
    'gateway-redis/connection.ts',
    'cli/gateway-server.ts',
  ],
  setInterval: ['call/lifetime.ts'],
  requestAnimationFrame: ['call/level-meter.ts'],
  innerHTML: [],
  eval: [],
  localStorage: [],
  postMessage: [],
  process: ['cli.ts', 'cli/process-events.ts', 'cli/config-file.ts'],
  Buffer: ['cli/config-file.ts'],
};

/** The one file that imports what it finds the address of only in the page. */
const IMPORTS_BY_ADDRESS = 'element/load-panel.script-tag.ts';

/** The types know them everywhere, and Node does not have them. */
const ONLY_IN_PAGES = ['window', 'document', 'navigator', 'customElements'];

const NOT_IN_LAYER: Readonly<Record<string, readonly string[]>> = {
  /** Pure: it knows no browser, no clock and no network. */
  domain: [...ONLY_IN_PAGES, 'location', 'performance', 'Date', 'crypto', 'console'],
  /** It runs on Workers and in Deno, too. */
  gateway: [...ONLY_IN_PAGES, 'location', 'require', '__dirname'],
  'gateway-node': ONLY_IN_PAGES,
  'gateway-redis': ONLY_IN_PAGES,
  cli: ONLY_IN_PAGES,
};

interface SourceFile {
  readonly path: string;
  readonly layer: string;
  readonly imports: readonly string[];
  readonly names: ReadonlySet<string>;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map(readSource);

describe('the layers of src', () => {
  it('are all there', () => {
    assert.deepEqual([...new Set(files.map(({ layer }) => layer))].sort(), Object.keys(MAY_IMPORT).sort());
  });

  for (const file of files) {
    it(`${file.path} imports only what its layer may`, () => {
      const allowed = [file.layer, ...(MAY_IMPORT[file.layer] ?? [])];
      if (file.path === IMPORTS_BY_ADDRESS) allowed.push('?');
      assert.deepEqual(
        file.imports.filter((name) => !allowed.includes(name)),
        [],
      );
    });

    it(`${file.path} says only the names of the browser that are its own`, () => {
      const foreign = Object.entries(MAY_SAY)
        .filter(([name, owners]) => file.names.has(name) && !owners.includes(file.path))
        .map(([name]) => name);
      const impure = (NOT_IN_LAYER[file.layer] ?? []).filter((name) => file.names.has(name));
      assert.deepEqual([...foreign, ...impure], []);
    });
  }

  it('load the debug panel in one place, and else know only its types', () => {
    const known = files.filter(({ path }) => /^import (?!type\b)[^;]*\/debug\//m.test(read(path)));
    assert.deepEqual(known, []);
    const loading = files.filter(({ path }) =>
      /\bimport\('\.\.\/debug\/debug-panel\.js'\);/.test(read(path)),
    );
    assert.deepEqual(
      loading.map(({ path }) => path),
      ['element/load-panel.ts'],
    );
  });

  it('would notice an import against the direction, and a foreign name', () => {
    const file = parse(
      'call/somewhere.ts',
      "import { html } from 'lit/html.js'; import '../element/x.js'; import 'node:fs'; await fetch('/'); await import('../gateway.js');",
    );
    assert.deepEqual(file.imports, ['lit', 'element', 'node', 'gateway']);
    assert.ok(file.names.has('fetch'));
  });

  it('would notice the program in an entry file, and an entry file in the program', () => {
    assert.deepEqual(parse('index.ts', "export * from './cli/main.js';").imports, ['cli']);
    assert.deepEqual(parse('cli/embed.ts', "import '../index.js'; import '../version.js';").imports, [
      'entry',
      'version',
    ]);
    assert.equal(parse('cli.ts', '').layer, 'cli');
  });
});

function readSource(path: string): SourceFile {
  return parse(path, read(path));
}

function read(path: string): string {
  return readFileSync(join(SRC, path), 'utf8');
}

function parse(path: string, text: string): SourceFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: string[] = [];
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      imports.push(importedLayer(path, node.moduleSpecifier.text));
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      imports.push(specifier && ts.isStringLiteral(specifier) ? importedLayer(path, specifier.text) : '?');
    }
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { path, layer: layerOf(path), imports, names };
}

/** `../domain/region.js` is `domain`; a package is itself, with all of `lit/…` being `lit`, and all of `node:…` being `node`. */
function importedLayer(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return layerOf(relative(SRC, join(SRC, dirname(path), specifier)));
  const [, family] = /^((?:lit|rate-limiter-flexible)(?=\/)|node(?=:))/.exec(specifier) ?? [];
  return family ?? specifier;
}

function layerOf(path: string): string {
  const [folder, rest] = path.split('/');
  if (rest !== undefined) return folder ?? '';
  const [, own] = /^(cli|gateway(?:-node|-redis)?|version)\.[jt]s$/.exec(path) ?? [];
  return own ?? 'entry';
}
