import type { FhirResource } from 'fhir/r4';
import { identifiers } from '#src/fhir/datatypes.ts';
import { get, objects } from '#src/fhir/read.ts';
import { parseReference } from '#src/fhir/reference.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import { likeness, shareGivenName } from './likeness.ts';

/** Who is signed in where: references as each server's sign-in sent them. */
export interface TwoUsers {
  readonly ehr: FhirGateway;
  /** Relative to the EHR. */
  readonly performer: string;
  readonly store: FhirGateway;
  readonly fhirUser: string;
}

/**
 * Whether one person is signed in to both: on a shared machine the store may still know somebody who
 * used it before, and would file this clinician's answers under that name. Throws `FhirError` where
 * one of them cannot be read.
 */
export async function isSameClinician(users: TwoUsers): Promise<boolean> {
  const { ehr, performer, store, fhirUser } = users;
  const ours = parseReference(performer, ehr.baseUrl)?.ref;
  const theirs = parseReference(fhirUser, store.baseUrl)?.ref;
  if (!ours || !theirs) return false;
  if (theirs.server === ehr.baseUrl) return ours.type === theirs.type && ours.id === theirs.id;
  if (theirs.server !== store.baseUrl) return false;
  const [one, other] = await Promise.all([
    readClinician(ehr, ours.type, ours.id),
    readClinician(store, theirs.type, theirs.id),
  ]);
  return one !== undefined && other !== undefined && samePerson(one, other);
}

/** Through the role, where somebody is signed in in one. */
async function readClinician(
  gateway: FhirGateway,
  type: string,
  id: string,
): Promise<FhirResource | undefined> {
  if (type !== 'Practitioner' && type !== 'PractitionerRole') return undefined;
  const found = await gateway.read(type, id);
  if (found.resourceType === 'Practitioner') return found;
  const of = parseReference(get(get(found, 'practitioner'), 'reference'), gateway.baseUrl)?.ref;
  const here = of?.server === gateway.baseUrl && of.type === 'Practitioner';
  return here ? await gateway.read('Practitioner', of.id) : undefined;
}

/** By an identifier of a system that both know; without one, by family and given name. */
function samePerson(one: unknown, other: unknown): boolean {
  const [ours, theirs] = [current(one), current(other)];
  const pairs = ours.flatMap((a) => theirs.filter((b) => a.system === b.system).map((b) => [a, b]));
  if (pairs.length > 0) return pairs.some(([a, b]) => a?.value === b?.value);
  return likeness(one, other)['family-name'] === 'same' && shareGivenName(one, other);
}

const current = (practitioner: unknown) =>
  identifiers(
    objects(get(practitioner, 'identifier')).filter((one) => get(one, 'use') !== 'old'),
  ).filter(({ system }) => system !== undefined);
