import { MillisVoiceAgent } from '../../../src/element/millis-voice-agent.js';

/** Where a setting can come from, the strongest first. */
export const SOURCES = ['attribute', 'property', 'config', 'child script', 'config-src', 'server'] as const;
export type Source = (typeof SOURCES)[number];

/** A field, by its names in the three places where it can be written. */
export interface FieldNames {
  readonly attribute: string;
  readonly property: string;
  /** An `EmbedConfig` that says only this. */
  readonly inConfig: (value: unknown) => object;
}

/** Writes a field's value where a site would; `undefined` takes it away, and all else that this source says. */
export function write(element: MillisVoiceAgent, source: Source, field: FieldNames, value: unknown): void {
  const json = value === undefined ? undefined : JSON.stringify(field.inConfig(value));
  switch (source) {
    case 'attribute':
      if (value === undefined) element.removeAttribute(field.attribute);
      else element.setAttribute(field.attribute, attributeText(value));
      return;
    case 'property':
      Object.assign(element, { [field.property]: value });
      return;
    case 'config':
      element.config = value === undefined ? undefined : field.inConfig(value);
      return;
    case 'child script':
      element.querySelector('script')?.remove();
      if (json !== undefined) element.append(jsonScript(json));
      return;
    case 'config-src':
      element.configSrc = json === undefined ? '' : `/site/config/${encodeURIComponent(json)}`;
      return;
    case 'server':
      element.server = json === undefined ? '' : `/site/gateway/${encodeURIComponent(json)}`;
      return;
    default:
      return source satisfies never;
  }
}

/** A script element as a site writes it into the widget. */
export function jsonScript(json: string): HTMLScriptElement {
  const script = document.createElement('script');
  script.type = 'application/json';
  script.textContent = json;
  return script;
}

function attributeText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return String(value);
}
