import { entryOf, regroup } from '#src/domain/aggregates/aggregates.ts';
import { blockOf } from '#src/domain/aggregates/blocks.ts';
import { type Counts, total } from '#src/domain/metrics/counts.ts';
import type { Figure } from '#src/domain/metrics/figure.ts';
import type { SlicedCounts } from '#src/domain/metrics/slices.ts';
import type { Form } from '#src/state/dashboard/filter.ts';
import { viewOf } from '#src/state/dashboard/published.ts';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { figureNamed, type Row, type Sheet } from './sheet.ts';

const WEEK_MS = 7 * 86_400_000;

/** What a sheet takes from a metric's counts. */
export interface Columns {
  readonly parts: readonly (readonly [head: string, count: (counts: Counts) => number])[];
  /** Head of the sum of the parts. */
  readonly total?: string;
  /** Names of the metric's figures, and what their columns are headed. */
  readonly figures: readonly (readonly [head: string, figure: string])[];
}

export const cells =
  (...names: readonly string[]) =>
  (counts: Counts): number =>
    total(counts, ...names);

/** One row for each week, or for each block of four weeks where it goes into minutes. */
export function overTime(
  name: string,
  { by, counts }: SelectedView,
  form: Form,
  columns: Columns,
  { blocks = form === 'minutes' }: { readonly blocks?: boolean } = {},
): Sheet {
  const clusterBy = by.includes('unit') ? ({ clusterBy: 'unit' } as const) : {};
  const weekly = regroup(
    blocks ? inBlocks(counts, by.indexOf('week')) : counts,
    by,
    ['week'],
    clusterBy,
  );
  const figures = entryOf(viewOf(name).metric).figures(weekly, ['week']);
  const rows = [...weekly.values()].flatMap(({ slice: [week], counts: own }, at) =>
    week == null ? [] : [timeRow(week, own, figures[at]?.figures ?? [], columns)],
  );
  return {
    rowsAre: blocks ? 'Four weeks from' : 'Week of',
    spanMs: (blocks ? 4 : 1) * WEEK_MS,
    ...headsOf(columns),
    rows,
    sums: columns.parts.map(([, count]) =>
      rows.length === 0 ? 0 : [...weekly.values()].reduce((sum, one) => sum + count(one.counts), 0),
    ),
  };
}

export const headsOf = ({ parts, total: head, figures }: Columns) => ({
  parts: parts.map(([name]) => name),
  ...(head !== undefined && { total: head }),
  figures: figures.map(([name]) => name),
});

/** Parts, their sum and figures of one group of counts. */
export function cellsOf(
  counts: Counts,
  found: readonly Figure[],
  { parts, total: head, figures }: Columns,
): Pick<Row, 'parts' | 'total' | 'figures'> {
  const own = parts.map(([, count]) => count(counts));
  return {
    parts: own,
    ...(head !== undefined && { total: own.reduce((sum, one) => sum + one, 0) }),
    figures: figures.map(([, name]) => figureNamed(found, name)),
  };
}

const timeRow = (
  week: string,
  counts: Counts,
  found: readonly Figure[],
  columns: Columns,
): Row => ({
  key: week,
  label: week,
  at: Date.parse(week),
  ...cellsOf(counts, found, columns),
  behind: { week },
});

const inBlocks = (sliced: SlicedCounts, at: number): SlicedCounts =>
  new Map(
    [...sliced].map(([key, { slice, counts }]) => [
      key,
      {
        slice: slice.map((value, i) => (i === at && value !== null ? blockOf(value) : value)),
        counts,
      },
    ]),
  );
