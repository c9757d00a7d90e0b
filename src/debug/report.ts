import type { Section } from './sections.js';

const FENCE = '```';

/** The sections as text that also reads well where Markdown is drawn. */
export function reportText(sections: readonly Section[]): string {
  const blocks = sections.map(({ title, rows }) => {
    const width = Math.max(...rows.map(([name]) => name.length));
    return [title, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`.trimEnd())].join('\n');
  });
  return ['millis-voice-agent, debug report', `${FENCE}text`, blocks.join('\n\n'), FENCE, ''].join('\n');
}
