import { regionBaseUrl } from '../../src/domain/region.js';
import { ENGLISH } from '../../src/element/labels.js';
import type { ButtonState, EmbedConfig } from '../../src/protocol/embed-config.js';
import { type Choice, choiceAttributes } from './choice.js';

/** One way to get what was chosen, ready to be pasted. */
export interface Snippet {
  readonly id: 'script' | 'html' | 'react' | 'vue' | 'json' | 'curl';
  readonly title: string;
  /** For syntax highlighting. */
  readonly language: string;
  readonly text: string;
}

type Attribute = readonly [name: string, value: string];

const NO_ICONS: ButtonState = { idle: '', connecting: '', running: '' };
const TAG = 'millis-voice-agent';
const MOST_CHARS_A_LINE = 100;
/** What stands where nothing was chosen: as in the README. */
const SOME_AGENT = 'YOUR_AGENT';
const SOME_SCRIPT = `https://cdn.example/${TAG}@0.1/dist/${TAG}.js`;
/** React and Vue set properties, and these two are no texts. */
const TYPED: readonly string[] = ['size', 'transcript'];

/** All the ways, always in the same order. Never throws, and no text holds a key. */
export function snippets(choice: Choice): readonly Snippet[] {
  const agentId = choice.agentId || SOME_AGENT;
  const script = choice.script || SOME_SCRIPT;
  const attributes = choiceAttributes({ ...choice, agentId });
  const json = configJson(choice);
  return [
    { id: 'script', title: 'Script tag', language: 'html', text: scriptText(script, attributes) },
    { id: 'html', title: 'HTML', language: 'html', text: htmlText(script, attributes) },
    { id: 'react', title: 'React 19', language: 'jsx', text: reactText(attributes) },
    { id: 'vue', title: 'Vue 3', language: 'vue', text: vueText(attributes) },
    { id: 'json', title: 'EmbedConfig', language: 'json', text: json },
    { id: 'curl', title: 'curl', language: 'sh', text: curlText(choice, agentId, json) },
  ];
}

function scriptText(script: string, attributes: readonly Attribute[]): string {
  const data = attributes.map(([name, value]): Attribute => [`data-${name}`, value]);
  return tag('script', ['async', ...[['src', script] as const, ...data].map(htmlAttribute)], '></script>');
}

function htmlText(script: string, attributes: readonly Attribute[]): string {
  return `${scriptText(script, [])}\n${tag(TAG, attributes.map(htmlAttribute), `></${TAG}>`)}`;
}

function reactText(attributes: readonly Attribute[]): string {
  return `import '${TAG}/define';

export default function VoiceAgent() {
  return (
${tag(TAG, attributes.map(jsxAttribute), ' />', '    ')}
  );
}`;
}

function vueText(attributes: readonly Attribute[]): string {
  const options = `template: { compilerOptions: { isCustomElement: (tag) => tag === '${TAG}' } }`;
  return `<!-- vite.config.js: vue({ ${options} }) -->
<script setup>
import '${TAG}/define';
</script>

<template>
${tag(TAG, attributes.map(vueAttribute), `></${TAG}>`, '  ')}
</template>`;
}

/** For the POST of the API reference, which wants the private key: the shell fills it in. */
function curlText({ server, region }: Choice, agentId: string, json: string): string {
  const base = server.replace(/\/+$/, '') || regionBaseUrl(region);
  if (base === undefined) return `# Nobody knows the region ${JSON.stringify(region)}.`;
  const url = `${base}/agents/${encodeURIComponent(agentId.replace(/\p{Cs}/gu, '\ufffd'))}/embed`;
  return `curl --fail-with-body --url ${quoteForShell(url)} \\
  -H "Authorization: Bearer $MILLIS_PRIVATE_KEY" \\
  -H 'Content-Type: application/json' \\
  --data ${quoteForShell(json)}`;
}

/** It may also be pasted into a script element of a page, so it never ends one. */
function configJson({ look, region }: Choice): string {
  const config: EmbedConfig = {
    titles: complete(look.titles, ENGLISH),
    icons: complete(look.icons, NO_ICONS),
    background: given(look.background),
    buttonCss: given(look.buttonCss),
    size: Number.isFinite(look.size) ? look.size : undefined,
    transcript: look.transcript ?? undefined,
    region: given(region),
  };
  return JSON.stringify(config, undefined, 2)
    .replace(/<(?=!--|script)/gi, '\\u003c')
    .replace(/<(?=\/script)/gi, '<\\');
}

function given(text: string | null | undefined): string | undefined {
  return text === '' ? undefined : (text ?? undefined);
}

/**
 * The platform takes all three texts or none, so the widget's own are filled in. An empty icon is its own one; an empty title
 * would be a button without words.
 */
function complete(states: ButtonState | null | undefined, own: ButtonState): ButtonState | undefined {
  const { idle, connecting, running } = states ?? NO_ICONS;
  if (!idle && !connecting && !running) return undefined;
  return {
    idle: idle || own.idle,
    connecting: connecting || own.connecting,
    running: running || own.running,
  };
}

/** A start tag and what closes it, on one line where that is short enough. */
function tag(name: string, attributes: readonly string[], end: string, indent = ''): string {
  const line = `${indent}<${[name, ...attributes].join(' ')}${end}`;
  if (line.length <= MOST_CHARS_A_LINE) return line;
  const lines = attributes.map((attribute) => `${indent}  ${attribute}`);
  return [`${indent}<${name}`, ...lines, `${indent}${end.trimStart()}`].join('\n');
}

function htmlAttribute([name, value]: Attribute): string {
  if (value === '') return name;
  const text = value.replaceAll('&', '&amp;').replace(/[\n\r]/g, (end) => `&#${end.charCodeAt(0)};`);
  // Fewer escapes: markup, as of an icon, is full of double quotes.
  return text.includes('"') && !text.includes("'")
    ? `${name}='${text}'`
    : `${name}="${text.replaceAll('"', '&quot;')}"`;
}

function vueAttribute([name, value]: Attribute): string {
  return TYPED.includes(name) ? `:${name}="${typed(name, value)}"` : htmlAttribute([name, value]);
}

function jsxAttribute([name, value]: Attribute): string {
  if (value === '') return name;
  if (TYPED.includes(name)) return `${name}={${typed(name, value)}}`;
  // A text of JSX knows entities and no escapes; what needs one becomes a text of JavaScript.
  if (/[&\p{Cc}]/u.test(value) || (value.includes('"') && value.includes("'"))) {
    return `${name}={${JSON.stringify(value)}}`;
  }
  return value.includes('"') ? `${name}='${value}'` : `${name}="${value}"`;
}

function typed(name: string, value: string): string {
  return name === 'transcript' ? String(value === 'on') : value;
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
