import type {
  AdverseEvent,
  Communication,
  DocumentReference,
  FhirResource,
  Observation,
  Task,
} from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import type { FhirGateway } from './gateway.ts';

/** What we write once, under an identifier made at capture. */
export type Keyed = Observation | AdverseEvent | DocumentReference | Task | Communication;
export type KeyedAs<Type extends Keyed['resourceType']> = Extract<
  Keyed,
  { readonly resourceType: Type }
>;

/** More than a few copies under one identifier is a server that does not know the parameter. */
const CAP = 20;

/** R4 has no search by identifier for AdverseEvent: ours carry it as a tag too. */
const keyOf = (type: Keyed['resourceType'], id: string): readonly [string, string] => [
  type === 'AdverseEvent' ? '_tag' : 'identifier',
  `${SYSTEM.uri}|${id}`,
];

/** For `If-None-Exist`: only where the server has nothing under this identifier. */
export const unlessThere = (id: string, type: Keyed['resourceType'] = 'Observation'): string =>
  new URLSearchParams([[...keyOf(type, id)]]).toString();

/** A server that does not know the parameter may answer with everything it has. */
export const carries = ({ identifier }: Keyed, id: string): boolean =>
  [identifier].flat().some((one) => one?.value === id);

/** All that the server has of that type under this identifier, oldest first. Throws `FhirError`. */
export async function copiesOf<Type extends Keyed['resourceType'] = 'Observation'>(
  gateway: Pick<FhirGateway, 'search'>,
  id: string,
  type: Type | 'Observation' = 'Observation',
): Promise<readonly KeyedAs<Type>[]> {
  const page = await gateway.search({ type, params: [keyOf(type, id)] }, { cap: CAP });
  return page.matches
    .filter((match) => isA<Type>(match, type))
    .filter((match) => carries(match, id))
    .toSorted((a, b) => age(a) - age(b) || (a.id ?? '').localeCompare(b.id ?? ''));
}

const isA = <Type extends Keyed['resourceType']>(
  match: FhirResource,
  type: string,
): match is KeyedAs<Type> => match.resourceType === type;

const age = ({ meta }: Keyed) => Date.parse(meta?.lastUpdated ?? '') || 0;
