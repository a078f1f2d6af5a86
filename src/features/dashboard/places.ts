import type { SlicedCounts } from '#src/domain/metrics/slices.ts';
import { viewOf } from '#src/state/dashboard-published.ts';

/** The view that is always read: it says which models, sites and units there are. */
export const PLACES = 'adoption-weekly';

/** What the published counts name, each once. */
export function placesIn(
  counts: SlicedCounts | undefined,
  dimension: 'model' | 'site' | 'unit',
): readonly string[] {
  const at = viewOf(PLACES).by.indexOf(dimension);
  return [...new Set([...(counts?.values() ?? [])].flatMap(({ slice }) => slice[at] ?? []))];
}
