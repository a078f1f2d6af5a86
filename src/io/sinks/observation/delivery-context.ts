import type { Observation } from 'fhir/r4';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import type { Clock } from '#src/io/clock.ts';
import type { FhirGateway, RequestOptions } from '#src/io/gateway.ts';

/** What a delivery stands on. */
export interface DeliveryContext {
  readonly gateway: FhirGateway;
  readonly issuer: Pick<
    IssuerConfig,
    'conditionalCreate' | 'hospitalStore' | 'hideFromPatient' | 'readBack'
  >;
  readonly clock: Clock;
}

/** One attempt: what is delivered, and whether a write may have left in it. */
export interface DeliveryAttempt {
  readonly item: QueuedAnswer;
  readonly options: RequestOptions;
  /** Set before a write leaves, so that what is thrown afterwards is known to leave a doubt. */
  sent: boolean;
  /** The server said that it stored it; what fails after that is no refusal. */
  acknowledged: boolean;
}

/** FHIR base of the server that an item goes to, frozen at capture. */
export const serverOf = ({ target, owner }: QueuedAnswer): string => target?.server ?? owner.issuer;

/** Whom the Observation must be about there. */
export const subjectOf = ({ target, subject }: QueuedAnswer): string => target?.subject ?? subject;

export const identifierToken = (id: string) => `${SYSTEM.uri}|${id}`;

/** All copies that the server has under this identifier, oldest first. */
export async function copiesOf(
  { gateway }: DeliveryContext,
  id: string,
  options: RequestOptions = {},
): Promise<readonly Observation[]> {
  const page = await gateway.search(
    { type: 'Observation', params: [['identifier', identifierToken(id)]] },
    { ...options, cap: 20 },
  );
  return page.matches
    .filter((match) => match.resourceType === 'Observation')
    .filter((match) => carries(match, id))
    .toSorted((a, b) => age(a) - age(b) || (a.id ?? '').localeCompare(b.id ?? ''));
}

const age = ({ meta }: Observation) => Date.parse(meta?.lastUpdated ?? '') || 0;

/** A server that does not know the parameter may answer with everything it has. */
export const carries = ({ identifier }: Observation, id: string): boolean =>
  identifier?.some((one) => one?.value === id) ?? false;

export const referenceTo = ({ id }: Observation): string => `Observation/${id}`;
