import { readdirSync, readFileSync } from 'node:fs';
import { FAULTS, type Fault } from './table.js';

const PARTS: readonly (readonly [title: string, first: number])[] = [
  ['Microphone', 1],
  ['Signalling', 18],
  ['Transport', 31],
  ['The page around the widget', 46],
];

const HEAD = `# What goes wrong in a stranger's page, and what the widget does

One row for each fault. The tests read this table's source (\`test/faults/table.ts\`) and assert its words and codes, and this page is
made from it: \`npm run docs:faults\`. _Driven_: the fault cannot be provoked on a test machine, so the test drives the browser's own
event through a real track or peer.
`;

/** Folders whose tests may be of a row. */
const FOLDERS = ['test/faults', 'test/e2e', 'test/network', 'test/engines'];

/** The files that test each row, by its number. */
export function testsOfRows(): ReadonlyMap<number, readonly string[]> {
  const files = FOLDERS.flatMap((folder) => filesOf(folder).map((file) => `${folder}/${file}`));
  const tests = new Map<number, string[]>();
  for (const file of files.filter((name) => name.endsWith('.test.ts'))) {
    for (const [, number] of readFileSync(file, 'utf8').matchAll(/\brow\((\d+)\)/g)) {
      const known = tests.get(Number(number)) ?? [];
      if (!known.includes(file)) tests.set(Number(number), [...known, file]);
    }
  }
  return tests;
}

/** The text of `docs/faults.md`. */
export function faultsDocument(): string {
  const tests = testsOfRows();
  const rows: readonly (readonly [string, Fault])[] = Object.entries(FAULTS);
  const parts = PARTS.map(([title, first], index) => {
    const next = PARTS[index + 1]?.[1] ?? Infinity;
    const own = rows.filter(([number]) => Number(number) >= first && Number(number) < next);
    const lines = own.map(([number, fault]) => line(number, fault, tests.get(Number(number)) ?? []));
    return [
      `\n## ${title}\n`,
      '| # | fault | what happens | the visitor reads | code | test |',
      '| - | - | - | - | - | - |',
      ...lines,
    ].join('\n');
  });
  return `${HEAD}${parts.join('\n')}\n`;
}

function line(
  number: string,
  { fault, happens, words, code, driven }: Fault,
  tests: readonly string[],
): string {
  const links = tests.map((file) => `[${file.replace(/^test\/|\.test\.ts$/g, '')}](../${file})`);
  const what = driven === undefined ? fault : `${fault} _Driven: ${driven}_`;
  const cells = [number, what, happens, words ?? '', code ? `\`${code}\`` : '', links.join(', ')];
  return `| ${cells.join(' | ')} |`;
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
