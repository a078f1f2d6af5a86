import { useQuery } from '@tanstack/react-query';
import { blockOf } from '#src/domain/aggregates/blocks.ts';
import { monitor } from '#src/domain/monitoring/monitor.ts';
import type { Signal } from '#src/domain/monitoring/signal.ts';
import { MONITORING_VIEWS } from '#src/domain/monitoring/views.ts';
import { fromSignalsLibrary, SIGNALS_LIBRARY } from '#src/fhir/published-signals.fhir.ts';
import { get } from '#src/fhir/read.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { type DashboardDeps, useDashboardDeps } from './deps.ts';
import { BLOCK_MS, dayText } from './filter.ts';

/** Half a year: enough for a past to hold a change against, and for what began in it. */
const BLOCKS = 7;

type Reading = Pick<DashboardDeps, 'gateway' | 'readPublished'>;

/**
 * What monitoring has raised. Publishing leaves it as a list of some kilobytes; where there is none, it
 * is found here from the weekly counts of half a year, which may be megabytes.
 */
export async function readSignals(
  { gateway, readPublished }: Reading,
  asOf: number,
  options: RequestOptions,
): Promise<readonly Signal[]> {
  const { matches } = await gateway.search(
    { type: 'Library', params: [['url', SIGNALS_LIBRARY]] },
    options,
  );
  const library = matches.find((one) => get(one, 'url') === SIGNALS_LIBRARY);
  if (library) {
    const found = fromSignalsLibrary(library);
    if (!found.ok) throw new Error(found.problem.message);
    return found.value.signals;
  }
  const day = dayText(asOf);
  const from = dayText(Date.parse(blockOf(day)) - (BLOCKS - 1) * BLOCK_MS);
  const { aggregates } = await readPublished(MONITORING_VIEWS, { from, until: day }, options);
  return monitor(aggregates, { asOf: day });
}

/** A filter of the page changes nothing in them. */
export function useSignals(asOf: number | undefined) {
  const deps = useDashboardDeps();
  return useQuery({
    queryKey: [deps.gateway.baseUrl, 'signals', asOf],
    queryFn: ({ signal }) => readSignals(deps, asOf ?? 0, { signal }),
    enabled: asOf !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
