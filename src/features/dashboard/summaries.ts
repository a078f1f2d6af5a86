import type { Row, Sheet } from './sheets/sheet.ts';
import { countText, figureText } from './words.ts';

const drawn = (rows: readonly Row[], figure: number): readonly Row[] =>
  rows.filter(({ figures }) => figures[figure]?.value !== undefined);

/** "Followed of decided: from 71.0 % in the week of … to 62.3 % … over 26 weeks." */
export function trendSummary({ rows, rowsAre }: Sheet, what: string, figure: number): string {
  const seen = drawn(rows, figure);
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return `${what}: nothing that can be drawn.`;
  const at = (row: Row): string => `${figureText(row.figures[figure])} (${rowsAre} ${row.label})`;
  return `${what}: ${at(first)}${first === last ? '' : ` to ${at(last)}, ${seen.length} points`}.`;
}

export function largestSummary({ rows }: Sheet): string {
  const largest = rows
    .toSorted((a, b) => (b.parts[0] ?? 0) - (a.parts[0] ?? 0))
    .filter(({ parts }) => parts[0] !== undefined)
    .slice(0, 3);
  if (largest.length === 0) return 'No override in this period.';
  return `Commonest: ${largest.map(({ label, parts }) => `${label} ${countText(parts[0] ?? 0)}`).join(', ')}.`;
}

export function funnelSummary({ rows }: Sheet, what: string): string {
  const beyond = rows.filter(({ mark }) => mark === 'beyond 99.8 %');
  const names =
    beyond.length > 0 && what === 'units' ? `: ${beyond.map((r) => r.label).join(', ')}` : '';
  return `${rows.length} ${what}; beyond the 99.8 % limits ${beyond.length}${names}.`;
}

export function ratioSummary({ rows }: Sheet): string {
  const seen = drawn(rows, 0);
  if (seen.length === 0) return 'No group can be compared.';
  return `${seen.map(({ label, figures }) => `${label} ${figureText(figures[0])}`).join('; ')}.`;
}

export function listSummary({ rows }: Sheet, what: string): string {
  const seen = drawn(rows, 0);
  if (seen.length === 0) return `${what}: nothing that can be drawn.`;
  return `${what}: ${seen.map(({ label, figures }) => `${label} ${figureText(figures[0])}`).join('; ')}.`;
}
