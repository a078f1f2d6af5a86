import type { Coding as FhirCoding, Observation, Reference } from 'fhir/r4';
import type { Answer, Exposure, Performer } from '#src/domain/feedback.ts';
import { EXTENSION, FEEDBACK_CATEGORY, type LABEL, SYSTEM } from '../codes.ts';
import { ITEM_DISPLAY, type ItemCode } from '../feedback-terms.ts';
import { defined } from '../read.ts';
import { toConcept } from './concept.fhir.ts';
import { referenceOn, toFocus } from './reference.fhir.ts';

/** Where the Observation goes; without it, to the server that holds the patient. */
export interface TargetStore {
  /** FHIR base of the receiving server. */
  readonly server?: string;
  /** That server's own Patient, where it is not the issuer ("Patient/77"). */
  readonly subject?: string;
}

type Feedback = Pick<
  Answer | Exposure,
  'id' | 'issuer' | 'patient' | 'encounter' | 'recommendation' | 'performer'
>;

export function toPerformer(performer: Performer, issuer: string, target: string): Reference {
  return defined<Reference>({
    reference: referenceOn(target, issuer, performer.reference),
    display: performer.display || undefined,
    extension: performer.function && [
      { url: EXTENSION.performerFunction, valueCodeableConcept: toConcept(performer.function) },
    ],
  });
}

export const securityLabel = (code: (typeof LABEL)[keyof typeof LABEL]): FhirCoding => ({
  system: SYSTEM.observationValue,
  code,
});

type ObservationBase = Pick<
  Observation,
  | 'resourceType'
  | 'identifier'
  | 'status'
  | 'category'
  | 'code'
  | 'subject'
  | 'focus'
  | 'encounter'
  | 'performer'
>;

/** What a response and an exposure have in common. */
export function toBase(feedback: Feedback, item: ItemCode, store: TargetStore): ObservationBase {
  const target = store.server ?? feedback.issuer;
  const here = (reference: string) => referenceOn(target, feedback.issuer, reference);
  return defined<ObservationBase>({
    resourceType: 'Observation',
    identifier: [{ system: SYSTEM.uri, value: feedback.id }],
    status: 'final',
    category: [{ coding: [{ system: SYSTEM.feedbackCategory, code: FEEDBACK_CATEGORY }] }],
    code: {
      coding: [{ system: SYSTEM.feedbackItem, code: item, display: ITEM_DISPLAY[item] }],
      text: ITEM_DISPLAY[item],
    },
    subject: { reference: store.subject ?? here(feedback.patient) },
    focus: [toFocus(feedback.recommendation, target)],
    encounter:
      feedback.encounter === undefined ? undefined : { reference: here(feedback.encounter) },
    performer: [toPerformer(feedback.performer, feedback.issuer, target)],
  });
}
