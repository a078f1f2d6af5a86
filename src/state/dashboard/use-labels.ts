import { useQuery } from '@tanstack/react-query';
import type { Label } from '#src/domain/metrics/label.ts';
import { fromLabelsLibrary, LABELS_LIBRARY } from '#src/fhir/published-labels.fhir.ts';
import { get } from '#src/fhir/read.ts';
import { useDashboardDeps } from './deps.ts';

/** Which rules made the labels, as publishing left them; null: it left no list. */
export function useLabels(asOf: number | undefined, wanted: boolean) {
  const { gateway } = useDashboardDeps();
  return useQuery({
    queryKey: [gateway.baseUrl, 'labels', asOf],
    queryFn: async ({ signal }): Promise<readonly Label[] | null> => {
      const { matches } = await gateway.search(
        { type: 'Library', params: [['url', LABELS_LIBRARY]] },
        { signal },
      );
      const library = matches.find((one) => get(one, 'url') === LABELS_LIBRARY);
      if (!library) return null;
      const found = fromLabelsLibrary(library);
      if (!found.ok) throw new Error(found.problem.message);
      return found.value.labels;
    },
    enabled: wanted && asOf !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
