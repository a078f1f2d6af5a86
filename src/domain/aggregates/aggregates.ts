import { ALSO_COUNTED, CATALOGUE, type Entry } from '#src/domain/metrics/catalogue.ts';
import type { Counts } from '#src/domain/metrics/counts.ts';
import type { Facts } from '#src/domain/metrics/facts/facts.ts';
import type { Dimension, Slice, SlicedCounts } from '#src/domain/metrics/slices.ts';
import { blockOf } from './blocks.ts';
import { type Building, building } from './building.ts';
import type { View } from './view.ts';

/**
 * Counts of several views, by the view's name: a commutative group under `mergeAggregates` with
 * `negative`, so that partitions combine in any order and what has changed can be put in its place.
 */
export type Aggregates = ReadonlyMap<string, SlicedCounts>;

/** The counts of each view. A view whose metric is unknown is a mistake of the caller and throws. */
export const aggregate = (facts: Facts, views: readonly View[]): Aggregates =>
  new Map(views.map((view) => [view.name, countView(facts, view)]));

/** All together, in one pass; a view that only some of them have stays as it is there. */
export function mergeAggregates(...parts: readonly Aggregates[]): Aggregates {
  const views = new Map<string, Building>();
  for (const part of parts)
    for (const [name, sliced] of part) {
      const all = views.get(name) ?? building();
      views.set(name, all);
      for (const { slice, counts } of sliced.values()) all.add(slice, counts);
    }
  return new Map([...views].map(([name, all]) => [name, all.done()]));
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

export interface Regrouping {
  /** Rows to keep; absent: all. */
  readonly where?: (slice: Slice) => boolean;
  /** A dimension whose values become the clusters (`''` where a slice has none); absent: clusters stay. */
  readonly clusterBy?: Dimension;
}

/**
 * Slices of fewer dimensions, or of some rows only: what a filter and a chart ask of a view.
 * @param by the dimensions that `sliced` was cut by. @param keep those that stay apart.
 */
export function regroup(
  sliced: SlicedCounts,
  by: readonly Dimension[],
  keep: readonly Dimension[],
  { where = () => true, clusterBy }: Regrouping = {},
): SlicedCounts {
  const at = keep.map((name) => by.indexOf(name));
  const clusterAt = clusterBy === undefined ? -1 : by.indexOf(clusterBy);
  const all = building();
  for (const { slice, counts } of sliced.values()) {
    if (!where(slice)) continue;
    const kept = at.map((index) => slice[index] ?? null);
    if (clusterBy === undefined) all.add(kept, counts);
    else all.add(kept, counts, slice[clusterAt] ?? '');
  }
  return all.done();
}

/** The catalogue's entry of that name. Throws where there is none. */
export function entryOf(metric: string): Entry {
  const found = [...CATALOGUE, ...ALSO_COUNTED].find(({ name }) => name === metric);
  if (!found) throw new Error(`There is no metric “${metric}”.`);
  return found;
}

function countView(facts: Facts, view: View): SlicedCounts {
  const { metric, cluster } = view;
  const by = cluster === 'unit' ? [...new Set<Dimension>([...view.by, 'unit'])] : view.by;
  const [weekAt, unitAt] = [by.indexOf('week'), by.indexOf('unit')];
  const at = view.by.map((name) => by.indexOf(name));
  const all = building();
  const clusters = cluster === 'own' ? undefined : 'none';
  const counted = entryOf(metric).count(facts, by, clusters);
  if (view.weeks === 1 && cluster !== 'unit') return withoutEmpty(counted);
  for (const { slice, counts } of counted.values()) {
    const week = slice[weekAt] ?? null;
    const time = week !== null && view.weeks === 4 ? blockOf(week) : week;
    const own = at.map((index) => (index === weekAt ? time : (slice[index] ?? null)));
    if (cluster === 'own') all.add(own, counts);
    else all.add(own, counts, cluster === 'unit' ? (slice[unitAt] ?? '') : '');
  }
  return all.done();
}

/** As a `Building` leaves it: slices of nothing are not there. */
const withoutEmpty = (sliced: SlicedCounts): SlicedCounts =>
  new Map([...sliced].filter(([, { counts }]) => counts.size > 0));

const negated = (counts: Counts): Counts =>
  new Map(
    [...counts].map(([cluster, cells]) => [
      cluster,
      new Map([...cells].map(([cell, by]) => [cell, -by])),
    ]),
  );
