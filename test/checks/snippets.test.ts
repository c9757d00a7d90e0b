import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import vm from 'node:vm';
import fc from 'fast-check';
import ts from 'typescript';
import { compileTemplate, parse } from 'vue/compiler-sfc';
import { type Choice, choiceAttributes, DEFAULT_CHOICE } from '../../demo/playground/choice.js';
import { type Snippet, snippets } from '../../demo/playground/snippets.js';
import { ENGLISH } from '../../src/element/labels.js';
import { anyChoice } from '../support/node/any-choice.js';

type CompilerOptions = NonNullable<Parameters<typeof compileTemplate>[0]['compilerOptions']>;
interface VueOptions {
  readonly template: { readonly compilerOptions: CompilerOptions };
}

const RUNS = { numRuns: 150 };

const choiceWithAgent = anyChoice.map((choice) => ({ ...choice, agentId: choice.agentId || 'parrot' }));

function textOf(id: Snippet['id'], choice: Choice): string {
  const snippet = snippets(choice).find((one) => one.id === id);
  assert.ok(snippet);
  return snippet.text;
}

/** The attributes as frameworks hand them over: as what their properties are. */
function expectedProps(choice: Choice): Record<string, unknown> {
  const typed = choiceAttributes(choice).map(([name, value]) => {
    if (name === 'size') return [name, Number(value)];
    if (name === 'transcript') return [name, value === 'on'];
    return [name, name === 'muted' || name === 'disabled' ? true : value];
  });
  return Object.fromEntries(typed) as Record<string, unknown>;
}

/** What React would be given. */
function renderJsx(text: string): unknown {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      jsx: ts.JsxEmit.React,
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
    },
  });
  const module: { exports: { default?: () => unknown } } = { exports: {} };
  const React = { createElement: (name: string, props: unknown) => [name, props] };
  vm.runInNewContext(outputText, { module, exports: module.exports, React, require: () => ({}) });
  return module.exports.default?.();
}

/** The attributes in a template of Vue; those that are bound as their values. */
function templateProps(text: string): Record<string, unknown> {
  const { descriptor, errors } = parse(text);
  assert.deepEqual(errors, []);
  const element = descriptor.template?.ast?.children.find((node) => 'props' in node);
  assert.ok(element && 'props' in element);
  const props = element.props.map((prop) => {
    if ('value' in prop) return [prop.name, prop.value?.content ?? true];
    assert.ok('exp' in prop && prop.exp && 'content' in prop.exp && prop.arg && 'content' in prop.arg);
    return [prop.arg.content, JSON.parse(prop.exp.content) as unknown];
  });
  return Object.fromEntries(props) as Record<string, unknown>;
}

describe('the snippets', () => {
  it('for React give the element what was chosen, whatever it is', () => {
    fc.assert(
      fc.property(choiceWithAgent, (choice) => {
        const [name, props] = renderJsx(textOf('react', choice)) as [string, object];
        assert.equal(name, 'millis-voice-agent');
        assert.deepEqual({ ...props }, expectedProps(choice));
      }),
      RUNS,
    );
  });

  it('for Vue tell the compiler, in their comment, that the element is no component', () => {
    const text = textOf('vue', DEFAULT_CHOICE);
    const [, plugin = ''] = /^<!-- vite\.config\.js: (.*) -->$/m.exec(text) ?? [];
    const vue = (options: VueOptions) => options.template.compilerOptions;
    const compilerOptions = vm.runInNewContext(plugin, { vue }) as CompilerOptions;
    const source = parse(text).descriptor.template?.content ?? '';
    const compile = (options?: CompilerOptions) =>
      compileTemplate({ source, filename: 'a.vue', id: 'a', ...(options && { compilerOptions: options }) })
        .code;
    assert.match(compile(), /resolveComponent/);
    assert.doesNotMatch(compile(compilerOptions), /resolveComponent/);
  });

  it('for Vue give the element what was chosen, whatever it is', () => {
    fc.assert(
      fc.property(choiceWithAgent, (choice) => {
        assert.deepEqual(templateProps(textOf('vue', choice)), expectedProps(choice));
      }),
      RUNS,
    );
  });

  it('of JSON hold the look and the region, and end no script element around them', () => {
    fc.assert(
      fc.property(anyChoice, (choice) => {
        const json = textOf('json', choice);
        const { region, look } = choice;
        const { titles } = look;
        const own = titles && {
          idle: titles.idle || ENGLISH.idle,
          connecting: titles.connecting || ENGLISH.connecting,
          running: titles.running || ENGLISH.running,
        };
        assert.deepEqual(JSON.parse(json), {
          ...look,
          ...(own && { titles: own }),
          ...(region && { region }),
        });
        assert.doesNotMatch(json, /<\/script|<script|<!--/i);
      }),
      RUNS,
    );
  });

  it('of curl give curl the JSON and the address, whatever is in them', () => {
    const anyChoices = fc.array(fc.tuple(choiceWithAgent, fc.constantFrom('eu', '')), { minLength: 1 });
    fc.assert(
      fc.property(anyChoices, (pairs) => {
        const choices = pairs.map(([choice, region]) => ({ ...choice, region }));
        const script = choices.map((choice) => textOf('curl', choice)).join('\n');
        const input = `curl() { printf '%s\\0' "$@" --; }\n${script}\n`;
        const env = { PATH: process.env['PATH'], MILLIS_PRIVATE_KEY: 'the key' };
        const { stdout, stderr } = spawnSync('sh', ['-s'], { input, env, encoding: 'utf8' });
        assert.equal(stderr, '');
        const words = choices.flatMap((choice) => {
          const base = choice.server.replace(/\/+$/, '');
          const own = choice.region ? 'https://api-eu-west.millis.ai' : 'https://api-west.millis.ai';
          const url = `${base || own}/agents/${encodeURIComponent(choice.agentId)}/embed`;
          const headers = ['-H', 'Authorization: Bearer the key', '-H', 'Content-Type: application/json'];
          return ['--fail-with-body', '--url', url, ...headers, '--data', textOf('json', choice), '--'];
        });
        assert.deepEqual(stdout.split('\0').slice(0, -1), words);
      }),
      { numRuns: 30 },
    );
  });

  it('of curl call nowhere for a region that nobody knows', () => {
    const text = textOf('curl', { ...DEFAULT_CHOICE, region: 'mars\ncurl https://x' });
    assert.equal(text, String.raw`# Nobody knows the region "mars\ncurl https://x".`);
  });

  it('say what is missing as the README does', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [script = '', element = ''] = textOf('html', DEFAULT_CHOICE).split('\n');
    assert.ok(readme.includes(script), script);
    assert.equal(element, '<millis-voice-agent agent-id="YOUR_AGENT"></millis-voice-agent>');
  });

  it('are laid out as a person would write them', () => {
    const icons = { idle: '<svg xmlns="http://www.w3.org/2000/svg"></svg>', connecting: '', running: '' };
    const choice = { ...DEFAULT_CHOICE, agentId: 'parrot', muted: true, look: { icons, size: 96 } };
    assert.equal(
      textOf('react', choice),
      `import 'millis-voice-agent/define';

export default function VoiceAgent() {
  return (
    <millis-voice-agent
      agent-id="parrot"
      icon-idle='<svg xmlns="http://www.w3.org/2000/svg"></svg>'
      size={96}
      muted
    />
  );
}`,
    );
    assert.equal(
      textOf('script', { ...DEFAULT_CHOICE, script: '/x.js', agentId: 'parrot' }),
      '<script async src="/x.js" data-agent-id="parrot"></script>',
    );
  });
});
