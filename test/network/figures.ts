import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What was measured once. */
interface Figure {
  readonly what: string;
  readonly browser: string;
  /** With its unit. */
  readonly value: string;
}

/** Writes a figure down, for the table at the end of the run. */
export function noteFigure(file: string, figure: Figure): void {
  appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

/** All figures that were written down, one line each, with a column for each browser. */
export function figureTable(file: string, browsers: readonly string[]): string {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const figures = lines.map((line) => JSON.parse(line) as Figure);
  const whats = [...new Set(figures.map(({ what }) => what))].toSorted();
  const width = Math.max(0, ...whats.map((what) => what.length));
  const row = (what: string, cells: readonly string[]): string =>
    [what.padEnd(width), ...cells.map((cell) => cell.padStart(10))].join(' ');
  const cell = (what: string, browser: string): string => {
    const figure = figures.find((one) => one.what === what && one.browser === browser);
    return figure?.value ?? '';
  };
  return [
    row('', browsers),
    ...whats.map((what) =>
      row(
        what,
        browsers.map((browser) => cell(what, browser)),
      ),
    ),
  ].join('\n');
}
