import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FhirResource } from 'fhir/r4';
import { useMemo } from 'react';
import {
  type ModelName,
  modelNames,
  modelSearches,
  unitNames,
  unitSearches,
} from '#src/fhir/name-searches.ts';
import type { FhirSearch } from '#src/fhir/search.ts';
import { type DashboardDeps, useDashboardDeps } from './dashboard/deps.ts';

/** What people call what figures name by identifier; without a name the identifier stands. */
export interface Names {
  /** The model's name, without its version. */
  readonly model: (id: string) => string;
  /** The name in a list: with the version where two models have one name. */
  readonly modelApart: (id: string) => string;
  /** Name and version, neither of them twice. */
  readonly modelVersion: (id: string, version: string | undefined) => string;
  readonly unit: (id: string) => string;
}

export function namesOf(
  models: ReadonlyMap<string, ModelName>,
  units: ReadonlyMap<string, string>,
  all: readonly string[],
): Names {
  const model = (id: string): string => models.get(id)?.name ?? id;
  const modelVersion = (id: string, version: string | undefined): string => {
    const name = model(id);
    return version === undefined || name.endsWith(version) ? name : `${name} ${version}`;
  };
  return {
    model,
    modelVersion,
    modelApart: (id) => {
      const shared = all.some((other) => other !== id && model(other) === model(id));
      return shared ? modelVersion(id, models.get(id)?.version) : model(id);
    },
    unit: (id) => units.get(id) ?? id.slice(id.lastIndexOf('/') + 1),
  };
}

const NONE: readonly FhirResource[] = [];

/** Read once for these models and units. What cannot be read keeps its identifier. */
export function useNames(models: readonly string[], units: readonly string[]): Names {
  const deps = useDashboardDeps();
  const { baseUrl } = deps.gateway;
  const found = useSearches(deps, 'models', modelSearches(models, baseUrl));
  const places = useSearches(deps, 'units', unitSearches(units, baseUrl));
  const key = models.join('\n');
  return useMemo(
    () => namesOf(modelNames(found, baseUrl), unitNames(places, baseUrl), key.split('\n')),
    [found, places, baseUrl, key],
  );
}

function useSearches(
  { gateway }: DashboardDeps,
  what: string,
  searches: readonly FhirSearch[],
): readonly FhirResource[] {
  const { data } = useQuery({
    queryKey: [gateway.baseUrl, 'names', what, searches],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(searches.map((one) => gateway.search(one, { signal })));
      return pages.flatMap(({ matches }) => matches);
    },
    enabled: searches.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  });
  return data ?? NONE;
}
