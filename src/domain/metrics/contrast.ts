import {
  clusterDifference,
  clusterRateRatio,
  LEAST_CLUSTERS,
  type Pair,
} from '#src/domain/statistics/cluster-interval.ts';
import { byCell, type Cells, type Counts, clusters } from './counts.ts';
import { type Absence, type Figure, LEAST_ROWS } from './figure.ts';

/** Cells of one group: `group \u001f cell`; neither part holds that separator. */
const SEPARATOR = '\u001f';

export const cellOf = (group: string, cell: string): string => `${group}${SEPARATOR}${cell}`;

export const inGroup = (group: string, cells: Cells): Cells =>
  Object.fromEntries(Object.entries(cells).map(([cell, by]) => [cellOf(group, cell), by]));

/** Groups with how many rows of `below` they have, the largest first. */
export function groupsOf(counts: Counts, below: string): readonly (readonly [string, number])[] {
  return [...byCell(counts)]
    .flatMap(([cell, n]) => {
      const [group = '', rest] = cell.split(SEPARATOR);
      return rest === below ? [[group, n] as const] : [];
    })
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

/** What each cluster saw of two groups. */
export function pairs(
  counts: Counts,
  [group, reference]: readonly [string, string],
  [above, below]: readonly [string, string],
): readonly Pair[] {
  return clusters(counts).map(([, cells]) => {
    const of = (name: string) => ({
      numerator: cells.get(cellOf(name, above)) ?? 0,
      denominator: cells.get(cellOf(name, below)) ?? 0,
    });
    return { group: of(group), reference: of(reference) };
  });
}

/** One cell of several groups, over all clusters. */
export function cellOfGroups(
  counts: Counts,
  groups: readonly string[],
  cell: string,
): readonly number[] {
  const cells = byCell(counts);
  return groups.map((group) => cells.get(cellOf(group, cell)) ?? 0);
}

/** A group against a reference, as ratio or difference of shares; clusters answer for both. */
export function contrastFigure(
  name: string,
  how: 'ratio' | 'difference',
  all: readonly Pair[],
): Figure {
  const rows = (side: keyof Pair, of: 'numerator' | 'denominator') =>
    all.reduce((sum, pair) => sum + pair[side][of], 0);
  const [n1, n2] = [rows('group', 'denominator'), rows('reference', 'denominator')];
  const [p1, p2] = [rows('group', 'numerator') / n1, rows('reference', 'numerator') / n2];
  const base = { name, kind: 'ratio', unit: '1', numerator: undefined, denominator: n1 } as const;
  const absence: Absence | undefined =
    n1 === 0 || n2 === 0
      ? 'nothing-to-compare'
      : Math.min(n1, n2) < LEAST_ROWS
        ? 'below-floor'
        : how === 'ratio' && p2 === 0
          ? 'not-estimable'
          : undefined;
  if (absence) return { ...base, value: undefined, interval: undefined, method: 'none', absence };
  const found = how === 'ratio' ? clusterRateRatio(all) : clusterDifference(all);
  const value = how === 'ratio' ? p1 / p2 : p1 - p2;
  if (found) return { ...base, value, interval: found.interval, method: 'cluster-t' };
  const side = (one: keyof Pair) => all.filter((pair) => pair[one].denominator > 0).length;
  const few = Math.min(side('group'), side('reference')) < LEAST_CLUSTERS;
  const why = few ? 'few-clusters' : 'not-estimable';
  return { ...base, value, interval: undefined, method: 'none', absence: why };
}
