import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

/** Run after `npm run build`. */
const DIST = new URL('../../dist/', import.meta.url);

interface Bundle {
  readonly MillisVoiceAgent: unknown;
  readonly VoiceCall: unknown;
  readonly CallError: unknown;
  readonly version: string;
}

describe('the script-tag file', () => {
  const code = readFileSync(new URL('millis-voice-agent.js', DIST), 'utf8');

  it('is ASCII, so that it reads the same in a page of any encoding', () => {
    // eslint-disable-next-line no-control-regex -- all of ASCII
    assert.deepEqual(code.match(/[^\x00-\x7f]/g), null);
  });

  it('has the numbers of its sources: one that is cut would stand under what a page puts on top', () => {
    assert.match(code, /--millis-z-index, ?2147483647\)/);
  });

  it('is a classic script that makes one global', () => {
    assert.doesNotThrow(() => new vm.Script(code));
    assert.match(
      code,
      /^\/\*! millis-voice-agent [\d.]+ \| MIT License \*\/\s*(?:"use strict";)?var MillisVoiceAgent ?=/,
    );
  });

  it('needs no eval, and so runs under a strict Content-Security-Policy', () => {
    assert.doesNotMatch(code, /\beval\(|new Function\b|[^.\w]Function\(/);
  });

  it('has no selector that its minifier broke: a value without quotes has to be an identifier', () => {
    assert.doesNotMatch(code, /\[(?:placement|hidden|aria-\w+|data-[\w-]+)[*^$~|]?=(?!["']|-?[a-z_])/i);
  });

  it('writes no header that a key would be in, and no path of the machine that built it', () => {
    assert.doesNotMatch(code, /Authorization/);
    assert.doesNotMatch(code, /\/(?:home|root|work|Users)\//);
  });

  it('names the licences of what is in it', () => {
    const licences = readFileSync(new URL('third-party-licenses.md', DIST), 'utf8');
    for (const name of ['lit-html', '@lit/reactive-element', 'zod']) assert.ok(licences.includes(name), name);
  });
});

describe('the npm files', () => {
  it('can be imported without a browser, and register nothing', async () => {
    const bundle = (await import(fileURLToPath(new URL('index.js', DIST)))) as Bundle;
    assert.deepEqual(
      [typeof bundle.MillisVoiceAgent, typeof bundle.VoiceCall, typeof bundle.CallError],
      ['function', 'function', 'function'],
    );
    assert.match(bundle.version, /^\d+\.\d+\.\d+$/);
    assert.equal(customElements.get('millis-voice-agent'), undefined);
  });

  it('register the element when that is asked for, once', async () => {
    const { MillisVoiceAgent } = (await import(fileURLToPath(new URL('index.js', DIST)))) as Bundle;
    await import(fileURLToPath(new URL('define.js', DIST)));
    assert.equal(customElements.get('millis-voice-agent'), MillisVoiceAgent);
  });

  it('have declarations', () => {
    const declarations = readFileSync(new URL('index.d.ts', DIST), 'utf8');
    assert.match(declarations, /MillisVoiceAgent/);
  });

  it('leave lit and zod to the site', () => {
    const index = readFileSync(new URL('index.js', DIST), 'utf8');
    const define = readFileSync(new URL('define.js', DIST), 'utf8');
    assert.doesNotMatch(index + define, /litHtmlVersions|ZodMini/);
  });
});
