import { type CountTable, type Grid, gridOf, isSmall, type Shown } from './count-table.ts';
import { derivable, type Place } from './derivable.ts';

/**
 * The table without its small counts, and without as many more as it takes that none of those left out
 * can be worked out from the others and their sums. A zero is shown: nobody stands behind it.
 */
export function suppress(table: CountTable): Shown {
  const grid = gridOf(table);
  const hidden = placesWhere(grid, isSmall);
  for (;;) {
    const open = derivable(grid, hidden);
    const [first] = open;
    if (first === undefined) return shownOf(table, grid, hidden);
    const next = companion(grid, hidden, open) ?? companion(grid, hidden, []);
    // Nothing is left to hide: then nothing that was hidden can be seen beside it.
    if (next === undefined) return shownOf(table, grid, hidden);
    hidden.push(next);
  }
}

function placesWhere(grid: Grid, wanted: (count: number) => boolean): Place[] {
  return grid.flatMap((cells, row) =>
    cells.flatMap((count, column) =>
      count !== undefined && wanted(count) ? [{ row, column }] : [],
    ),
  );
}

/** The smallest count that shares a line with a cell that is still open; of all, if `open` is empty. */
function companion(
  grid: Grid,
  hidden: readonly Place[],
  open: readonly Place[],
): Place | undefined {
  const countAt = ({ row, column }: Place): number => grid[row]?.[column] ?? 0;
  const isHidden = (one: Place): boolean =>
    hidden.some(({ row, column }) => row === one.row && column === one.column);
  const near = (one: Place): boolean =>
    open.length === 0 || open.some(({ row, column }) => row === one.row || column === one.column);
  // A zero that is hidden could fall no further: it protects least and comes last.
  const rank = (one: Place): number => countAt(one) || Number.POSITIVE_INFINITY;
  return placesWhere(grid, () => true)
    .filter((one) => !isHidden(one) && near(one))
    .toSorted((a, b) => rank(a) - rank(b) || a.row - b.row || a.column - b.column)[0];
}

function shownOf(table: CountTable, grid: Grid, hidden: readonly Place[]): Shown {
  const gaps = new Set(hidden.map(({ row, column }) => `${row} ${column}`));
  const seen = grid.map((cells, row) =>
    cells.map((count, column) => (gaps.has(`${row} ${column}`) ? undefined : count)),
  );
  const inner = seen.slice(0, -1);
  return {
    cells: inner.map((row) => row.slice(0, -1)),
    rowTotals: table.rowTotals ? inner.map((row) => row.at(-1)) : [],
    columnTotals: table.columnTotals ? (seen.at(-1)?.slice(0, -1) ?? []) : [],
    total: seen.at(-1)?.at(-1),
  };
}

/**
 * Whether a share may stand beside its n: from both, the numerator follows and what is left of n.
 * @param numerator @param denominator whole counts
 */
export const shareMayBeShown = (numerator: number, denominator: number): boolean =>
  ![numerator, denominator, denominator - numerator].some(isSmall);
