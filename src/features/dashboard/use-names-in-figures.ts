import { useMemo } from 'react';
import type { ChangeRow } from '#src/domain/tables/changes.ts';
import type { DashboardFilter } from '#src/state/dashboard/filter.ts';
import { PLACES, periodOf, usePublished } from '#src/state/dashboard/published.ts';
import { useSignals } from '#src/state/dashboard/use-signals.ts';
import { type Names, useNames } from '#src/state/use-names.ts';
import { placesIn } from './places.ts';

/** Names of all models and units that stand on the page: in figures, signals, changes and the filter. */
export function useNamesInFigures(
  filter: DashboardFilter,
  asOf: number | undefined,
  changes: readonly ChangeRow[] | undefined,
): Names {
  const published = usePublished(PLACES, periodOf(filter), true);
  const signals = useSignals(asOf);
  const counts = published.data?.counts;
  const { model, unit } = filter;
  const { models, units } = useMemo(() => {
    const raised = signals.data ?? [];
    const named = (...all: readonly (string | null | undefined)[]): readonly string[] =>
      [...new Set(all.flatMap((one) => one ?? []))].toSorted();
    return {
      models: named(
        model,
        ...placesIn(counts, 'model'),
        ...raised.map((one) => one.model_id),
        ...(changes ?? []).map((one) => one.model_id),
      ),
      units: named(unit, ...placesIn(counts, 'unit'), ...raised.map((one) => one.unit)),
    };
  }, [counts, signals.data, changes, model, unit]);
  return useNames(models, units);
}
