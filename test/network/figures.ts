import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One measured time. */
interface Figure {
  readonly what: string;
  readonly browser: string;
  readonly ms: number;
}

/** Writes a measured time down, for the table at the end of the run. */
export function noteFigure(file: string, figure: Figure): void {
  appendFileSync(file, `${JSON.stringify({ ...figure, ms: Math.round(figure.ms) })}\n`);
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
    return figure ? `${figure.ms} ms` : '';
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
