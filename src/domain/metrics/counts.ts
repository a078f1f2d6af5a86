/** What one row or one partition adds to named cells. Whole numbers only: they merge exactly. */
export type Cells = Readonly<Record<string, number>>;

/**
 * Counts by cluster (clinician, unit; `''` where rows are independent), then by cell. The aggregate of
 * every metric: a commutative monoid under `merge`, so that partitions, workers and days combine in
 * any order, and the same integers in SQL and in a MeasureReport.
 */
export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

export const EMPTY: Counts = new Map();

/** What a metric counts of a row; the rest of a metric only reads counts. */
export interface Counting<Row> {
  cluster(row: Row): string;
  cells(row: Row): Cells;
}

/** The same cells, all rows taken together. */
export const unclustered = <Row>(counting: Counting<Row>): Counting<Row> => ({
  cluster: () => '',
  cells: (row) => counting.cells(row),
});

type Building = Map<string, Map<string, number>>;

function put(into: Building, cluster: string, cell: string, by: number): void {
  if (by === 0) return;
  let cells = into.get(cluster);
  if (cells === undefined) {
    cells = new Map();
    into.set(cluster, cells);
  }
  cells.set(cell, (cells.get(cell) ?? 0) + by);
}

function putAll(into: Building, counts: Counts): void {
  for (const [cluster, cells] of counts)
    for (const [cell, by] of cells) put(into, cluster, cell, by);
}

/** Both together. `EMPTY` changes nothing; order and grouping do not matter. */
export function merge(a: Counts, b: Counts): Counts {
  const both: Building = new Map();
  putAll(both, a);
  putAll(both, b);
  return both;
}

/** The counts with one more row. */
export const add = <Row>(counting: Counting<Row>, counts: Counts, row: Row): Counts =>
  merge(counts, collect(counting, [row]));

/** The counts of all rows, in one pass. */
export function collect<Row>(counting: Counting<Row>, rows: Iterable<Row>): Counts {
  const all: Building = new Map();
  for (const row of rows) {
    const cells = counting.cells(row);
    const names = Object.keys(cells);
    if (names.length === 0) continue;
    const cluster = counting.cluster(row);
    for (const cell of names) put(all, cluster, cell, cells[cell] ?? 0);
  }
  return all;
}

/** Sum of some cells over all clusters. */
export function total(counts: Counts, ...cells: readonly string[]): number {
  let sum = 0;
  for (const cluster of counts.values()) for (const cell of cells) sum += cluster.get(cell) ?? 0;
  return sum;
}

/** Every cell, summed over clusters, by name. */
export function byCell(counts: Counts): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const cluster of counts.values())
    for (const [cell, by] of cluster) all.set(cell, (all.get(cell) ?? 0) + by);
  return new Map([...all].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Clusters in a fixed order: sums of fractions depend on it in their last digit. */
export const clusters = (counts: Counts): readonly [string, ReadonlyMap<string, number>][] =>
  [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
