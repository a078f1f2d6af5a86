import { suppress } from '#src/domain/disclosure/suppress.ts';

/** What a pack shows in the place of a small count, and of what would give it away. */
export const LEFT_OUT = 'left out';

// A name may hold whatever somebody typed: it stays text, and one line.
const SPECIAL = /[\\`*_{}[\]<>#|]/g;

export const plain = (words: string): string =>
  words.replaceAll(/\s+/g, ' ').trim().replaceAll(SPECIAL, '\\$&');

/** A Markdown table, or one line where there are no rows. Cells are made `plain`. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  none: string,
): readonly string[] =>
  rows.length === 0
    ? [none]
    : [head, head.map(() => '---'), ...rows.map((row) => row.map(plain))].map(
        (row) => `| ${row.join(' | ')} |`,
      );

/** @param at epoch ms */
export const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** "31.0 % (27.2 % to 35.1 %)" */
export const shareText = (
  value: number,
  interval: { readonly low: number; readonly high: number } | undefined,
): string =>
  interval
    ? `${percent(value)} (${percent(interval.low)} to ${percent(interval.high)})`
    : `${percent(value)} (no interval)`;

/** Counts of one row beside their sum, where rows have no sums over each other. */
export function rowShown(counts: readonly number[]): {
  readonly cells: readonly (number | undefined)[];
  readonly sum: number | undefined;
} {
  const shown = suppress({ cells: [counts], rowTotals: true, columnTotals: false });
  return { cells: shown.cells[0] ?? [], sum: shown.rowTotals[0] };
}
