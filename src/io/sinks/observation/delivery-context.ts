import type { Observation } from 'fhir/r4';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
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

export const referenceTo = ({ id }: Observation): string => `Observation/${id}`;
