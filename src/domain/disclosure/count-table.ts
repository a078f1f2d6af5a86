/** Counts of 1–10 are not shown in limited and de-identified exports, PDFs and shared views (metrics.md). */
export const LARGEST_SMALL = 10;

export const isSmall = (count: number): boolean => count > 0 && count <= LARGEST_SMALL;

/** Whole counts, and which of their sums stand beside them. */
export interface CountTable {
  /** By row, then by column; every row has as many. */
  readonly cells: readonly (readonly number[])[];
  /** Whether the sum of each row is shown. */
  readonly rowTotals: boolean;
  /** Whether the sum of each column is shown. */
  readonly columnTotals: boolean;
}

/** The table with its sums; `undefined` is left out. */
export interface Shown {
  readonly cells: readonly (readonly (number | undefined)[])[];
  /** Empty where the table has none. */
  readonly rowTotals: readonly (number | undefined)[];
  readonly columnTotals: readonly (number | undefined)[];
  /** Where rows and columns both have sums. */
  readonly total: number | undefined;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

/**
 * Cells and sums as one grid: a last column of row sums, a last row of column sums. A sum that the
 * table does not show is `undefined` here, and ties nothing down.
 */
export type Grid = readonly (readonly (number | undefined)[])[];

export function gridOf({ cells, rowTotals, columnTotals }: CountTable): Grid {
  const width = cells[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) => sum(cells.map((row) => row[at] ?? 0)));
  return [
    ...cells.map((row) => [...row, rowTotals ? sum(row) : undefined]),
    [
      ...columns.map((one) => (columnTotals ? one : undefined)),
      rowTotals && columnTotals ? sum(columns) : undefined,
    ],
  ];
}
