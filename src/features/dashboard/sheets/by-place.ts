import { entryOf, regroup } from '#src/domain/aggregates/aggregates.ts';
import type { Dimension, Slice } from '#src/domain/metrics/slices.ts';
import { viewOf } from '#src/state/dashboard-published.ts';
import type { Names } from '#src/state/use-names.ts';
import type { SelectedView } from '#src/state/use-view.ts';
import { type Columns, cellsOf, headsOf } from './over-time.ts';
import type { Sheet } from './sheet.ts';

/** One row for each model and version, or for each site, over the whole period. */
export function byPlace(
  name: string,
  { by, counts }: SelectedView,
  keep: readonly ('model' | 'version' | 'site')[],
  columns: Columns,
  names: Names,
): Sheet {
  const places = regroup(counts, by, keep, by.includes('unit') ? { clusterBy: 'unit' } : {});
  const dimensions: readonly Dimension[] = keep;
  const figures = entryOf(viewOf(name).metric).figures(places, dimensions);
  const rows = [...places].map(([key, { slice, counts: own }], at) => ({
    key,
    label: labelOf(slice, keep, names),
    ...cellsOf(own, figures[at]?.figures ?? [], columns),
    behind: Object.fromEntries(keep.map((dimension, i) => [dimension, slice[i] ?? undefined])),
  }));
  return { rowsAre: keep.length > 1 ? 'Version' : 'Site', ...headsOf(columns), rows };
}

function labelOf(slice: Slice, keep: readonly Dimension[], names: Names): string {
  const of = (dimension: Dimension): string | undefined =>
    slice[keep.indexOf(dimension)] ?? undefined;
  const [model, version] = [of('model'), of('version')];
  if (model !== undefined) return names.modelVersion(model, version);
  return slice.map((value) => value ?? 'not recorded').join(' ');
}
