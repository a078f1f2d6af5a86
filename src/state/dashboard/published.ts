import { useQuery } from '@tanstack/react-query';
import { lastDayOf } from '#src/domain/aggregates/blocks.ts';
import { DASHBOARD_VIEWS } from '#src/domain/aggregates/views.ts';
import type { SlicedCounts } from '#src/domain/metrics/slices.ts';
import { type Period, useDashboardDeps } from './deps.ts';
import type { DashboardFilter } from './filter.ts';

/** Publishing runs by night or by hour; nothing is gained by asking at every look. */
const FRESH_MS = 300_000;

/** The view that is always read: it says which models, sites and units there are. */
export const PLACES = 'adoption-weekly';

export const viewOf = (name: string) => {
  const view = DASHBOARD_VIEWS.find((one) => one.name === name);
  if (!view) throw new Error(`There is no view “${name}”.`);
  return view;
};

export const periodOf = ({ from, to }: Pick<DashboardFilter, 'from' | 'to'>): Period => ({
  from,
  until: lastDayOf(to),
});

export interface PublishedView {
  readonly counts: SlicedCounts;
  /** Epoch ms; absent: nothing was published. */
  readonly asOf: number | undefined;
}

/** One published view in a period, as it stands on the server. @param wanted false: not needed yet. */
export function usePublished(name: string, period: Period, wanted: boolean) {
  const { gateway, readPublished } = useDashboardDeps();
  return useQuery({
    queryKey: [gateway.baseUrl, 'published', name, period.from, period.until],
    queryFn: async ({ signal }): Promise<PublishedView> => {
      const { aggregates, asOf } = await readPublished([viewOf(name)], period, { signal });
      return { counts: aggregates.get(name) ?? new Map(), asOf };
    },
    enabled: wanted,
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });
}
