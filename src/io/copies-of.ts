import type { Observation } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import type { FhirGateway } from './gateway.ts';

/** More than a few copies under one identifier is a server that does not know the parameter. */
const CAP = 20;

const tokenOf = (id: string) => `${SYSTEM.uri}|${id}`;

/** For `If-None-Exist`: only where the server has nothing under this identifier. */
export const unlessThere = (id: string): string =>
  new URLSearchParams({ identifier: tokenOf(id) }).toString();

/** A server that does not know the parameter may answer with everything it has. */
export const carries = ({ identifier }: Observation, id: string): boolean =>
  identifier?.some((one) => one?.value === id) ?? false;

/** All Observations that the server has under this identifier, oldest first. Throws `FhirError`. */
export async function copiesOf(
  gateway: Pick<FhirGateway, 'search'>,
  id: string,
): Promise<readonly Observation[]> {
  const page = await gateway.search(
    { type: 'Observation', params: [['identifier', tokenOf(id)]] },
    { cap: CAP },
  );
  return page.matches
    .filter((match) => match.resourceType === 'Observation')
    .filter((match) => carries(match, id))
    .toSorted((a, b) => age(a) - age(b) || (a.id ?? '').localeCompare(b.id ?? ''));
}

const age = ({ meta }: Observation) => Date.parse(meta?.lastUpdated ?? '') || 0;
