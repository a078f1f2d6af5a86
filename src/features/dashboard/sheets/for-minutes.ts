import { isSmall } from '#src/domain/disclosure/count-table.ts';
import { shareMayBeShown, suppress } from '#src/domain/disclosure/suppress.ts';
import type { Figure } from '#src/domain/metrics/figure.ts';
import type { Row, Sheet } from './sheet.ts';

/**
 * The sheet as it may leave the store: without small counts, without what would give them away, and
 * without the figures of a row that has a gap, since a share and its n are a count as well.
 */
export function forMinutes(sheet: Sheet): Sheet {
  const { rows, total, sums } = sheet;
  const shown = suppress({
    cells: rows.map(({ parts }) => parts.map((count) => count ?? 0)),
    rowTotals: total !== undefined,
    columnTotals: sums !== undefined,
  });
  return {
    ...sheet,
    rows: rows.map((row, at) => cut(row, shown.cells[at] ?? [], shown.rowTotals[at])),
    ...(sums && { sums: shown.columnTotals }),
  };
}

function cut(row: Row, parts: readonly (number | undefined)[], total: number | undefined): Row {
  const gap = parts.includes(undefined);
  return {
    ...row,
    parts,
    total,
    figures: row.figures.map((figure) =>
      figure && !gap && mayBeShown(figure) ? figure : undefined,
    ),
  };
}

const mayBeShown = ({ kind, numerator, denominator }: Figure): boolean =>
  kind === 'share' && numerator !== undefined
    ? shareMayBeShown(numerator, denominator)
    : !isSmall(denominator);
