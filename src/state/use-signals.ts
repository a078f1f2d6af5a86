import { useQuery } from '@tanstack/react-query';
import { blockOf } from '#src/domain/aggregates/blocks.ts';
import { monitor } from '#src/domain/monitoring/monitor.ts';
import type { Signal } from '#src/domain/monitoring/signal.ts';
import { MONITORING_VIEWS } from '#src/domain/monitoring/views.ts';
import { useDashboardDeps } from './dashboard-deps.ts';
import { BLOCK_MS, dayText } from './dashboard-filter.ts';

/** Half a year: enough for a past to hold a change against, and for what began in it. */
const BLOCKS = 7;

/** What monitoring has raised in the half year until the counts end; a filter of the page changes nothing. */
export function useSignals(asOf: number | undefined) {
  const { gateway, readPublished } = useDashboardDeps();
  return useQuery({
    queryKey: [gateway.baseUrl, 'signals', asOf],
    queryFn: async ({ signal }): Promise<readonly Signal[]> => {
      const day = dayText(asOf ?? 0);
      const from = dayText(Date.parse(blockOf(day)) - (BLOCKS - 1) * BLOCK_MS);
      const period = { from, until: day };
      const { aggregates } = await readPublished(MONITORING_VIEWS, period, { signal });
      return monitor(aggregates, { asOf: day });
    },
    enabled: asOf !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
