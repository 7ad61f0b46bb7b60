import type { Figure } from './figure.ts';

const columns = ['', 'value', 'peer', 'ratio', 'goal', ''] as const;

/** The figures for people: a line each, and under it what it was measured against. */
export function formatTable(figures: Record<string, Figure>): string {
  const rows = Object.entries(figures).map(([name, figure]) => [
    name,
    `${figure.value} ${figure.unit}`,
    `${figure.peerValue}`,
    `${figure.ratio}x`,
    figure.goal,
    figure.holds ? 'holds' : 'DOES NOT HOLD',
  ]);
  const widths = columns.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  const lines = rows.flatMap((row) => {
    const { peer, note } = figures[row[0]!]!;
    return [line(row), `    peer: ${peer}`, `    ${note}`];
  });
  return [line(columns), ...lines].join('\n');
}

/** One line, for programs. */
export function formatJson(figures: Record<string, Figure>): string {
  return JSON.stringify(figures);
}
