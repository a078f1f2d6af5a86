import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { byIds } from '#src/fhir/governance/registry-searches.ts';
import { unitNames } from '#src/fhir/name-searches.ts';
import { readPractitionerName } from '#src/fhir/practitioner.fhir.ts';
import { refOf } from '#src/fhir/reference.ts';
import { useGovernanceDeps } from './deps.ts';

/** What people call a person or a unit; without a name the end of the reference stands. */
export type NameOf = (reference: string) => string;

const PEOPLE = ['Practitioner', 'PractitionerRole'] as const;

/** Names of people and units on the registry, read once for these references. */
export function useGovernanceNames(references: readonly string[]): NameOf {
  const { gateway } = useGovernanceDeps();
  const local = [
    ...new Set(references.map((one) => withinServer(one, gateway.baseUrl))),
  ].toSorted();
  const { data } = useQuery({
    queryKey: [gateway.baseUrl, 'governance-names', local],
    queryFn: async ({ signal }) => {
      const searches = ['Location', ...PEOPLE].flatMap((type) => byIds(type, local) ?? []);
      const pages = await Promise.all(searches.map((one) => gateway.search(one, { signal })));
      const found = pages.flatMap(({ matches }) => matches);
      const people = found.flatMap((one) => {
        const ref = refOf(one, gateway.baseUrl);
        const name = PEOPLE.some((type) => type === ref?.type)
          ? readPractitionerName(one)
          : undefined;
        return ref === undefined || name === undefined
          ? []
          : [[`${ref.type}/${ref.id}`, name] as const];
      });
      return new Map([...people, ...unitNames(found, gateway.baseUrl)]);
    },
    enabled: local.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  return (reference) =>
    data?.get(withinServer(reference, gateway.baseUrl)) ??
    reference.slice(reference.lastIndexOf('/') + 1);
}

const withinServer = (reference: string, server: string): string =>
  reference.startsWith(`${server}/`) ? reference.slice(server.length + 1) : reference;
