import { useQuery } from '@tanstack/react-query';
import { deviceSearches } from '#src/fhir/governance/registry-searches.ts';
import { buildPool } from '#src/fhir/reference.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { type RegisteredVersion, type Registry, useRegistry, versionOf } from './registry.ts';

type Reading = Pick<GovernanceDeps, 'chart' | 'issuer'>;

/** Models that the EHR has and the registry does not, with what is on record about each. Throws `FhirError`. */
export async function readUnregistered(
  { chart, issuer }: Reading,
  { versions, records }: Pick<Registry, 'versions' | 'records'>,
  options: RequestOptions,
): Promise<readonly RegisteredVersion[]> {
  if (!chart) return [];
  const searches = deviceSearches(issuer.aiDevices);
  const pages = await Promise.all(searches.map((one) => chart.search(one, options)));
  const devices = new Map(
    pages.flatMap(({ matches }) => matches.map((one) => [one.id, one] as const)),
  );
  const pool = buildPool(chart.baseUrl, []);
  return [...devices.values()]
    .flatMap((one) => versionOf(one, chart.baseUrl, pool, records) ?? [])
    .filter((one) => !versions.some((own) => isSameVersion(own, one)));
}

/** Across servers a model is known by its business identifier and version. */
const isSameVersion = ({ model: a }: RegisteredVersion, { model: b }: RegisteredVersion): boolean =>
  a.identifier !== undefined &&
  a.identifier.value === b.identifier?.value &&
  a.identifier.system === b.identifier.system &&
  a.version === b.version;

export function useUnregistered() {
  const deps = useGovernanceDeps();
  const { data: registry } = useRegistry();
  return useQuery({
    queryKey: [deps.chart?.baseUrl, 'unregistered', registry],
    queryFn: ({ signal }) =>
      registry === undefined ? [] : readUnregistered(deps, registry, { signal }),
    enabled: deps.chart !== undefined && registry !== undefined,
  });
}
