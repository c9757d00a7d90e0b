import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** What each layer may import, beside itself. Entry files are what lies directly in `src`. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  protocol: ['domain', 'zod/mini'],
  call: ['domain', 'protocol'],
  element: ['domain', 'protocol', 'call', 'lit'],
  entry: ['domain', 'protocol', 'call', 'element'],
};

/** The one file, or the few, that may say a name of the browser. */
const MAY_SAY: Readonly<Record<string, readonly string[]>> = {
  fetch: ['call/signaling.ts', 'call/load-config.ts'],
  getUserMedia: ['call/microphone.ts'],
  RTCPeerConnection: ['call/peer.ts'],
  Audio: ['call/speaker.ts'],
  setTimeout: ['call/lifetime.ts'],
  setInterval: ['call/lifetime.ts'],
  requestAnimationFrame: ['call/level-meter.ts'],
  innerHTML: [],
  eval: [],
  localStorage: [],
  postMessage: [],
};

/** `domain` is pure: it knows no browser, no clock and no network. */
const NOT_IN_DOMAIN = [
  'window',
  'document',
  'navigator',
  'location',
  'performance',
  'Date',
  'crypto',
  'console',
];

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
      assert.deepEqual(
        file.imports.filter((name) => !allowed.includes(name)),
        [],
      );
    });

    it(`${file.path} says only the names of the browser that are its own`, () => {
      const foreign = Object.entries(MAY_SAY)
        .filter(([name, owners]) => file.names.has(name) && !owners.includes(file.path))
        .map(([name]) => name);
      const impure = file.layer === 'domain' ? NOT_IN_DOMAIN.filter((name) => file.names.has(name)) : [];
      assert.deepEqual([...foreign, ...impure], []);
    });
  }

  it('would notice an import against the direction, and a foreign name', () => {
    const file = parse(
      'call/somewhere.ts',
      "import { html } from 'lit'; import '../element/x.js'; await fetch('/');",
    );
    assert.deepEqual(file.imports, ['lit', 'element']);
    assert.ok(file.names.has('fetch'));
  });
});

function readSource(path: string): SourceFile {
  return parse(path, readFileSync(join(SRC, path), 'utf8'));
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
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { path, layer: layerOf(path), imports, names };
}

/** `../domain/region.js` is `domain`; a package is itself, with all of `lit/…` being `lit`. */
function importedLayer(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return layerOf(relative(SRC, join(SRC, dirname(path), specifier)));
  return specifier.startsWith('lit/') ? 'lit' : specifier;
}

function layerOf(path: string): string {
  const [folder, rest] = path.split('/');
  return rest === undefined ? 'entry' : (folder ?? '');
}
