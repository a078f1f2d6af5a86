import type { FhirResource, Task } from 'fhir/r4';
import {
  type Attestation,
  saysTheSame,
  toAttestation,
} from '#src/fhir/governance/attestation.fhir.ts';
import { copiesOf, type Keyed, type KeyedAs, unlessThere } from '../copies-of.ts';
import { FhirError, type FhirGateway } from '../gateway.ts';

/** The server said that it has something, and does not give it back. */
export class NotGivenBack extends Error {}

type Stored<T> = T & { readonly id: string };
const hasId = <T extends { readonly id?: string | undefined }>(one: T): one is Stored<T> =>
  one.id !== undefined;

/** What is on record under this identifier. Throws `FhirError`. */
export const known = async <Type extends Keyed['resourceType']>(
  gateway: FhirGateway,
  type: Type,
  id: string,
): Promise<Stored<KeyedAs<Type>> | undefined> =>
  (await copiesOf<Type>(gateway, id, type)).find(hasId);

/**
 * Puts a resource on record once, however often the work is done again. What comes back was read from
 * the server. Throws `FhirError`, `NotGivenBack`.
 */
export async function once<Type extends Keyed['resourceType']>(
  gateway: FhirGateway,
  type: Type,
  id: string,
  make: () => KeyedAs<Type> & FhirResource,
): Promise<Stored<KeyedAs<Type>>> {
  const before = await known(gateway, type, id);
  if (before) return before;
  await gateway.create(make(), { ifNoneExist: unlessThere(id, type) });
  const after = await known(gateway, type, id);
  if (after) return after;
  throw new NotGivenBack(`The server does not give back the ${type} that it took.`);
}

/** Writes who did what, unless the same is on record. Throws `FhirError`. */
export async function attestOnce(gateway: FhirGateway, attestation: Attestation): Promise<void> {
  const [target = ''] = attestation.targets;
  const { matches } = await gateway.search({ type: 'Provenance', params: [['target', target]] });
  if (!matches.some((one) => saysTheSame(one, attestation)))
    await gateway.create(toAttestation(attestation));
}

/**
 * Writes a Task over the version that it was made from. False: somebody changed it since, and the next
 * run looks at it again. Throws `FhirError`.
 */
export async function changed(gateway: FhirGateway, task: Stored<Task>): Promise<boolean> {
  const version = task.meta?.versionId;
  try {
    await gateway.update(task, version === undefined ? {} : { ifMatch: `W/"${version}"` });
    return true;
  } catch (cause) {
    if (cause instanceof FhirError && cause.kind === 'conflict') return false;
    throw cause;
  }
}
