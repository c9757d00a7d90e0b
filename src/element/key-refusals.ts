import type { LitElement } from 'lit';
import type { ConfigSource } from '../call/load-config.js';
import { looksLikeKey } from '../domain/looks-like-key.js';

/** A sentence for each attribute in which an element holds what looks like a private key; also where only the property does. */
export function keyRefusals(element: HTMLElement & ConfigSource): readonly string[] {
  const { agentId, server, configSrc, constructor } = element;
  const { observedAttributes } = constructor as typeof LitElement;
  const values = [...element.attributes].map(({ name, value }): [string, unknown] => [name, value]);
  values.push(['agent-id', agentId], ['server', server], ['config-src', configSrc]);
  const found = values.filter(([name, value]) =>
    looksLikeKey(name, String(value), observedAttributes.includes(name)),
  );
  return [...new Set(found.map(([name]) => name))].map(
    (name) =>
      `${name} looks like a private key, which can place phone calls and buy numbers. Remove it, and revoke it in your account.`,
  );
}
