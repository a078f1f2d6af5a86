import type { Effect } from '#src/domain/statistics/interrupted-time-series.ts';
import type { ChangeRow } from '#src/domain/tables/changes.ts';
import type { Counts } from './counts.ts';
import { absent, estimate, type Figure } from './figure.ts';
import { DIMENSIONS, type Dimension, type Slice } from './slices.ts';
import { aroundChange, type SeriesName, weeksOf } from './weekly.ts';

const WATCHED: readonly SeriesName[] = ['acceptance', 'acceptance of displayed'];

/**
 * What changed at each entry of the change log: the jump of the weekly share in the first full week after
 * it, and what it adds to the trend per week, by segmented regression with Newey–West errors. Numerators
 * and denominators as in `weekly`; twelve weeks on either side, else absent. It cannot tell a change from
 * whatever else happened that week. Source: clinical-evidence §2 "ITS".
 */
export const aroundChanges = (counts: Counts, changes: readonly ChangeRow[]): readonly Figure[] =>
  changes.flatMap((change) => WATCHED.flatMap((series) => effects(counts, series, change)));

function effects(counts: Counts, series: SeriesName, change: ChangeRow): readonly Figure[] {
  if (change.changed_at === null) return [];
  const day = new Date(change.changed_at).toISOString().slice(0, 10);
  const weeks = weeksOf(counts, series).length;
  const found = aroundChange(counts, series, day);
  const what = [series, change.kind, change.to_value, day]
    .filter((part) => part !== null)
    .join(' ');
  const of = (name: string, effect: Effect | undefined): Figure =>
    effect
      ? estimate(`${what}: ${name}`, '1', weeks, effect)
      : absent(`${what}: ${name}`, 'below-floor', weeks);
  return [of('jump', found?.levelChange), of('change of trend per week', found?.trendChange)];
}

/** Changes that may have touched a slice: of its model, site and unit, or of none in particular. */
export function changesOf(
  slice: Slice,
  by: readonly Dimension[],
  changes: readonly ChangeRow[],
): readonly ChangeRow[] {
  const touches = (change: ChangeRow): boolean =>
    by.every((name, i) => {
      if (name !== 'model' && name !== 'site' && name !== 'unit') return true;
      const own = change[DIMENSIONS[name]];
      return own === null || own === slice[i];
    });
  return changes
    .filter((change) => change.status === 'final' && touches(change))
    .toSorted(
      (a, b) => (a.changed_at ?? 0) - (b.changed_at ?? 0) || (a.change_id < b.change_id ? -1 : 1),
    );
}
