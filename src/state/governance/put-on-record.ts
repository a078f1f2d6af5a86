import type { FhirResource } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import { identifiers } from '#src/fhir/datatypes.ts';
import {
  type Attestation,
  saysTheSame,
  toAttestation,
} from '#src/fhir/governance/attestation.fhir.ts';
import { get } from '#src/fhir/read.ts';
import type { FhirGateway } from '#src/io/gateway.ts';

/** Why something is not on record, in words for who did it. */
export class NotOnRecord extends Error {}

type Stored = FhirResource & { readonly id: string };
type Identified = Extract<FhirResource, { identifier?: unknown }>;

const isStored = (one: FhirResource): one is Stored => one.id !== undefined;

/**
 * Puts a resource on record once, however often it is sent: one that the server has under the same
 * identifier is that one. What comes back was read from the server. Throws `FhirError`, `NotOnRecord`.
 * @param id its identifier in `urn:ietf:rfc:3986`
 */
export async function putOnRecord(
  gateway: FhirGateway,
  resource: Identified,
  id: string,
): Promise<Stored> {
  const type = resource.resourceType;
  const known = await onRecord(gateway, type, id);
  if (known) return known;
  const ifNoneExist = new URLSearchParams({ identifier: tokenOf(id) }).toString();
  const { reference } = await gateway.create(resource, { ifNoneExist });
  const place = reference?.split('/')[1];
  // Some servers say neither what they stored nor where.
  const back =
    place === undefined ? await onRecord(gateway, type, id) : await gateway.read(type, place);
  if (back !== undefined && isStored(back) && carries(back, id)) return back;
  throw new NotOnRecord(
    'The server said that it has the record, and does not give it back. Ask your informatics team to look.',
  );
}

const tokenOf = (id: string): string => `${SYSTEM.uri}|${id}`;

/** A server that does not know the parameter answers with everything. */
async function onRecord(
  gateway: FhirGateway,
  type: FhirResource['resourceType'],
  id: string,
): Promise<Stored | undefined> {
  const { matches } = await gateway.search({ type, params: [['identifier', tokenOf(id)]] });
  return matches.filter((one) => one.resourceType === type && carries(one, id)).find(isStored);
}

const carries = (one: FhirResource, id: string): boolean =>
  identifiers(get(one, 'identifier')).some(({ value }) => value === id);

/** Writes who did what, unless the same is on record. R4 gives a Provenance no identifier. */
export async function attest(gateway: FhirGateway, attestation: Attestation): Promise<void> {
  const [target = ''] = attestation.targets;
  const { matches } = await gateway.search({ type: 'Provenance', params: [['target', target]] });
  if (matches.some((one) => saysTheSame(one, attestation))) return;
  await gateway.create(toAttestation(attestation));
}
