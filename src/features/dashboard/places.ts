import type { SlicedCounts } from '#src/domain/metrics/slices.ts';
import { PLACES, viewOf } from '#src/state/dashboard/published.ts';

/** What the published counts name, each once. */
export function placesIn(
  counts: SlicedCounts | undefined,
  dimension: 'model' | 'site' | 'unit',
): readonly string[] {
  const at = viewOf(PLACES).by.indexOf(dimension);
  return [...new Set([...(counts?.values() ?? [])].flatMap(({ slice }) => slice[at] ?? []))];
}
