import { entryOf, regroup } from '#src/domain/aggregates/aggregates.ts';
import type { Dimension, Slice, SlicedCounts } from '#src/domain/metrics/slices.ts';
import { viewOf } from '#src/state/dashboard/published.ts';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import type { Names } from '#src/state/use-names.ts';
import { roleWords } from '../role-words.ts';
import { codeWords } from '../words.ts';
import { type Columns, cellsOf, headsOf } from './over-time.ts';
import type { Sheet } from './sheet.ts';

export type Place = 'model' | 'version' | 'site' | 'unit' | 'role' | 'risk-band';

const ROWS_ARE: Readonly<Record<Place, string>> = {
  model: 'Model',
  version: 'Version',
  site: 'Site',
  unit: 'Unit',
  role: 'Role',
  'risk-band': 'Risk band',
};
/** An address of decisions knows these; the others stand in no answer by themselves. */
const BEHIND: ReadonlySet<Dimension> = new Set(['model', 'version', 'site', 'unit']);
const BANDS = ['low', 'moderate', 'medium', 'high', 'critical'];

/** One row for each model and version, site, unit or role, over the whole period. */
export function byPlace(
  name: string,
  { by, counts }: SelectedView,
  keep: readonly Place[],
  columns: Columns,
  names: Names,
): Sheet {
  const places = regroup(
    byRole(counts, by.indexOf('role')),
    by,
    keep,
    by.includes('unit') ? { clusterBy: 'unit' } : {},
  );
  const figures = entryOf(viewOf(name).metric).figures(places, keep);
  const rows = [...places].map(([key, { slice, counts: own }], at) => ({
    key,
    label: labelOf(slice, keep, names),
    ...cellsOf(own, figures[at]?.figures ?? [], columns),
    ...behindOf(slice, keep),
  }));
  const last = keep.at(-1) ?? 'site';
  return {
    rowsAre: ROWS_ARE[last],
    ...headsOf(columns),
    rows: rows.toSorted((a, b) =>
      last === 'risk-band' ? bandOrder(a.label) - bandOrder(b.label) : a.label < b.label ? -1 : 1,
    ),
  };
}

/** Roles by name before they are counted: two systems have a code each for one role. */
const byRole = (counts: SlicedCounts, at: number): SlicedCounts =>
  at === -1
    ? counts
    : new Map(
        [...counts].map(([key, { slice, counts: own }]) => [
          key,
          {
            slice: slice.map((value, i) => (i === at && value !== null ? roleWords(value) : value)),
            counts: own,
          },
        ]),
      );

const bandOrder = (label: string): number => BANDS.indexOf(label.toLowerCase());

function behindOf(slice: Slice, keep: readonly Place[]) {
  const known = keep.flatMap((dimension, at) => {
    const value = slice[at];
    return value == null || !BEHIND.has(dimension) ? [] : [[dimension, value] as const];
  });
  return known.length === 0 ? {} : { behind: Object.fromEntries(known) };
}

function labelOf(slice: Slice, keep: readonly Place[], names: Names): string {
  const of = (dimension: Place): string | undefined => slice[keep.indexOf(dimension)] ?? undefined;
  const [model, version, unit] = [of('model'), of('version'), of('unit')];
  if (model !== undefined)
    return version === undefined ? names.modelApart(model) : names.modelVersion(model, version);
  if (unit !== undefined) return names.unit(unit);
  const [role, band] = [of('role'), of('risk-band')];
  if (role !== undefined) return role;
  if (band !== undefined) return codeWords(band);
  return slice.map((value) => value ?? 'not recorded').join(' ');
}
