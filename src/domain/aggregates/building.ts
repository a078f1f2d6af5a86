import type { Counts } from '#src/domain/metrics/counts.ts';
import type { Slice, SlicedCounts } from '#src/domain/metrics/slices.ts';

interface Place {
  readonly slice: Slice;
  readonly clusters: Map<string, Map<string, number>>;
}

/** Counts in the making: one map that grows, so that a thousand slices cost a thousand steps. */
export interface Building {
  /** Adds the counts to a slice. @param cluster the one that all become; absent: they keep their own. */
  add(slice: Slice, counts: Counts, cluster?: string): void;
  /** In order, without cells of zero and without what is empty then: equal counts look equal. */
  done(): SlicedCounts;
}

export function building(): Building {
  const places = new Map<string, Place>();
  return {
    add(slice, counts, cluster) {
      const key = JSON.stringify(slice);
      let place = places.get(key);
      if (place === undefined) {
        place = { slice, clusters: new Map() };
        places.set(key, place);
      }
      for (const [own, cells] of counts) addCells(place.clusters, cluster ?? own, cells);
    },
    done: () =>
      new Map(
        [...places]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([key, { slice, clusters }]) => {
            const counts = withoutZeros(clusters);
            return counts.size === 0 ? [] : [[key, { slice, counts }] as const];
          }),
      ),
  };
}

function addCells(
  clusters: Place['clusters'],
  cluster: string,
  cells: ReadonlyMap<string, number>,
): void {
  let sums = clusters.get(cluster);
  if (sums === undefined) {
    sums = new Map();
    clusters.set(cluster, sums);
  }
  for (const [cell, by] of cells) sums.set(cell, (sums.get(cell) ?? 0) + by);
}

function withoutZeros(clusters: Place['clusters']): Counts {
  for (const [cluster, cells] of clusters) {
    for (const [cell, by] of cells) if (by === 0) cells.delete(cell);
    if (cells.size === 0) clusters.delete(cluster);
  }
  return clusters;
}
