import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Aggregates } from '#src/domain/aggregates/aggregates.ts';
import { feedbackSince } from '#src/fhir/feedback-searches.ts';
import { useDashboardDeps } from './deps.ts';
import type { DashboardFilter } from './filter.ts';
import { PLACES, periodOf, usePublished, viewOf } from './published.ts';
import { MOST_RECENT, readTail, sitesIn } from './tail.ts';

/** How often the server is asked how many answers it has stored since. */
const ASK_EVERY_MS = 5_000;

export interface Freshness {
  /** Epoch ms; undefined: nothing is published, or it is not known yet. */
  readonly asOf: number | undefined;
  /** Answers and displays stored since; undefined: the server did not say. */
  readonly newer: number | undefined;
  /** What they change; undefined: they are not in the figures. */
  readonly tail: Aggregates | undefined;
  readonly loading: boolean;
  readonly error: unknown;
}

/** What is on the server since the last publishing, asked for while somebody looks. */
export function useFreshness(filter: DashboardFilter): Freshness {
  const deps = useDashboardDeps();
  const { gateway, timeZone, config } = deps;
  const published = usePublished(PLACES, periodOf(filter), true);
  const asOf = published.data?.asOf;
  const key = [gateway.baseUrl, 'since', asOf] as const;
  const counted = useQuery({
    queryKey: [...key, 'count'],
    queryFn: async ({ signal }) => {
      const { type, params } = feedbackSince(asOf ?? 0);
      const counting = { type, params: [...params, ['_summary', 'count']] as const };
      const { total } = await gateway.search(counting, { signal, cap: 0 });
      return total ?? null;
    },
    enabled: asOf !== undefined,
    refetchInterval: ASK_EVERY_MS,
  });
  const newer = counted.data ?? undefined;
  const few = newer !== undefined && newer > 0 && newer <= MOST_RECENT;
  const tail = useQuery({
    queryKey: [...key, 'tail', newer],
    queryFn: async ({ signal }) => {
      const known = published.data?.counts ?? new Map();
      const sites = sitesIn(known, viewOf(PLACES).by, timeZone, config.siteName);
      return (await readTail(deps, asOf ?? 0, sites, { signal })) ?? null;
    },
    enabled: asOf !== undefined && few,
    // The figures stand until the next ones are there.
    placeholderData: keepPreviousData,
  });
  return {
    asOf,
    newer,
    tail: few ? (tail.data ?? undefined) : undefined,
    loading: published.isPending,
    error: published.error,
  };
}
