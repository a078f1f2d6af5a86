import { useQuery } from '@tanstack/react-query';
import { type Role, rolesOf } from '#src/domain/governance/rights.ts';
import { reporterIn, reporterSearch } from '#src/fhir/governance/reporter.fhir.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { NotOnRecord } from './put-on-record.ts';

/** A withheld name is for the safety officer; where a site has given out no roles, for whom the server lets. */
export const mayKnowReporter = (roles: readonly Role[] | undefined): boolean =>
  roles === undefined || roles.includes('safety-officer');

/** Who reported, where the name is withheld; null: the server does not say it to who asks. Throws `FhirError`. */
export async function readReporter(
  { gateway, person, roles }: Pick<GovernanceDeps, 'gateway' | 'person' | 'roles'>,
  event: string,
  options: RequestOptions,
): Promise<string | null> {
  if (!mayKnowReporter(rolesOf(roles, person.names)))
    throw new NotOnRecord('The name is withheld from all but the safety officer.');
  const { matches } = await gateway.search(reporterSearch(event), options);
  return reporterIn(matches, event, gateway.baseUrl) ?? null;
}

/** @param wanted the safety officer asked: nobody else’s page reads it */
export function useReporter(event: string, wanted: boolean) {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: [deps.gateway.baseUrl, 'reporter', event],
    queryFn: ({ signal }) => readReporter(deps, event, { signal }),
    enabled: wanted,
    gcTime: 0,
  });
}
