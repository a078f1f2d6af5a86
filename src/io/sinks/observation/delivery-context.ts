import type { Observation } from 'fhir/r4';
import type { QueuedAnswer, QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import type { Clock } from '#src/io/clock.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { WriteAttempt } from '../place.ts';

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
export interface DeliveryAttempt extends WriteAttempt {
  readonly item: QueuedAnswer;
}

/** FHIR base of the server that an item goes to, frozen at capture. */
export const serverOf = ({ target, owner }: QueuedItem): string => target?.server ?? owner.issuer;

/** Whom the Observation must be about there. */
export const subjectOf = ({ target, subject }: QueuedItem): string => target?.subject ?? subject;

export const referenceTo = ({ id }: Observation): string => `Observation/${id}`;
