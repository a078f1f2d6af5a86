import type { Grid } from './count-table.ts';

/** A cell of a grid, by row and column. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Step of a hidden cell that sums allow: from the line of its row to that of its column, or back. */
interface Step {
  readonly from: string;
  readonly to: string;
  readonly cell: Place;
}

/** Lines whose sum is not shown tie nothing down: whatever moves in them is made up for nowhere. */
const GROUND = 'free';

const lineOf = (grid: Grid, kind: 'row' | 'column', at: number): string => {
  const sums = kind === 'row' ? grid[at]?.at(-1) : grid.at(-1)?.[at];
  return sums === undefined ? GROUND : `${kind} ${at}`;
};

/**
 * How hidden counts could move by one and leave every shown sum as it is. A row's cells less its sum
 * are zero, and so are a column's: a network, in which a count can change if and only if a circle runs
 * through it. Whoever sees a gap is taken to know that it is no zero, so nothing falls below one.
 */
function stepsOf(grid: Grid, hidden: readonly Place[]): readonly Step[] {
  const [lastRow, lastColumn] = [grid.length - 1, (grid[0]?.length ?? 1) - 1];
  return hidden.flatMap((cell) => {
    const row = lineOf(grid, 'row', cell.row);
    const column = lineOf(grid, 'column', cell.column);
    const isSum = (cell.row === lastRow) !== (cell.column === lastColumn);
    const up = { from: row, to: column, cell };
    const down = { from: column, to: row, cell };
    const canFall = (grid[cell.row]?.[cell.column] ?? 0) > 1;
    const falling = isSum ? up : down;
    return canFall ? [up, down] : [falling === up ? down : up];
  });
}

function reaches(steps: readonly Step[], from: string, to: string, without: Place): boolean {
  const seen = new Set([from]);
  for (const line of seen) {
    if (line === to) return true;
    for (const step of steps) if (step.from === line && step.cell !== without) seen.add(step.to);
  }
  return false;
}

/** Hidden cells that can be worked out from what is shown. @param hidden each place once. */
export function derivable(grid: Grid, hidden: readonly Place[]): readonly Place[] {
  const steps = stepsOf(grid, hidden);
  return hidden.filter(
    (cell) => !steps.some((step) => step.cell === cell && reaches(steps, step.to, step.from, cell)),
  );
}
