import { CATALOGUE, type Entry } from '#src/domain/metrics/catalogue.ts';
import { type Counts, EMPTY, merge } from '#src/domain/metrics/counts.ts';
import type { Facts } from '#src/domain/metrics/facts/facts.ts';
import {
  type Dimension,
  mergeSlices,
  type Slice,
  type SlicedCounts,
} from '#src/domain/metrics/slices.ts';
import { blockOf } from './blocks.ts';
import type { View } from './view.ts';

/**
 * Counts of several views, by the view's name: a commutative group under `mergeAggregates` with
 * `negative`, so that partitions combine in any order and what has changed can be put in its place.
 */
export type Aggregates = ReadonlyMap<string, SlicedCounts>;

/** The counts of each view. A view whose metric is unknown is a mistake of the caller and throws. */
export const aggregate = (facts: Facts, views: readonly View[]): Aggregates =>
  new Map(views.map((view) => [view.name, countView(facts, view)]));

/** Both together; a view that only one of them has stays as it is. */
export function mergeAggregates(a: Aggregates, b: Aggregates): Aggregates {
  const both = new Map(a);
  for (const [name, counts] of b) both.set(name, mergeSlices(both.get(name) ?? new Map(), counts));
  return both;
}

/** What takes `aggregates` away again when it is merged. */
export const negative = (aggregates: Aggregates): Aggregates =>
  new Map(
    [...aggregates].map(([name, sliced]) => [
      name,
      new Map(
        [...sliced].map(([key, { slice, counts }]) => [key, { slice, counts: negated(counts) }]),
      ),
    ]),
  );

/**
 * Slices of fewer dimensions, or of some rows only: what a filter and a chart ask of a view.
 * @param by the dimensions that `sliced` was cut by. @param keep those that stay apart.
 * @param clusterBy a dimension whose values become the clusters; absent: clusters stay.
 */
export function regroup(
  sliced: SlicedCounts,
  by: readonly Dimension[],
  keep: readonly Dimension[],
  options: { readonly where?: (slice: Slice) => boolean; readonly clusterBy?: Dimension } = {},
): SlicedCounts {
  const { where = () => true, clusterBy } = options;
  const at = keep.map((name) => by.indexOf(name));
  const clusterAt = clusterBy === undefined ? -1 : by.indexOf(clusterBy);
  const groups = new Map<string, { slice: Slice; counts: Counts[] }>();
  for (const { slice, counts } of sliced.values()) {
    if (!where(slice)) continue;
    const kept = at.map((index) => slice[index] ?? null);
    const key = JSON.stringify(kept);
    const group = groups.get(key) ?? { slice: kept, counts: [] };
    group.counts.push(clusterBy === undefined ? counts : inOne(counts, slice[clusterAt] ?? ''));
    groups.set(key, group);
  }
  return new Map(
    [...groups]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { slice, counts }]) => [key, { slice, counts: counts.reduce(merge, EMPTY) }]),
  );
}

/** The catalogue's entry of that name. Throws where there is none. */
export function entryOf(metric: string): Entry {
  const found = CATALOGUE.find(({ name }) => name === metric);
  if (!found) throw new Error(`There is no metric “${metric}”.`);
  return found;
}

function countView(facts: Facts, view: View): SlicedCounts {
  const by: readonly Dimension[] =
    view.cluster === 'unit' && !view.by.includes('unit') ? [...view.by, 'unit'] : view.by;
  const counted = inBlocks(entryOf(view.metric).count(facts, by), by, view);
  if (view.cluster === 'own') return regroup(counted, view.by, view.by);
  if (view.cluster === 'unit') return regroup(counted, by, view.by, { clusterBy: 'unit' });
  return new Map(
    [...regroup(counted, view.by, view.by)].map(([key, { slice, counts }]) => [
      key,
      { slice, counts: inOne(counts, '') },
    ]),
  );
}

/** Weeks put together into blocks, where the view has them so. */
function inBlocks(sliced: SlicedCounts, by: readonly string[], { weeks }: View): SlicedCounts {
  if (weeks === 1) return sliced;
  const at = by.indexOf('week');
  return new Map(
    [...sliced].map(([key, { slice, counts }]) => [
      key,
      {
        slice: slice.map((value, i) => (i === at && value !== null ? blockOf(value) : value)),
        counts,
      },
    ]),
  );
}

/** All clusters as one. */
function inOne(counts: Counts, cluster: string): Counts {
  const cells = new Map<string, number>();
  for (const each of counts.values())
    for (const [cell, by] of each) cells.set(cell, (cells.get(cell) ?? 0) + by);
  return cells.size === 0 ? EMPTY : new Map([[cluster, cells]]);
}

const negated = (counts: Counts): Counts =>
  new Map(
    [...counts].map(([cluster, cells]) => [
      cluster,
      new Map([...cells].map(([cell, by]) => [cell, -by])),
    ]),
  );
